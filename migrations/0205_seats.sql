-- Seats filled together: a proposal over the cohorts of an office that have room, with the inputs that anybody can replay,
-- and everybody who waited for a seat with the place or the reason.

-- The language in which a cohort is taught, where that was said.
alter table cohort add column language text;

create table seat_run (
    run_id uuid primary key,
    office int not null references office,
    -- The day on which waiting and groups were counted.
    as_of date not null,
    -- Published; it decides between equals.
    seed text not null,
    -- JSON: points, cohorts with their free seats, least and greatest shares.
    terms text not null,
    candidates int not null,
    seated int not null check (seated <= candidates),
    -- The value of all seats proposed, and what no other way of filling them exceeds.
    value bigint not null,
    bound bigint not null check (bound >= value),
    -- SHA-256 over the terms, the candidates with their inputs, and the places given.
    digest bytea not null,
    proposed_by uuid not null references officer,
    proposed_at timestamptz not null,
    confirmed_by uuid references officer,
    confirmed_at timestamptz,
    returned_by uuid references officer,
    returned_at timestamptz,
    return_reason text,
    check (confirmed_by <> proposed_by),
    check (confirmed_by is null or returned_by is null)
);
create unique index seat_run_open on seat_run (office) where confirmed_at is null and returned_at is null;
create index seat_run_by_office on seat_run (office, proposed_at);
select shared_work('seat_run');

create table seat_candidate (
    person_id uuid not null,
    run_id uuid not null,
    case_id uuid not null,
    office int not null,
    -- Codes of the groups that the shares look at, with spaces between.
    groups text not null,
    priority boolean not null,
    waited_weeks int not null,
    -- 1 lives in the office's city or rayon, 2 in its region, 3 elsewhere.
    distance smallint not null,
    language text not null,
    -- The seat proposed and its value; or why there is none.
    cohort_id uuid,
    value bigint,
    reason smallint,
    reason_group text,
    -- Of those without a seat: the cohort where they came nearest, and the value needed there.
    nearest uuid,
    needed bigint,
    -- What the confirmation made of it: seated, or passed over and why.
    seated_on date,
    passed_over smallint,
    primary key (person_id, run_id, case_id),
    foreign key (person_id, case_id) references case_file
);
create index seat_candidate_by_run on seat_candidate (run_id);
select protect('seat_candidate');
