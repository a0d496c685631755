use super::{
    Link,
    file::{Broken, Checkpoint, EntryLine, Line, verify},
    link,
};
use crate::keys::{Keys, hex, sha256};
use chrono::{DateTime, NaiveDate};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Two chains of three entries each, and their checkpoint.
fn journal() -> Vec<Line> {
    let mut heads = BTreeMap::new();
    let mut lines = Vec::new();
    for office in [1, 2] {
        let mut before = [0u8; 32];
        for seq in 1..=3 {
            let columns = Link {
                person: Uuid::from_u128(7),
                entry: Uuid::from_u128(u128::from(seq as u64) + 10 * office as u128),
                case: Uuid::nil(),
                office,
                seq,
                officer: Uuid::from_u128(9),
                role: 1,
                kind: 301,
                effective_on: NaiveDate::from_ymd_opt(2024, 9, 2).expect("a date"),
                recorded_at: DateTime::from_timestamp_micros(1_725_264_000_000_000 + seq).expect("a moment"),
            };
            let payload = format!("{{\"facts\":{seq},\"salt\":\"x\"}}");
            let digest = sha256(payload.as_bytes());
            before = link(&before, &columns, &digest);
            lines.push(Line::Entry(Box::new(EntryLine {
                office,
                seq,
                entry: columns.entry,
                person: columns.person,
                case: None,
                officer: columns.officer,
                role: 1,
                kind: 301,
                effective_on: columns.effective_on,
                recorded_at: columns.recorded_at,
                payload: Some(payload),
                digest: hex(&digest),
                hash: hex(&before),
            })));
        }
        heads.insert(office, (3, hex(&before)));
    }
    let checkpoint = Checkpoint::of(heads, DateTime::UNIX_EPOCH, &keys());
    lines.push(Line::Checkpoint { checkpoint });
    lines
}

fn keys() -> Keys {
    Keys::from_secret(&[3; 32]).expect("keys")
}

fn check(change: impl FnOnce(&mut Vec<Line>), against: &[Checkpoint]) -> Result<u64, Broken> {
    let mut lines = journal();
    change(&mut lines);
    let text: String = lines.iter().map(|line| serde_json::to_string(line).expect("a line") + "\n").collect();
    verify(text.as_bytes(), against).map(|verified| verified.entries)
}

fn entry(lines: &mut [Line], at: usize) -> &mut EntryLine {
    match &mut lines[at] {
        Line::Entry(entry) => entry,
        Line::Checkpoint { .. } => panic!("an entry stands there"),
    }
}

#[test]
fn a_whole_journal_verifies() {
    assert_eq!(check(|_| {}, &[]), Ok(6));
}

#[test]
fn an_erased_payload_still_verifies() {
    assert_eq!(check(|lines| entry(lines, 1).payload = None, &[]), Ok(6));
}

#[test]
fn every_tampering_names_the_first_bad_entry() {
    let chain = |line, office, seq| Err(Broken::Chain { line, office, seq });
    assert_eq!(
        check(|lines| entry(lines, 1).payload = Some("{}".to_owned()), &[]),
        Err(Broken::Payload { line: 2, office: 1, seq: 2 })
    );
    assert_eq!(check(|lines| entry(lines, 1).kind = 302, &[]), chain(2, 1, 2));
    assert_eq!(check(|lines| entry(lines, 4).officer = Uuid::nil(), &[]), chain(5, 2, 2));
    assert_eq!(check(|lines| entry(lines, 0).effective_on = NaiveDate::default(), &[]), chain(1, 1, 1));
    assert_eq!(check(|lines| drop(lines.remove(1)), &[]), Err(Broken::Sequence { line: 2, office: 1, expected: 2, found: 3 }));
    assert_eq!(check(|lines| lines.swap(0, 1), &[]), Err(Broken::Sequence { line: 1, office: 1, expected: 1, found: 2 }));
    assert_eq!(check(|lines| drop(lines.remove(5)), &[]), Err(Broken::Cut { office: 2, expected: 3, found: 2 }));
    assert_eq!(check(|lines| drop(lines.pop()), &[]), Err(Broken::NoCheckpoint));
}

#[test]
fn a_full_rebuild_is_named_by_the_first_checkpoint_that_no_longer_matches() {
    let Some(Line::Checkpoint { checkpoint }) = journal().pop() else { panic!("a checkpoint ends the journal") };
    assert_eq!(check(|_| {}, std::slice::from_ref(&checkpoint)), Ok(6));
    let mut other = checkpoint.heads.clone();
    other.insert(1, (2, "00".repeat(32)));
    let earlier = Checkpoint::of(other, DateTime::UNIX_EPOCH, &keys());
    assert_eq!(check(|_| {}, &[earlier]), Err(Broken::Rewritten { made_at: DateTime::UNIX_EPOCH, office: 1, seq: 2 }));
    let forged = Keys::from_secret(&[4; 32]).expect("keys");
    let forged = Checkpoint::of(checkpoint.heads, DateTime::UNIX_EPOCH, &forged);
    assert_eq!(check(|_| {}, &[forged]), Err(Broken::OtherKey { made_at: DateTime::UNIX_EPOCH }));
}
