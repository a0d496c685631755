//! For tests: random lives of a case. Every kind can be proposed at any state with facts that mostly fit it.

use super::story::{Story, at, cast, code, day, id, tell};
use super::*;
use chrono::NaiveDate;
use proptest::prelude::*;
use values::Money;

/// One attempt: which kind, how many days later, and a number from which its facts are chosen.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    pub kind: Kind,
    pub days: u16,
    pub pick: u32,
}

/// Attempts of any kind; most come soon after the one before.
pub fn attempts(length: usize) -> impl Strategy<Value = Vec<Attempt>> {
    let days = prop_oneof![4 => 0u16..8, 3 => 8u16..45, 1 => 45u16..420];
    let kind = (0..Kind::ALL.len()).prop_map(|index| Kind::ALL[index]);
    let attempt = (kind, days, any::<u32>()).prop_map(|(kind, days, pick)| Attempt { kind, days, pick });
    prop::collection::vec(attempt, 1..=length)
}

/// A legal story: from some point of the main path on, the attempts that the case accepts, moved to kinds that fit its stage.
pub fn story(attempts: &[Attempt]) -> Story {
    let starts = [at::applied, at::applied, at::enrolled, at::scored, at::contracted, at::equipped, at::operating, at::owner];
    let mut story = starts[attempts.first().map_or(0, |attempt| attempt.pick as usize / 64 % starts.len())]();
    let mut state = Some(story.state());
    for attempt in attempts {
        story = story.wait(u64::from(attempt.days));
        let Some(now) = &state else { break };
        let Some(kind) = fitting(now, *attempt) else { continue };
        let event = story.event(propose(kind, now, story.today, attempt.pick));
        if apply(&mut state, &event, &story.terms).is_ok() {
            story.events.push(event);
        }
    }
    story
}

/// The attempted kind if the case is open to it; else, two times in three, the next kind in the list that is.
fn fitting(state: &CaseState, attempt: Attempt) -> Option<Kind> {
    let fits = |kind: &Kind| *kind != Kind::Corrected && guard::fits(state, *kind).is_ok();
    let rare = |kind: &Kind| {
        matches!(kind, Kind::CaseClosed | Kind::Withdrawn | Kind::Deceased | Kind::Merged) && !attempt.pick.is_multiple_of(7)
    };
    let from = Kind::ALL.iter().position(|kind| *kind == attempt.kind).unwrap_or(0);
    let main = !attempt.pick.is_multiple_of(3);
    let mut round = Kind::ALL.iter().cycle().skip(from).take(Kind::ALL.len()).copied();
    round.find(|kind| fits(kind) && !rare(kind) && (!main || !kind.is_record()))
}

/// Facts of a kind that mostly fit the case as it stands.
pub fn propose(kind: Kind, state: &CaseState, on: NaiveDate, pick: u32) -> Facts {
    match kind.number() {
        ..=11 => admission(kind, on, pick),
        20..=38 => preparation(kind, state, pick),
        50..=70 => provision(kind, state, on, pick),
        _ => anywhere(kind, state, on, pick),
    }
}

fn one_of<T: Copy>(all: &[T], pick: u32) -> T {
    all[pick as usize % all.len()]
}

fn admission(kind: Kind, on: NaiveDate, pick: u32) -> Facts {
    match kind {
        Kind::ApplicationLodged => tell::application(),
        Kind::DocumentsRequested => Facts::DocumentsRequested { missing: (pick % 3) as u8 },
        Kind::DocumentsSupplied => Facts::DocumentsSupplied,
        Kind::EligibilityConfirmed => Facts::EligibilityConfirmed { rules_version: 1, facts_as_of: on },
        Kind::EligibilityRefused => Facts::EligibilityRefused { rules_version: 1, facts_as_of: on, rule: code("1.3") },
        Kind::ReadinessAssessed => {
            Facts::ReadinessAssessed { advised: code("TAILOR"), direction: code("TAILOR"), score: (pick % 101) as u8 }
        }
        Kind::RankingApproved => tell::ranked(one_of(RankingOutcome::ALL, pick)),
        Kind::OfferAccepted => Facts::OfferAccepted,
        Kind::OfferDeclined => Facts::OfferDeclined { reason: one_of(LeaveReason::ALL, pick) },
        Kind::OfferLapsed => Facts::OfferLapsed,
        _ => Facts::ReserveCalled { run: id(30), position: 1 },
    }
}

