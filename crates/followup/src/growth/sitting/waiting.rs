//! What waits before and after a sitting: rounds to call one for, votes to cast, sittings to close.

use crate::growth::waiting::{Asks, Waiting};

/// Rounds with scored applications that no sitting has on its agenda.
pub(in crate::growth) static TO_CALL: Waiting = Waiting {
    sql: TO_CALL_SQL,
    asks: Asks::Today,
    task: "growth-queue-call",
    path: "/award-rounds/{id}/sittings/new",
    term: None,
};

const TO_CALL_SQL: &str = "
    select r.round_id as id, r.number, min(a.scored_on) as since, count(*) over () as total
    from award_round r
    join award a using (round_id)
    where r.approved
    and (r.rolling or r.closes_on < $2)
    and a.state = 3
    and not exists (select from award_item i
        join award_sitting s using (sitting_id)
        where i.person_id = a.person_id
        and i.award_id = a.award_id
        and s.closed_at is null)
    group by r.round_id, r.number
    order by min(a.scored_on)
    limit $1";

/// Open sittings, for the secretary to close.
pub(in crate::growth) static TO_CLOSE: Waiting = Waiting {
    sql: TO_CLOSE_SQL,
    asks: Asks::Nothing,
    task: "growth-queue-close-sitting",
    path: "/award-sittings/{id}/closure",
    term: None,
};

const TO_CLOSE_SQL: &str = "
    select s.sitting_id as id, s.number, s.called_at::date as since, s.sits_on as due, count(*) over () as total
    from award_sitting s
    where s.closed_at is null
    order by s.sits_on
    limit $1";

/// Open sittings at which the acting member has still to vote.
pub(in crate::growth) static TO_VOTE: Waiting =
    Waiting { sql: TO_VOTE_SQL, asks: Asks::Officer, task: "growth-queue-vote", path: "/award-sittings/{id}/votes", term: None };

const TO_VOTE_SQL: &str = "
    select s.sitting_id as id, s.number, s.called_at::date as since, s.sits_on as due, count(*) over () as total
    from award_sitting s
    join award_sitting_member m using (sitting_id)
    where s.closed_at is null
    and m.officer_id = $2
    and exists (select from award_item i
        where i.sitting_id = s.sitting_id
        and not exists (select from award_vote v
            where v.person_id = i.person_id
            and v.sitting_id = i.sitting_id
            and v.award_id = i.award_id
            and v.officer_id = $2))
    order by s.sits_on
    limit $1";
