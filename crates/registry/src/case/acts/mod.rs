//! What staff may do to a case at almost any stage: let the person leave, let it rest, move it, correct it, close it.

mod asking;
mod assistance;
pub mod closing;
pub mod correction;
pub mod death;
mod direction;
mod order;
mod panel;
mod resume;
mod suspend;
pub mod transfer;
mod withdraw;

use super::action::Action;
use super::duty::Duty;
use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::Route,
    slice::{DutyLink, Move, QueuePart},
};

pub(super) use panel::draw;

/// Who records what a person decides or what befalls them.
const RECORD: Permission = Permission::new("cases.record", &[Role::Officer]);

/// Who may change the direction before a commission has approved the plan.
const REDIRECT: Permission = Permission::new("cases.redirect", &[Role::Officer, Role::Counsellor]);

/// Who may let a step be done later than its turn.
const OVERRIDE: Permission = Permission::new("cases.override", &[Role::Manager]);

/// Who may correct what has been recorded: nobody who records it every day.
pub const CORRECT: Permission = Permission::new("cases.correct", &[Role::OfficeHead, Role::Manager]);

/// Who proposes that a case be closed.
const CLOSE: Permission = Permission::new("cases.close", &[Role::Officer]);

/// Who approves a closing: another person.
const APPROVE_CLOSING: Permission = Permission::new("cases.close.approve", &[Role::OfficeHead]);

/// Who asks for a transfer, and who answers it at the other office.
const TRANSFER: Permission = Permission::new("cases.transfer", &[Role::Officer]);

/// Who may ask whether a household has a contract.
pub(super) const ASK: Permission = Permission::new("assistance.ask", &[Role::Officer, Role::OfficeHead, Role::Manager]);

pub(super) const CLOSING_PROPOSED: EntryKind = EntryKind::new(330, "closing.proposed");
pub(super) const CLOSING_SENT_BACK: EntryKind = EntryKind::new(331, "closing.sent_back");
pub(super) const DEATH_SETTLED: EntryKind = EntryKind::new(332, "death.settled");
/// Journaled with every answer: about nobody for whoever asked, and about the person whose FİN was asked.
pub const ASSISTANCE_ASKED: EntryKind = EntryKind::new(333, "assistance.asked");

/// The acts that one pair of handlers serves, in the order in which a case's page offers them.
static ACTIONS: [&Action; 6] = [
    &suspend::SUSPENSION,
    &resume::RESUMPTION,
    &direction::DIRECTION,
    &order::ORDER,
    &assistance::ASSISTANCE,
    &withdraw::WITHDRAWAL,
];

pub(super) fn routes() -> Vec<Route> {
    [
        withdraw::routes(),
        suspend::routes(),
        resume::routes(),
        direction::routes(),
        order::routes(),
        assistance::routes(),
        asking::routes(),
        transfer::routes(),
        death::routes(),
        correction::routes(),
        closing::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn queue() -> Vec<QueuePart> {
    vec![
        QueuePart { roles: &[Role::Officer], list: |tx, page, limit| Box::pin(transfer::waiting(tx, page, limit)) },
        QueuePart { roles: &[Role::OfficeHead], list: |tx, page, limit| Box::pin(closing::waiting(tx, page, limit)) },
        QueuePart { roles: &[Role::Storekeeper], list: |tx, page, limit| Box::pin(death::waiting(tx, page, limit)) },
    ]
}

pub(super) fn duties() -> Vec<DutyLink> {
    [
        (Duty::ProposeClosing, "/cases/{case}/closing"),
        (Duty::ApproveClosing, "/cases/{case}/closing/decision"),
        (Duty::AnswerTransfer, "/cases/{case}/transfer/answer"),
        (Duty::EndSuspension, "/cases/{case}/resumption"),
        (Duty::SettleDeath, "/cases/{case}/death/settlement"),
        (Duty::OverrideOrder, "/cases/{case}/order"),
    ]
    .map(|(duty, path)| DutyLink { duty: duty as i16, path })
    .to_vec()
}

pub(super) fn moves() -> Vec<Move> {
    [
        "update assignment set office = $2 where person_id = $1 and case_id = $3",
        "update case_duty set office = $2 where person_id = $1 and case_id = $3",
        "update closing_proposal set office = $2 where person_id = $1 and case_id = $3",
        "update death set office = $2 where person_id = $1 and case_id = $3",
    ]
    .map(Move::OfCase)
    .to_vec()
}
