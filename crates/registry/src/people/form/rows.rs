//! The parts of the form that repeat: groups with their evidence, members of the household. Their fields are numbered,
//! `group-1-code`, `member-2-name`; an empty row is nobody.

use super::{Judge, code, not_after, typed};
use crate::people::{
    codes,
    types::{Member, Membership},
};
use chrono::NaiveDate;
use platform::{
    form::{Posted, Reader},
    message::Message,
};
use values::fin::Fin;

/// More rows of one kind are not asked for.
const MOST: usize = 30;

/// How many rows of a kind the form has, with one more when its button was pressed.
pub fn rows(form: &Posted, kind: &str) -> usize {
    let last = form.fields().filter_map(|(name, _)| number(name, kind)).max().unwrap_or(1);
    let asked = usize::from(form.value("_more") == kind);
    (last + asked).clamp(1, MOST)
}

/// Whether a button for one more row sent the form: it is shown again, unjudged.
pub fn more_rows(form: &Posted) -> bool {
    !form.value("_more").is_empty()
}

fn number(field: &str, kind: &str) -> Option<usize> {
    field.strip_prefix(kind)?.strip_prefix('-')?.split('-').next()?.parse().ok().filter(|number| *number <= MOST)
}

/// Reads the groups that somebody belongs to by evidence.
pub fn read_groups(read: &mut Reader<'_>, judge: &Judge<'_>, form: &Posted, registered_on: NaiveDate) -> Vec<Membership> {
    (1..=rows(form, "group")).filter_map(|row| read_group(read, judge, row, registered_on)).collect()
}

fn read_group(read: &mut Reader<'_>, judge: &Judge<'_>, row: usize, registered_on: NaiveDate) -> Option<Membership> {
    let field = |part: &str| format!("group-{row}-{part}");
    let evidence = read.optional(&field("evidence"));
    let source = read.text(&field("source"));
    let Some(code) = read.optional(&field("code")) else {
        if evidence.is_some() || !source.is_empty() {
            read.wrong(&field("code"), Message::new("form-error-choice"));
        }
        return None;
    };
    if judge.programme.group(&code).is_none_or(|group| group.evidence.is_none()) {
        read.wrong(&field("code"), Message::new("form-error-choice"));
    }
    if evidence.is_none() {
        read.wrong(&field("evidence"), Message::new("people-error-evidence"));
    }
    let valid_from = read.optional_date(&field("from")).unwrap_or(registered_on);
    not_after(read, &field("from"), Some(valid_from), judge.today);
    let valid_to = read.optional_date(&field("to"));
    if valid_to.is_some_and(|to| to < valid_from) {
        read.wrong(&field("to"), Message::new("people-error-order"));
    }
    Some(Membership { code, valid_from, valid_to, source, evidence })
}

/// Reads the others in the household.
pub fn read_household(read: &mut Reader<'_>, judge: &Judge<'_>, form: &Posted) -> Vec<Member> {
    (1..=rows(form, "member")).filter_map(|row| read_member(read, judge, row)).collect()
}

fn read_member(read: &mut Reader<'_>, judge: &Judge<'_>, row: usize) -> Option<Member> {
    let field = |part: &str| format!("member-{row}-{part}");
    let member = Member {
        name: read.text(&field("name")),
        relation: code(read, &field("relation"), codes::RELATIONS).unwrap_or_default(),
        birth_date: read.optional_date(&field("birth_date")),
        working: read.ticked(&field("working")),
        disabled: read.ticked(&field("disabled")),
        fin: typed::<Fin>(read, &field("fin")).map(|fin| fin.to_string()),
    };
    if member == Member::default() {
        return None;
    }
    if member.name.is_empty() {
        read.wrong(&field("name"), Message::new("form-error-required"));
    }
    if member.relation.is_empty() {
        read.wrong(&field("relation"), Message::new("form-error-choice"));
    }
    not_after(read, &field("birth_date"), member.birth_date, judge.today);
    Some(member)
}
