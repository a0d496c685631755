//! For tests: one case told event by event, with dates in words short enough for a table.

use super::*;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use platform::role::Role;
use values::{Money, id::*};

/// The deadlines of lifecycle.md as its defaults stand.
pub fn terms() -> Terms {
    use crate::programme::Term::{CalendarDays, Months, WorkingDays};
    Terms {
        decision: WorkingDays(5),
        documents: WorkingDays(10),
        facts_fresh: CalendarDays(30),
        offer: WorkingDays(5),
        reserve: Months(12),
        training_floor_minutes: 1728,
        pass_mark: 60,
        training_repeats: 1,
        plan: CalendarDays(30),
        new_plans: 1,
        screening: WorkingDays(10),
        scoring: WorkingDays(10),
        score_spread: 20,
        panel_members: 2,
        sitting: WorkingDays(20),
        revision: WorkingDays(10),
        revisions: 1,
        signing: WorkingDays(15),
        status_recheck: CalendarDays(10),
        delivery: CalendarDays(90),
        start: CalendarDays(60),
        pause: CalendarDays(90),
        remedy: WorkingDays(20),
        extension_months: 12,
        final_visit: CalendarDays(60),
        ownership: CalendarDays(60),
        followup_window_months: 3,
        suspension: Months(6),
        suspension_renewals: 1,
        transfer: WorkingDays(5),
        mourning: CalendarDays(40),
        appeal: CalendarDays(30),
        appeal_decision: WorkingDays(15),
        award: Months(6),
        reapply_training: Months(6),
        reapply_fraud: Months(36),
        repeat_in_phase: false,
    }
}

/// Offices and staff of every story; the officer who acts is told by the kind of event.
pub const GANJA: OfficeId = OfficeId(7);
pub const SHEKI: OfficeId = OfficeId(8);
/// The day on which every story begins.
pub const MONDAY: &str = "2023-03-06";

/// A date of a table.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date of a table")
}

/// A code of a table.
pub fn code(text: &str) -> Code {
    Code::new(text).expect("a code of a table")
}

/// A member of the cast, the same in every test.
pub fn cast(number: u128) -> OfficerId {
    OfficerId(uuid::Uuid::from_u128(0xCA57_0000 + number))
}

/// An id that is the same in every run.
pub fn id<T: From<uuid::Uuid>>(number: u128) -> T {
    T::from(uuid::Uuid::from_u128(number))
}

/// A case and what has happened to it so far.
#[derive(Clone)]
pub struct Story {
    pub events: Vec<Event>,
    pub today: NaiveDate,
    pub terms: Terms,
}

impl Story {
    /// Before anything happened.
    pub fn new() -> Self {
        Self { events: Vec::new(), today: day(MONDAY), terms: terms() }
    }

    /// Days go by.
    pub fn wait(mut self, days: u64) -> Self {
        self.today = self.today.checked_add_days(Days::new(days)).expect("a day of the calendar");
        self
    }

    /// Something happens today and is legal.
    #[track_caller]
    pub fn then(mut self, facts: Facts) -> Self {
        let kind = facts.kind();
        if let Err(refusal) = self.take(facts) {
            panic!("{}: {refusal:?}", kind.code());
        }
        self
    }

    /// Something is tried today and refused.
    #[track_caller]
    pub fn refused(&self, facts: Facts) -> Refusal {
        let kind = facts.kind();
        match admit(&self.events, &self.event(facts), &self.terms) {
            Ok(_) => panic!("{} was admitted", kind.code()),
            Err(refusal) => refusal,
        }
    }

    /// Tries something today.
    pub fn take(&mut self, facts: Facts) -> Result<CaseState, Refusal> {
        let event = self.event(facts);
        let state = admit(&self.events, &event, &self.terms)?;
        self.events.push(event);
        Ok(state)
    }

    /// The case as it stands.
    #[track_caller]
    pub fn state(&self) -> CaseState {
        fold(&self.events, &self.terms).expect("a legal story").expect("a case")
    }

