//! The course: started, completed, failed, dropped, and once repeated for good cause.
//! Training that was skipped by a manager's order may come later; it then leaves its mark but does not move the case.

use super::{
    event::Event,
    facts::Facts,
    guard::{self, ensure},
    kind::Kind,
    refusal::Refusal,
    stage::Stage,
    state::{CaseState, first},
    terms::Terms,
};
use values::id::CohortId;

pub(super) fn step(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let on = event.effective_on;
    match &event.facts {
        Facts::TrainingStarted { cohort, repeat } => {
            ensure(state.cohort.is_none(), Refusal::OtherCohort)?;
            let repeats = state.counters.trainings;
            ensure(repeats == 0 || repeat.is_some(), Refusal::RepeatCauseMissing)?;
            ensure(repeats <= terms.training_repeats, Refusal::RepeatUsed)?;
            state.cohort = Some(*cohort);
            state.counters.trainings += 1;
            first(&mut state.milestones.training_started_on, on);
            move_on(state, Stage::InTraining, event);
        }
        Facts::TrainingCompleted { cohort, attended_minutes, score, .. } => {
            in_that_cohort(state, *cohort)?;
            guard::points(*score)?;
            let needed_minutes = terms.training_floor_minutes;
            ensure(
                *attended_minutes >= needed_minutes,
                Refusal::HoursShort { attended_minutes: *attended_minutes, needed_minutes },
            )?;
            ensure(*score >= terms.pass_mark, Refusal::MarkShort { score: *score, needed: terms.pass_mark })?;
            first(&mut state.milestones.trained_on, on);
            move_on(state, Stage::Trained, event);
            state.owed = state.owed.without(Kind::TrainingCompleted);
        }
        Facts::TrainingFailed { cohort, score, .. } => {
            in_that_cohort(state, *cohort)?;
            guard::points(*score)?;
            move_on(state, Stage::Failed, event);
            state.cohort = None;
        }
        Facts::TrainingDropped { cohort, .. } => {
            in_that_cohort(state, *cohort)?;
            move_on(state, Stage::DroppedOut, event);
            state.cohort = None;
        }
        _ => {}
    }
    Ok(())
}

fn in_that_cohort(state: &CaseState, cohort: CohortId) -> Result<(), Refusal> {
    ensure(state.cohort == Some(cohort), Refusal::OtherCohort)
}

/// Moves the case, unless it went past the course on a manager's order.
fn move_on(state: &mut CaseState, stage: Stage, event: &Event) {
    if matches!(state.stage, Stage::Enrolled | Stage::InTraining | Stage::Failed | Stage::DroppedOut) {
        state.move_to(stage, event.effective_on);
    }
}
