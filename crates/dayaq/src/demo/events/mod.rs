//! From a made-up history to the events of its case, in legal order.

mod admission;
mod operation;
mod preparation;

use super::day::Day;
use super::history::*;
use super::programme::Simulated;
use super::rows::grievance;
use registry::case::{Code, Event, Facts, HoldCause, Kind};
use values::id::{CaseId, OfficeId, PersonId};

/// The events of a case, in the order of folding. All are recorded in working hours.
pub fn events(made: &Simulated, case: CaseNo) -> Vec<Event> {
    let mut teller = Teller::new(made, case);
    teller.admission();
    teller.preparation();
    teller.operation();
    teller.hold();
    let mut events = teller.events;
    events.sort_by_key(Event::position);
    events
}

/// Tells one case; slices do not need it.
pub(super) struct Teller<'a> {
    made: &'a Simulated,
    case: CaseNo,
    history: &'a History,
    person_id: PersonId,
    case_id: CaseId,
    events: Vec<Event>,
}

impl<'a> Teller<'a> {
    fn new(made: &'a Simulated, case: CaseNo) -> Self {
        let history = made.history(case);
        Self {
            made,
            case,
            history,
            person_id: made.person_id(history.person),
            case_id: made.case_id(case),
            events: Vec::with_capacity(24),
        }
    }

    /// Something that took effect when it was recorded.
    fn tell(&mut self, act: Act, facts: Facts) {
        self.push(act.at.day, act, facts, None);
    }

    /// The same with a reason in words.
    fn tell_why(&mut self, act: Act, facts: Facts, reason: &str) {
        self.push(act.at.day, act, facts, Some(reason));
    }

    /// Something that took effect on an earlier day.
    fn tell_of(&mut self, on: Day, act: Act, facts: Facts) {
        self.push(on, act, facts, None);
    }

    fn push(&mut self, on: Day, act: Act, facts: Facts, reason: Option<&str>) {
        let officer = self.made.officer(act.by);
        let kind = facts.kind();
        let nth = self.events.iter().filter(|event| event.kind() == kind).count();
        self.events.push(Event {
            entry: self.made.entry_id(self.case, kind, nth, act.at),
            person: self.person_id,
            case: self.case_id,
            office: self.office_id(officer.office),
            officer: self.made.officer_id(act.by),
            role: officer.role,
            effective_on: on.date(),
            recorded_at: act.at.utc(),
            facts,
            reason: reason.map(str::to_owned),
        });
    }

    /// The hold that an open grievance put on the case, where the case is open and nothing of what is held has happened since.
    fn hold(&mut self) {
        let (made, case, history) = (self.made, self.case, self.history);
        let of_case = made.grievances.iter().enumerate().find(|(_, told)| told.case == Some(case) && told.closed.is_none());
        let Some((at, told)) = of_case else { return };
        let Some(sorted) = told.sorted.filter(|_| history.receipt().is_some()) else { return };
        if history.closing.is_some() || history.death.is_some() || history.withdrawal.is_some() {
            return;
        }
        let category = made.setting.programme.grievances().category(grievance::category(made, told, at));
        let blocks = category.map(followup::grievance::rules::blocked).unwrap_or_default();
        let happened = self.events.iter().any(|event| blocks.has(event.kind()) && event.recorded_at >= sorted.at.utc());
        if !blocks.is_empty() && !happened {
            self.tell(sorted, Facts::HoldPlaced { cause: HoldCause::Grievance, blocks });
        }
    }

    /// The stored number of an office; the centre for those who serve the whole country.
    fn office_id(&self, office: Option<OfficeNo>) -> OfficeId {
        office.map_or(OfficeId::CENTRE, |office| OfficeId(self.made.setting.offices[usize::from(office)].id))
    }

    fn direction(&self, number: DirectionNo) -> Code {
        code(self.made.direction(number))
    }

    /// The region of an office, by its code.
    fn region(&self, office: OfficeNo) -> Code {
        let setting = &self.made.setting;
        code(&setting.regions[usize::from(setting.offices[usize::from(office)].region)])
    }

    /// The entry of the first event of a kind told so far.
    fn first_entry(&self, kind: Kind) -> Option<values::id::EntryId> {
        self.events.iter().find(|event| event.kind() == kind).map(|event| event.entry)
    }
}

/// A code of the programme's data as events carry it; the programme's own codes always fit.
pub(super) fn code(text: &str) -> Code {
    Code::new(text).or_else(|_| Code::new("UNKNOWN")).expect("the fallback is a code")
}

/// The receipt number of an application.
pub fn receipt(number: u32, lodged: Day) -> String {
    format!("{}-{number:06}", lodged.year())
}

/// The number of the certificate of a completed course.
pub fn certificate(case: CaseNo, ended: Day) -> String {
    format!("S-{}-{:06}", ended.year(), case + 1)
}
