//! Rounds with their sittings and members.

use super::Rows;
use crate::demo::{
    afterwards::{Award, AwardRound},
    day::Moment,
    ids::{Noun, id},
    programme::Simulated,
};
use followup::growth::{
    round::store::{Round, number as round_number},
    sitting::store::{Member, Sitting, number as sitting_number},
};
use platform::role::Role;
use uuid::Uuid;
use values::id::{OfficeId, SittingId};

/// Parts the streams of the ids of what is kept here.
const ROUNDS: u64 = 0x0420 << 40;
const SITTINGS: u64 = 0x0421 << 40;

/// All rounds with their sittings, and the next round.
pub(super) fn rows(made: &Simulated, rows: &mut Rows) {
    for (told, nth) in made.rounds.iter().zip(0u8..) {
        rows.rounds.push(round(made, told, nth));
        for number in (0u8..).take(told.sittings.len()) {
            let sitting = sitting(made, told, nth, number);
            let present = sitting.closed_at.map(|_| true);
            rows.members.extend(told.members.iter().map(|member| Member {
                sitting_id: sitting.sitting_id,
                officer_id: made.officer_id(*member).0,
                office: OfficeId::CENTRE.0,
                present,
            }));
            rows.sittings.push(sitting);
        }
    }
    rows.rounds.extend(next_round(made));
}

fn round(made: &Simulated, told: &AwardRound, nth: u8) -> Round {
    Round {
        round_id: round_id(made, nth),
        office: OfficeId::CENTRE.0,
        number: round_no(made, nth),
        title: told.title.to_owned(),
        opens_on: told.opens.date(),
        closes_on: told.closes.date(),
        rolling: told.rolling,
        budget: told.budget,
        granted: granted(made, |award| award.round == nth),
        proposed_at: told.proposed.at.utc(),
        proposed_by: made.officer_id(told.proposed.by).0,
        decided_at: told.approved.map(|act| act.at.utc()),
        decided_by: told.approved.map(|act| made.officer_id(act.by).0),
        approved: told.approved.map(|_| true),
        note: None,
    }
}

fn sitting(made: &Simulated, told: &AwardRound, nth: u8, number: u8) -> Sitting {
    let sitting = &told.sittings[usize::from(number)];
    Sitting {
        sitting_id: sitting_id(made, nth, number).0,
        office: OfficeId::CENTRE.0,
        round_id: round_id(made, nth),
        number: sitting_number(&round_no(made, nth), usize::from(number) + 1),
        place: "Bakı, Məşğulluq Agentliyi".to_owned(),
        sits_on: sitting.sits.date(),
        called_at: sitting.called.utc(),
        called_by: made.officer_id(told.secretary).0,
        head_id: made.officer_id(told.members[0]).0,
        granted: granted(made, |award| award.round == nth && award.sitting == Some(number)),
        closed_at: sitting.closed.map(Moment::utc),
        closed_by: sitting.closed.map(|_| made.officer_id(told.secretary).0),
    }
}

/// What some of the awards give together, in qəpik.
fn granted(made: &Simulated, of: impl Fn(&Award) -> bool) -> i64 {
    made.awards.iter().filter(|award| of(award)).map(|award| award.granted).sum()
}

/// The next round has just been opened by a manager, and waits for a second person.
fn next_round(made: &Simulated) -> Option<Round> {
    let by =
        (0u16..).zip(&made.officers).filter(|(_, officer)| officer.role == Role::Manager).map(|(number, _)| number).nth(1)?;
    let day = made.setting.days.on_or_before(made.today.plus(-3));
    let opens = made.today.plus(150);
    let which = made.rounds.iter().filter(|round| round.opens.year() == opens.year()).count() + 1;
    Some(Round {
        round_id: id(made.seed, Noun::Detail, ROUNDS | 0xFF, day.at(16 * 60)),
        office: OfficeId::CENTRE.0,
        number: round_number(opens.year(), i64::try_from(which).unwrap_or(1)),
        title: "Növbəti dövrə".to_owned(),
        opens_on: opens.date(),
        closes_on: opens.plus(75).date(),
        rolling: false,
        budget: 60_000_000,
        granted: 0,
        proposed_at: day.at(16 * 60).utc(),
        proposed_by: made.officer_id(by).0,
        decided_at: None,
        decided_by: None,
        approved: None,
        note: None,
    })
}

pub(super) fn round_id(made: &Simulated, round: u8) -> Uuid {
    id(made.seed, Noun::Detail, ROUNDS | u64::from(round), made.rounds[usize::from(round)].proposed.at)
}

pub(super) fn sitting_id(made: &Simulated, round: u8, sitting: u8) -> SittingId {
    let called = made.rounds[usize::from(round)].sittings[usize::from(sitting)].called;
    id(made.seed, Noun::Sitting, SITTINGS | u64::from(round) << 8 | u64::from(sitting), called)
}

fn round_no(made: &Simulated, round: u8) -> String {
    let year = made.rounds[usize::from(round)].opens.year();
    let before = made.rounds[..=usize::from(round)].iter().filter(|one| one.opens.year() == year).count();
    round_number(year, i64::try_from(before).unwrap_or(1))
}
