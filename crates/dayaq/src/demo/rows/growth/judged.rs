//! Blind scores of applications, and what sittings decided on them.

use super::{Rows, Teller, rounds::sitting_id};
use crate::demo::{
    afterwards::Award as Told,
    day::Moment,
    programme::Simulated,
    rows::commission::{marks, sheet},
};
use anyhow::Result;
use followup::growth::{
    scoring::store::Score,
    sitting::store::{Item, Vote},
    state::Decision,
};
use preparation::sitting::Choice;
use registry::case::Duty;

impl Teller<'_> {
    pub(super) fn scores(&self, rows: &mut Rows) -> Result<()> {
        let Some(assigned) = self.told.assigned else { return Ok(()) };
        let (person_id, award_id, case_id, office) = self.ids();
        let form = sheet(self.made, "AWARD", assigned.date())?;
        for (evaluator, sealed, total) in &self.told.scores {
            let marked = sealed.map(|_| marks(form, *total, true)).unwrap_or_default();
            rows.scores.push(Score {
                person_id,
                award_id,
                officer_id: self.officer(*evaluator),
                case_id,
                office,
                assigned_at: assigned.utc(),
                marks: serde_json::to_string(&marked)?,
                points: sealed.map(|_| i16::from(*total)),
                sealed_at: sealed.map(Moment::utc),
                recused_at: None,
                recusal: None,
            });
            match sealed {
                Some(_) => rows.claims.push((person_id, case_id, self.officer(*evaluator), Duty::ScoreAward, office)),
                None => rows.assignments.push(self.assignment(*evaluator, Duty::ScoreAward, assigned)),
            }
        }
        Ok(())
    }
}

pub(super) fn mean_tenths(told: &Told) -> i16 {
    let count = i16::try_from(told.scores.len()).unwrap_or(1).max(1);
    let sum: i16 = told.scores.iter().map(|score| i16::from(score.2)).sum();
    (sum * 10 + count / 2) / count
}

/// The agenda of a sitting with its votes, or with the members who have still to cast them.
pub(super) fn hear(made: &Simulated, round: u8, sitting: u8, agenda: &[usize], rows: &mut Rows) {
    let told = &made.rounds[usize::from(round)];
    let id = sitting_id(made, round, sitting).0;
    for (nth, position) in agenda.iter().zip(1i16..) {
        let teller = Teller { made, told: &made.awards[*nth], nth: *nth };
        let (person_id, award_id, case_id, office) = teller.ids();
        let decision = teller.told.decided.map(|(_, won)| if won { Decision::Granted } else { Decision::Refused });
        rows.items.push(Item {
            person_id,
            sitting_id: id,
            award_id,
            case_id,
            office,
            position,
            amount: teller.told.asked,
            mean_tenths: mean_tenths(teller.told),
            decision: decision.map(|decision| decision as i16),
            reason: decision.filter(|decision| *decision == Decision::Refused).map(|_| teller.refusal().to_owned()),
        });
        for member in &told.members {
            let officer_id = made.officer_id(*member).0;
            match decision {
                Some(decision) => {
                    let choice = if decision == Decision::Granted { Choice::For } else { Choice::Against };
                    let vote = choice as i16;
                    rows.votes.push(Vote { person_id, sitting_id: id, award_id, officer_id, office, vote, reason: None });
                    rows.claims.push((person_id, case_id, officer_id, Duty::DecideAward, office));
                }
                None => rows.assignments.push(teller.assignment(
                    *member,
                    Duty::DecideAward,
                    told.sittings[usize::from(sitting)].called,
                )),
            }
        }
    }
}