fn preparation(kind: Kind, state: &CaseState, pick: u32) -> Facts {
    let cohort = state.cohort.unwrap_or(id(40));
    let plan = state.plan.unwrap_or(id(50));
    let sitting = id(60);
    let attended_minutes = 1700 + (pick % 400) as u16;
    match kind {
        Kind::TrainingStarted => {
            let repeat = (state.counters.trainings > 0).then(|| one_of(RepeatCause::ALL, pick));
            Facts::TrainingStarted { cohort, repeat }
        }
        Kind::TrainingCompleted => {
            Facts::TrainingCompleted { cohort, attended_minutes, score: 55 + (pick % 46) as u8, certificate: code("C-1") }
        }
        Kind::TrainingFailed => Facts::TrainingFailed { cohort, attended_minutes, score: (pick % 60) as u8 },
        Kind::TrainingDropped => Facts::TrainingDropped { cohort, attended_minutes: 300, reason: one_of(LeaveReason::ALL, pick) },
        Kind::PlanSubmitted => Facts::PlanSubmitted {
            plan: id(51 + u128::from(state.plan_version)),
            version: state.plan_version + 1,
            direction: state.direction,
            total: Money::from_qepik(400_000),
        },
        Kind::PlanCleared => Facts::PlanCleared {
            plan,
            rating: one_of(Rating::ALL, pick),
            screened_by: cast(2),
            management_plan_on: Some(state.stage_since),
            no_objection: None,
        },
        Kind::PlanStopped => Facts::PlanStopped { plan, cause: one_of(StopCause::ALL, pick), screened_by: cast(2) },
        Kind::PlanScored => {
            let mark = |number: u128, points: u32| Mark { evaluator: cast(number), points: points as u8 };
            let (first, second) = (mark(3, 40 + pick % 60), mark(4, 50 + pick / 7 % 50));
            let mean_tenths = (u16::from(first.points) + u16::from(second.points)) * 5;
            Facts::PlanScored { plan, first, second, third: Some(mark(9, 60)), mean_tenths }
        }
        Kind::DefenceHeld => Facts::DefenceHeld { plan, panel: vec![cast(5), cast(6)], mark: (pick % 101) as u8 },
        Kind::CommissionApproved => {
            Facts::CommissionApproved { sitting, plan, direction: state.direction, amount: Money::from_qepik(350_000) }
        }
        Kind::CommissionRevise => Facts::CommissionRevise { sitting, plan },
        Kind::CommissionRefused => Facts::CommissionRefused { sitting, plan },
        _ => Facts::CommissionReserve { sitting, plan },
    }
}

fn provision(kind: Kind, state: &CaseState, on: NaiveDate, pick: u32) -> Facts {
    let contract = state.contract.unwrap_or(id(70));
    let items = (pick % 4) as u16;
    let value = Money::from_qepik(i64::from(items) * 70_000);
    match kind {
        Kind::ContractSigned => {
            let term_months = one_of(&[3, 12, 24], pick);
            Facts::ContractSigned {
                contract,
                term_months,
                ends_on: values::add_months(on, i32::from(term_months)),
                amount: state.granted,
                region: code("GENCE"),
                status_checked_on: on,
                premises_seen_on: on,
            }
        }
        Kind::HandoverPartial => Facts::HandoverPartial { contract, items, value },
        Kind::HandoverRefused => Facts::HandoverRefused { contract, items: 1 },
        Kind::HandoverCompleted => Facts::HandoverCompleted { contract, items, value },
        Kind::BusinessStarted => Facts::BusinessStarted { visit: None },
        Kind::BusinessPaused => Facts::BusinessPaused { reason: one_of(PauseReason::ALL, pick) },
        Kind::BusinessResumed => Facts::BusinessResumed,
        Kind::BusinessEnded => Facts::BusinessEnded { reason: one_of(EndReason::ALL, pick) },
        Kind::BreachNoticed => tell::breach(),
        Kind::BreachRemedied => Facts::BreachRemedied,
        Kind::BreachUpheld => Facts::BreachUpheld { heard_on: on },
        Kind::TermExtended => Facts::TermExtended { months: (pick % 13) as u8, proposed_by: cast(7) },
        Kind::OwnershipTransferred => Facts::OwnershipTransferred { contract, visited_on: on, proposed_by: cast(7) },
        Kind::RecoveryCompleted => Facts::RecoveryCompleted { returned: state.assets_held, lost: 0, written_off: 0, value },
        _ => Facts::FollowupRecorded {
            months: one_of(&[6, 12, 24], pick),
            status: one_of(FollowupStatus::ALL, pick),
            observed_on: on,
        },
    }
}