    /// The entry of the last event of a kind.
    #[track_caller]
    pub fn entry_of(&self, kind: Kind) -> EntryId {
        self.events.iter().rev().find(|event| event.kind() == kind).expect("an event of the kind").entry
    }

    /// An event of today, in this case, by whoever does such things.
    pub fn event(&self, facts: Facts) -> Event {
        let number = self.events.len() as u128 + 1;
        let minute = u32::try_from(number % 1000).expect("under a thousand");
        let time = NaiveTime::from_num_seconds_from_midnight_opt(6 * 3600 + minute * 20, 0).expect("a time of the day");
        Event {
            entry: id(number),
            person: id(1),
            case: id(2),
            office: GANJA,
            officer: cast(10 + facts.kind().number() as u128),
            role: Role::Officer,
            effective_on: self.today,
            recorded_at: DateTime::<Utc>::from_naive_utc_and_offset(self.today.and_time(time), Utc),
            facts,
            reason: Some("as the file shows".into()),
        }
    }
}

/// The facts of a typical case of Aygün the tailor, one function a kind.
pub mod tell {
    use super::*;

    pub fn application() -> Facts {
        Facts::ApplicationLodged(Box::new(Application {
            receipt: code("2023-000123"),
            call: code("2023-1"),
            phase: code("first"),
            funding: code("first_loan"),
            office: GANJA,
            region: code("GENCE"),
            basis: Basis::Unemployed,
            wished: code("TAILOR"),
            wished_second: Some(code("CONFECTIONER")),
            consent_on: day(MONDAY),
        }))
    }

    pub fn confirmed(as_of: &str) -> Facts {
        Facts::EligibilityConfirmed { rules_version: 1, facts_as_of: day(as_of) }
    }

    pub fn ineligible(as_of: &str) -> Facts {
        Facts::EligibilityRefused { rules_version: 1, facts_as_of: day(as_of), rule: code("1.3") }
    }

    pub fn ranked(outcome: RankingOutcome) -> Facts {
        Facts::RankingApproved { run: id(30), outcome, position: 4, proposed_by: cast(1) }
    }

    pub fn started() -> Facts {
        Facts::TrainingStarted { cohort: id(40), repeat: None }
    }

    pub fn trained() -> Facts {
        Facts::TrainingCompleted { cohort: id(40), attended_minutes: 2000, score: 81, certificate: code("C-77") }
    }

    pub fn failed() -> Facts {
        Facts::TrainingFailed { cohort: id(40), attended_minutes: 1800, score: 40 }
    }

    pub fn plan(version: u8) -> Facts {
        Facts::PlanSubmitted {
            plan: id(50 + u128::from(version)),
            version,
            direction: code("TAILOR"),
            total: Money::from_qepik(420_000),
        }
    }

    pub fn cleared(version: u8) -> Facts {
        Facts::PlanCleared {
            plan: id(50 + u128::from(version)),
            rating: Rating::Low,
            screened_by: cast(2),
            management_plan_on: None,
            no_objection: None,
        }
    }

    pub fn stopped(version: u8) -> Facts {
        Facts::PlanStopped { plan: id(50 + u128::from(version)), cause: StopCause::High, screened_by: cast(2) }
    }

    pub fn scored(version: u8) -> Facts {
        Facts::PlanScored {
            plan: id(50 + u128::from(version)),
            first: Mark { evaluator: cast(3), points: 70 },
            second: Mark { evaluator: cast(4), points: 80 },
            third: None,
            mean_tenths: 750,
        }
    }

    pub fn defended(version: u8) -> Facts {
        Facts::DefenceHeld { plan: id(50 + u128::from(version)), panel: vec![cast(5), cast(6)], mark: 77 }
    }

    pub fn approved(version: u8) -> Facts {
        Facts::CommissionApproved {
            sitting: id(60),
            plan: id(50 + u128::from(version)),
            direction: code("TAILOR"),
            amount: Money::from_qepik(360_000),
        }
    }

    pub fn revise(version: u8) -> Facts {
        Facts::CommissionRevise { sitting: id(60), plan: id(50 + u128::from(version)) }
    }

