-- Ranking: runs with the inputs that anybody can replay, candidates with place and reason, seats counted under a lock.

-- Seats of a call in a region. Whoever gives one out locks the row, counts anew, and writes what is taken.
create table seat_quota (
    call text not null,
    region text not null,
    seats int not null check (seats >= 0),
    taken int not null default 0 check (taken >= 0),
    primary key (call, region),
    check (taken <= seats)
);
select open_to_all('seat_quota');

-- People admitted, or with an offer open, by year and office of selection: locked and counted anew before landholders
-- are let in, because they may be at most a share of the unemployed (rule 1.4).
create table admission_year (
    year smallint not null,
    office int not null,
    landholders int not null default 0 check (landholders >= 0),
    unemployed int not null default 0 check (unemployed >= 0),
    primary key (year, office)
);
select open_to_all('admission_year');

create table ranking_run (
    run_id uuid primary key,
    -- The office whose work it is: the proposer's.
    office int not null references office,
    -- Offices of the pool.
    offices int[] not null,
    -- The only call of the pool; absent for every call.
    call text,
    -- The day on which groups and waiting were counted.
    as_of date not null,
    -- Published; the lots of equals follow from it.
    seed text not null,
    -- JSON: places, quotas, least shares, cap.
    terms text not null,
    places int not null check (places >= 0),
    candidates int not null,
    selected int not null check (selected <= places),
    reserve int not null,
    -- SHA-256 over the terms, the candidates with their inputs, and the places given.
    digest bytea not null,
    proposed_by uuid not null references officer,
    proposed_at timestamptz not null,
    approved_by uuid references officer,
    approved_at timestamptz,
    returned_by uuid references officer,
    returned_at timestamptz,
    return_reason text,
    check (approved_by <> proposed_by),
    check (approved_by is null or returned_by is null)
);
create index ranking_run_by_office on ranking_run (office, proposed_at);
create index ranking_run_open on ranking_run (proposed_at) where approved_at is null and returned_at is null;
select shared_work('ranking_run');

-- A candidate of a run: inputs as they were, place and reason.
create table ranking_candidate (
    person_id uuid not null,
    run_id uuid not null,
    case_id uuid not null,
    office int not null,
    call text not null,
    region text not null,
    -- Codes of the groups on the run's day, with spaces between.
    groups text not null,
    landholder boolean not null,
    waiting_since date not null,
    lot bigint not null,
    rank int not null,
    -- 1 selected, 2 reserve, 3 waiting.
    outcome smallint not null,
    position int not null,
    reason smallint not null,
    -- Selected or in reserve when the list was made, and no longer eligible when it was approved.
    fell_out boolean not null default false,
    -- Called up from the reserve.
    called_on date,
    -- The second person, once the list is approved and the case on it.
    approved_by uuid,
    conflict smallint check (conflict = 2),
    duty smallint check (duty = 6),
    primary key (person_id, run_id),
    foreign key (person_id, case_id) references case_file,
    foreign key (person_id, case_id, conflict, approved_by, duty)
        references case_duty (person_id, case_id, conflict, officer_id, duty)
);
create index ranking_candidate_by_run on ranking_candidate (run_id, rank);
create index ranking_candidate_waiting on ranking_candidate (run_id)
    where outcome = 2 and called_on is null and approved_by is not null;
create index ranking_candidate_by_case on ranking_candidate (case_id);
create index ranking_candidate_by_seat on ranking_candidate (call, region) where approved_by is not null;
create index case_milestone_admitted on case_milestone (accepted_on, office_of_selection) where accepted_on is not null;
select protect('ranking_candidate');

-- The answer to an offer, or that none came in time.
create table offer_answer (
    person_id uuid not null,
    case_id uuid not null,
    answered_on date not null,
    -- 1 accepted, 2 declined, 3 lapsed.
    answer smallint not null check (answer in (1, 2, 3)),
    reason smallint,
    note text not null default '',
    -- The reserve that took the place, if there was one.
    called_case uuid,
    officer_id uuid not null references officer,
    office int not null,
    primary key (person_id, case_id, answered_on),
    foreign key (person_id, case_id) references case_file
);
select protect('offer_answer');