fn anywhere(kind: Kind, state: &CaseState, on: NaiveDate, pick: u32) -> Facts {
    let to = state.transfer.map_or(story::SHEKI, |transfer| transfer.to);
    match kind {
        Kind::CaseClosed => {
            let fits = |reason: &&CloseReason| closing::reason_fits(state, **reason);
            let reasons: Vec<CloseReason> = CloseReason::ALL.iter().filter(fits).copied().collect();
            let reason = if reasons.is_empty() { CloseReason::Error } else { one_of(&reasons, pick) };
            Facts::CaseClosed { reason, proposed_by: Some(cast(8)), continued_by: None }
        }
        Kind::Withdrawn => Facts::Withdrawn { reason: one_of(&[CloseReason::Withdrew, CloseReason::FoundWork], pick) },
        Kind::Suspended => Facts::Suspended {
            cause: one_of(SuspensionCause::ALL, pick),
            until: state.suspension.map_or(on, |running| running.until) + chrono::Days::new(60),
        },
        Kind::Resumed => Facts::Resumed,
        Kind::TransferRequested => Facts::TransferRequested { to: one_of(&[story::GANJA, story::SHEKI], pick) },
        Kind::TransferAccepted => Facts::TransferAccepted { to },
        Kind::TransferRefused => Facts::TransferRefused { to },
        Kind::DirectionChanged => {
            Facts::DirectionChanged { direction: code(one_of(&["TAILOR", "CONFECTIONER"], pick)), sitting: Some(id(61)) }
        }
        Kind::Deceased => Facts::Deceased { died_on: on },
        Kind::LossReported => Facts::LossReported {
            asset: id(90),
            happened_on: on,
            cause: one_of(LossCause::ALL, pick),
            finding: one_of(LossFinding::ALL, pick),
        },
        Kind::Merged => Facts::Merged { other: id(3), side: one_of(MergeSide::ALL, pick), packages: (pick % 3) as u8 },
        Kind::Corrected => tell::void(state.last.2),
        Kind::AssistanceTold => Facts::AssistanceTold { moment: one_of(AssistanceMoment::ALL, pick) },
        Kind::Reapplied => Facts::Reapplied { case: id(4), call: code("2026-1"), phase: code("second") },
        Kind::OrderOverridden => Facts::OrderOverridden { skipped: one_of(&[Kind::TrainingCompleted, Kind::DefenceHeld], pick) },
        Kind::AwardDelivered => Facts::AwardDelivered {
            award: id(95),
            form: one_of(AwardForm::ALL, pick),
            amount: Money::from_qepik(300_000),
            decided_on: on,
        },
        Kind::AwardRefused => Facts::AwardRefused { award: id(95) },
        Kind::AppealLodged => {
            let appeal = id(80 + u128::from(pick % 4));
            Facts::AppealLodged {
                appeal,
                against: Kind::EligibilityRefused,
                entry: state.last.2,
                told_on: on.max(day(story::MONDAY)),
            }
        }
        Kind::AppealDecided => {
            let appeal = state.appeals.first().map_or(id(80), |open| open.appeal);
            Facts::AppealDecided { appeal, outcome: one_of(AppealOutcome::ALL, pick) }
        }
        Kind::HoldPlaced => {
            let blocks = KindSet::of(&[one_of(&[Kind::OwnershipTransferred, Kind::ContractSigned, Kind::CaseClosed], pick)]);
            Facts::HoldPlaced { cause: one_of(HoldCause::ALL, pick), blocks }
        }
        _ => Facts::HoldReleased { hold: state.holds.first().map_or(id(99), |hold| hold.entry) },
    }
}
