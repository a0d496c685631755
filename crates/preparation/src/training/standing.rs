//! Whether what a certificate says still stands: it goes by the case's events, since paper can't be called back.

use super::store::Certificate;
use anyhow::Result;
use chrono::NaiveDate;
use platform::{app::App, clock::local, scope::Tx};
use registry::case::{self, Event, Facts, correction};
use values::id::CaseId;

/// The day on which a certificate was withdrawn; none while it stands.
pub(super) async fn withdrawn_on(tx: &mut Tx, app: &App, certificate: &Certificate) -> Result<Option<NaiveDate>> {
    let loaded = case::store::load(tx, &*case::law(app)?, CaseId(certificate.case_id)).await;
    let loaded = loaded.map_err(|fault| anyhow::anyhow!("reading the case of a certificate: {fault:?}"))?;
    Ok(withdrawal(&loaded.events, &certificate.number))
}

/// When the completion of the course, on which a certificate of this number rests, was declared void.
pub(super) fn withdrawal(events: &[Event], number: &str) -> Option<NaiveDate> {
    let gives =
        |event: &Event| matches!(&event.facts, Facts::TrainingCompleted { certificate, .. } if certificate.as_str() == number);
    if correction::standing(events).iter().any(|event| gives(event)) {
        return None;
    }
    let given: Vec<_> = events.iter().filter(|event| gives(event)).map(|event| event.entry).collect();
    let voided = events.iter().filter(|event| correction::target(event).is_some_and(|entry| given.contains(&entry)));
    let day = |event: &Event| local(event.recorded_at).date();
    voided.map(day).max().or_else(|| events.last().map(day))
}
