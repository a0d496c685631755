//! Appeals, from the events that tell of them.

use crate::demo::{events, history::CaseNo, programme::Simulated};
use followup::appeal::{rules, store::Appeal};
use registry::{
    case::{AppealOutcome, Duty, Event, Facts},
    programme::keys,
};

/// Every appeal of the programme.
pub fn rows(made: &Simulated) -> Vec<Appeal> {
    let cases = (0u32..).zip(&made.histories).filter(|(_, history)| !history.appeals.is_empty());
    cases.flat_map(|(case, _)| of_case(made, case)).collect()
}

fn of_case(made: &Simulated, case: CaseNo) -> Vec<Appeal> {
    let events = events::events(made, case);
    let decided =
        |wanted| events.iter().find(|event| matches!(&event.facts, Facts::AppealDecided { appeal, .. } if *appeal == wanted));
    let lodged = events.iter().filter_map(|event| match &event.facts {
        Facts::AppealLodged { appeal, against, entry, told_on } => Some((event, *appeal, *against, *entry, *told_on)),
        _ => None,
    });
    let row = |(event, id, against, entry, told_on): (
        &Event,
        values::id::AppealId,
        registry::case::Kind,
        values::id::EntryId,
        chrono::NaiveDate,
    )| {
        let programme = &made.setting.programme;
        let history = made.history(case);
        let (lodged_on, appeal_until) = (event.effective_on, programme.due(&keys::APPEAL_TERM, told_on));
        let late = lodged_on > appeal_until;
        let decision = decided(id);
        let outcome = decision.and_then(|event| match event.facts {
            Facts::AppealDecided { outcome, .. } => Some(outcome),
            _ => None,
        });
        let correction = events.iter().find(|event| matches!(&event.facts, Facts::Corrected { entry: of, .. } if *of == entry));
        Appeal {
            person_id: event.person.0,
            appeal_id: id.0,
            case_id: event.case.0,
            office: made.setting.offices[usize::from(history.office_now)].id,
            against: against as i16,
            entry_id: entry.0,
            told_on,
            appeal_until,
            lodged_on,
            lodged_at: event.recorded_at,
            lodged_by: event.officer.0,
            grounds: grounds(against == registry::case::Kind::EligibilityRefused).to_owned(),
            evidence: "arayışın surəti".to_owned(),
            late_reason: late.then(|| "xəstəxanada müalicə olunurdum".to_owned()),
            admitted_on: (!late).then_some(lodged_on),
            admitted_by: (!late).then_some(event.officer.0),
            admission_reason: None,
            due_on: programme.due(&keys::APPEAL_DECISION_TERM, lodged_on),
            decided_on: decision.map(|event| event.effective_on),
            decided_at: decision.map(|event| event.recorded_at),
            decided_by: decision.map(|event| event.officer.0),
            outcome: outcome.map(|outcome| outcome as i16),
            reason: outcome.map(|outcome| reason(outcome).to_owned()),
            correction: correction.filter(|_| outcome == Some(AppealOutcome::Changed)).map(|event| event.entry.0),
            conflict: outcome.map(|_| rules::conflict(against)),
            duty: outcome.map(|_| Duty::DecideAppeal as i16),
        }
    };
    lodged.map(row).collect()
}

const fn grounds(of_eligibility: bool) -> &'static str {
    if of_eligibility {
        "qərar köhnə məlumata əsaslanıb: iş yerindən artıq çıxmışam"
    } else {
        "gəlir hesablaması səhv başa düşülüb, planda satışlar göstərilib"
    }
}

const fn reason(outcome: AppealOutcome) -> &'static str {
    match outcome {
        AppealOutcome::Changed => "yeni arayış göstərir ki, qərarın əsaslandığı məlumat köhnəlmişdi",
        _ => "yeni sübut yoxdur, qərar qaydaya uyğundur",
    }
}
