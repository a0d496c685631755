//! Runs with their candidates, and the answers to offers.

use crate::demo::{
    history::{Answer as Answered, CaseNo, Listed},
    programme::{Run, Simulated},
    ranked,
};
use anyhow::Result;
use registry::case::LeaveReason;
use selection::ranking::{
    Outcome, Placed, Reason, digest,
    store::{Answer, AnswerRow, CandidateRow, RunRow},
};
use values::id::OfficeId;

/// A run and its candidates.
pub fn run(made: &Simulated, number: u32) -> Result<(RunRow, Vec<CandidateRow>)> {
    let run = &made.runs[number as usize];
    let office = OfficeId(made.setting.offices[usize::from(run.office)].id);
    let inputs = made.inputs_of(run);
    let placed = placed(made, run);
    let act = |act: crate::demo::history::Act| (made.officer_id(act.by), act.at.utc());
    let count = |listed: Listed| run.candidates.iter().filter(|candidate| candidate.outcome == listed).count();
    let row = RunRow {
        run: made.run_id(number),
        office,
        offices: vec![office],
        call: None,
        as_of: run.proposed.at.date(),
        seed: ranked::seed(&made.setting, run.office, run.proposed.at.day),
        candidates: i32::try_from(run.candidates.len())?,
        selected: i32::try_from(count(Listed::Selected))?,
        reserve: i32::try_from(count(Listed::Reserve))?,
        digest: digest(&run.terms, &inputs, &placed)?,
        terms: run.terms.clone(),
        proposed: act(run.proposed),
        approved: run.approved.map(act),
    };
    let candidates = run.candidates.iter().zip(inputs.iter().zip(&placed));
    let candidates = candidates.map(|(candidate, (input, placed))| {
        let history = made.history(candidate.case);
        let office = OfficeId(made.setting.offices[usize::from(history.office_now)].id);
        let mut row = CandidateRow::new(row.run, made.person_id(history.person), office, &run.terms, input, placed);
        let listed = placed.outcome != Outcome::Waiting;
        row.approved_by = run.approved.filter(|_| listed).map(|act| made.officer_id(act.by));
        row.called_on = called_on(made, candidate.case, number, placed);
        row
    });
    Ok((row.clone(), candidates.collect()))
}

fn placed(made: &Simulated, run: &Run) -> Vec<Placed> {
    let place = |(rank, candidate): (u32, &crate::demo::programme::Candidate)| Placed {
        case: made.case_id(candidate.case),
        rank,
        outcome: match candidate.outcome {
            Listed::Selected => Outcome::Selected,
            Listed::Reserve => Outcome::Reserve,
            Listed::Waiting | Listed::Capped => Outcome::Waiting,
        },
        position: candidate.position,
        reason: candidate.reason,
    };
    (1u32..).zip(&run.candidates).map(place).collect()
}

/// The day on which a case was called up from the reserve of its last list.
fn called_on(made: &Simulated, case: CaseNo, run: u32, placed: &Placed) -> Option<chrono::NaiveDate> {
    let history = made.history(case);
    let listed = history.listings.iter().rev().find(|listing| listing.outcome == Listed::Reserve)?;
    let here = listed.run == run && placed.outcome == Outcome::Reserve && placed.reason != Reason::LandholderCap;
    history.called.filter(|_| here).map(|act| act.at.date())
}

/// The answer to a case's offer.
pub fn answer(made: &Simulated, case: CaseNo) -> Option<AnswerRow> {
    let history = made.history(case);
    let answered = history.offer?.answer?;
    let (answer, reason) = match answered.answer {
        Answered::Accepted => (Answer::Accepted, None),
        Answered::Declined(reason) => (Answer::Declined, Some(reason.leave())),
        Answered::Lapsed => (Answer::Lapsed, None::<LeaveReason>),
    };
    Some(AnswerRow {
        person: made.person_id(history.person),
        case: made.case_id(case),
        office: OfficeId(made.setting.offices[usize::from(history.office_now)].id),
        answered_on: answered.act.at.date(),
        answer,
        reason,
        note: String::new(),
        called_case: None,
        officer: Some(made.officer_id(answered.act.by)),
    })
}
