//! What waits before the scores: applications without evaluators, and those that an evaluator has to score.

use crate::growth::waiting::{Asks, Waiting};
use registry::programme::keys;

/// Applications that wait for an evaluator: nobody who has it has still to seal. Too few have it, or two quarrel.
pub(in crate::growth) static UNASSIGNED: Waiting = Waiting {
    sql: UNASSIGNED_SQL,
    asks: Asks::Nothing,
    task: "growth-queue-assign",
    path: "/awards/{id}/evaluators",
    term: Some(&keys::SCORING_TERM),
};

const UNASSIGNED_SQL: &str = "
    select a.award_id as id, a.number, a.checked_at::date as since, count(*) over () as total
    from award a
    where a.state = 2
    and not exists (select from award_score s
        where s.person_id = a.person_id
        and s.award_id = a.award_id
        and s.recused_at is null
        and s.sealed_at is null)
    order by a.checked_at
    limit $1";

/// Applications that the acting evaluator has to score, by their codes.
pub(in crate::growth) static TO_SCORE: Waiting = Waiting {
    sql: TO_SCORE_SQL,
    asks: Asks::Officer,
    task: "growth-queue-score",
    path: "/award-scores/{id}",
    term: Some(&keys::SCORING_TERM),
};

const TO_SCORE_SQL: &str = "
    select s.award_id as id, s.assigned_at::date as since, count(*) over () as total
    from award_score s
    join award a using (person_id, award_id)
    where s.sealed_at is null
    and s.recused_at is null
    and s.officer_id = $2
    and a.state = 2
    order by s.assigned_at
    limit $1";
