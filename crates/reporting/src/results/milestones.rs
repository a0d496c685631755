//! Cases as their milestones tell them: all that is known now, each milestone with its day.

use super::subject::{Days, Followup, Pause, Status, Subject};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use futures::TryStreamExt;
use platform::scope::Tx;
use registry::case::{Basis, CloseReason, EndReason, FollowupStatus};
use sqlx::FromRow;
use std::collections::HashSet;
use uuid::Uuid;
use values::id::{CaseId, PersonId};

#[derive(FromRow)]
struct Milestone {
    person_id: Uuid,
    case_id: Uuid,
    phase: String,
    basis: i16,
    sex: Option<String>,
    birth_date: Option<NaiveDate>,
    residence: String,
    business_region: Option<String>,
    wished: String,
    direction: Option<String>,
    applied_on: Option<NaiveDate>,
    decided_on: Option<NaiveDate>,
    selected_on: Option<NaiveDate>,
    accepted_on: Option<NaiveDate>,
    training_started_on: Option<NaiveDate>,
    trained_on: Option<NaiveDate>,
    plan_decided_on: Option<NaiveDate>,
    approved_on: Option<NaiveDate>,
    contracted_on: Option<NaiveDate>,
    term_ends_on: Option<NaiveDate>,
    received_on: Option<NaiveDate>,
    received_value: i64,
    started_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    end_reason: Option<i16>,
    pauses: Vec<NaiveDate>,
    transferred_on: Option<NaiveDate>,
    recovered_on: Option<NaiveDate>,
    awarded_on: Option<NaiveDate>,
    deceased_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    close_reason: Option<i16>,
    followup_24: Option<i16>,
    followup_24_on: Option<NaiveDate>,
    followup_6_on: Option<NaiveDate>,
    followup_12_on: Option<NaiveDate>,
}

const MILESTONES: &str = "
    select person_id, case_id, phase, basis, sex::text as sex, birth_date, residence, business_region, wished, direction,
        applied_on, decided_on, selected_on, accepted_on, training_started_on, trained_on, plan_decided_on, approved_on,
        contracted_on, term_ends_on, received_on, received_value, started_on, ended_on, end_reason, pauses,
        transferred_on, recovered_on, awarded_on, deceased_on, closed_on, close_reason, followup_24, followup_24_on,
        followup_6_on, followup_12_on
    from case_milestone";

/// Every case in scope, but for those that the journal is to tell.
pub(super) async fn subjects(tx: &mut Tx, as_of: NaiveDate, told_elsewhere: &HashSet<Uuid>) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    let mut rows = sqlx::query_as::<_, Milestone>(MILESTONES).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading milestones")? {
        if !told_elsewhere.contains(&row.case_id) {
            subjects.push(row.subject(as_of));
        }
    }
    Ok(subjects)
}

impl Milestone {
    fn subject(self, as_of: NaiveDate) -> Subject {
        let by_then = |day: Option<NaiveDate>| day.is_some_and(|day| day <= as_of);
        Subject {
            case: Some(CaseId(self.case_id)),
            person: Some(PersonId(self.person_id)),
            phase: self.phase,
            sex: self.sex.and_then(|sex| sex.chars().next()),
            birth_date: self.birth_date,
            residence: self.residence,
            business_region: self.business_region.filter(|_| by_then(self.contracted_on)),
            wished: self.wished,
            direction: self.direction.filter(|_| by_then(self.approved_on)),
            landholder: self.basis == Basis::Landholder as i16,
            days: Days {
                applied: self.applied_on,
                decided: self.decided_on,
                selected: self.selected_on,
                accepted: self.accepted_on,
                training_started: self.training_started_on,
                trained: self.trained_on,
                plan_decided: self.plan_decided_on,
                approved: self.approved_on,
                contracted: self.contracted_on,
                term_ends: self.term_ends_on,
                received: self.received_on,
                started: self.started_on,
                ended: self.ended_on,
                transferred: self.transferred_on,
                recovered: self.recovered_on,
                awarded: self.awarded_on,
                deceased: self.deceased_on,
                closed: self.closed_on,
            },
            received_value: self.received_value,
            followup_24: followup(self.followup_24.and_then(FollowupStatus::from_number), self.followup_24_on),
            seen: [self.followup_6_on, self.followup_12_on, self.followup_24_on],
            end_reason: self.end_reason.and_then(EndReason::from_number),
            close_reason: self.close_reason.and_then(CloseReason::from_number),
            pauses: pauses(&self.pauses),
            ..Subject::default()
        }
    }
}

/// Pauses are kept as days: from, to, from, to; the last one may still go on.
fn pauses(days: &[NaiveDate]) -> Vec<Pause> {
    days.chunks(2).map(|pause| Pause { from: pause[0], to: pause.get(1).copied() }).collect()
}

pub(super) fn followup(status: Option<FollowupStatus>, on: Option<NaiveDate>) -> Option<Followup> {
    let status = match status? {
        FollowupStatus::InBusiness => Status::InBusiness,
        FollowupStatus::Ended => Status::Ended,
        FollowupStatus::Unreachable => Status::Unreachable,
        FollowupStatus::NotVisited => Status::NotVisited,
        FollowupStatus::Deceased => Status::Deceased,
    };
    Some(Followup { status, on: on? })
}