    pub fn refused(version: u8) -> Facts {
        Facts::CommissionRefused { sitting: id(60), plan: id(50 + u128::from(version)) }
    }

    pub fn contract(on: NaiveDate) -> Facts {
        Facts::ContractSigned {
            contract: id(70),
            term_months: 12,
            ends_on: values::add_months(on, 12),
            amount: Money::from_qepik(360_000),
            region: code("GENCE"),
            status_checked_on: on,
            premises_seen_on: on,
        }
    }

    pub fn handed_over() -> Facts {
        Facts::HandoverCompleted { contract: id(70), items: 5, value: Money::from_qepik(351_000) }
    }

    pub fn ended(reason: EndReason) -> Facts {
        Facts::BusinessEnded { reason }
    }

    pub fn breach() -> Facts {
        Facts::BreachNoticed { obligation: code("operate") }
    }

    pub fn owner(visited_on: NaiveDate) -> Facts {
        Facts::OwnershipTransferred { contract: id(70), visited_on, proposed_by: cast(7) }
    }

    pub fn followup(months: u8, status: FollowupStatus, observed_on: NaiveDate) -> Facts {
        Facts::FollowupRecorded { months, status, observed_on }
    }

    pub fn closed(reason: CloseReason) -> Facts {
        Facts::CaseClosed { reason, proposed_by: None, continued_by: None }
    }

    pub fn closed_with_a_second_person(reason: CloseReason) -> Facts {
        Facts::CaseClosed { reason, proposed_by: Some(cast(8)), continued_by: None }
    }

    pub fn void(entry: EntryId) -> Facts {
        Facts::Corrected { entry, replacement: None }
    }

    pub fn replace(entry: EntryId, effective_on: NaiveDate, facts: Facts) -> Facts {
        Facts::Corrected { entry, replacement: Some(Box::new(Replacement { effective_on, facts })) }
    }

    pub fn appeal(against: Kind, entry: EntryId, told_on: NaiveDate) -> Facts {
        Facts::AppealLodged { appeal: id(80), against, entry, told_on }
    }

    pub fn appeal_decided(outcome: AppealOutcome) -> Facts {
        Facts::AppealDecided { appeal: id(80), outcome }
    }
}

/// How far a story has gone: each goes on from the one before it.
pub mod at {
    use super::*;

    pub fn applied() -> Story {
        Story::new().then(tell::application())
    }

    pub fn eligible() -> Story {
        applied().wait(4).then(tell::confirmed(MONDAY))
    }

    pub fn ineligible() -> Story {
        applied().wait(4).then(tell::ineligible(MONDAY))
    }

    pub fn selected() -> Story {
        eligible().wait(30).then(tell::ranked(RankingOutcome::Selected))
    }

    pub fn reserve() -> Story {
        eligible().wait(30).then(tell::ranked(RankingOutcome::Reserve))
    }

    pub fn enrolled() -> Story {
        selected().wait(3).then(Facts::OfferAccepted)
    }

    pub fn in_training() -> Story {
        enrolled().wait(20).then(tell::started())
    }

    pub fn trained() -> Story {
        in_training().wait(9).then(tell::trained())
    }

    pub fn submitted() -> Story {
        trained().wait(14).then(tell::plan(1))
    }

    pub fn scored() -> Story {
        submitted().wait(6).then(tell::cleared(1)).wait(7).then(tell::scored(1))
    }

    pub fn approved() -> Story {
        scored().wait(4).then(tell::defended(1)).wait(5).then(tell::approved(1))
    }

    pub fn contracted() -> Story {
        let story = approved().wait(12);
        let contract = tell::contract(story.today);
        story.then(contract)
    }

    pub fn equipped() -> Story {
        contracted().wait(60).then(tell::handed_over())
    }

    pub fn operating() -> Story {
        equipped().wait(21).then(Facts::BusinessStarted { visit: None })
    }

    pub fn in_breach() -> Story {
        operating().wait(90).then(tell::breach())
    }

    pub fn owner() -> Story {
        let story = operating().wait(330);
        let owner = tell::owner(story.today);
        story.then(owner)
    }
}
