-- Training: cohorts with seats, sessions, attendance, results, certificates.

create table cohort (
    cohort_id uuid primary key,
    office int not null references office,
    number text not null unique,
    trainer_id uuid not null references officer,
    venue text not null,
    online boolean not null,
    seats smallint not null check (seats > 0),
    -- Seats given; the row is locked while one more is.
    taken smallint not null default 0 check (taken <= seats),
    starts_on date not null,
    ends_on date not null,
    opened_on date not null,
    opened_by uuid not null references officer,
    closed_on date
);
create index cohort_by_office on cohort (office, starts_on);
select shared_work('cohort');

create table cohort_session (
    cohort_id uuid not null references cohort,
    session smallint not null,
    office int not null,
    held_on date not null,
    minutes smallint not null,
    -- When and by whom attendance was marked.
    marked_on date,
    marked_by uuid references officer,
    primary key (cohort_id, session)
);
select shared_work('cohort_session');

create table enrolment (
    person_id uuid not null,
    case_id uuid not null,
    cohort_id uuid not null references cohort,
    office int not null,
    enrolled_on date not null,
    attended_minutes smallint not null default 0,
    -- Points of 100.
    test_before smallint check (test_before between 0 and 100),
    test_after smallint check (test_after between 0 and 100),
    -- 1 completed, 2 failed, 3 dropped out.
    result smallint,
    result_on date,
    primary key (person_id, case_id, cohort_id),
    foreign key (person_id, case_id) references case_file
);
create index enrolment_by_cohort on enrolment (cohort_id);
select protect('enrolment');

create table attendance (
    person_id uuid not null,
    case_id uuid not null,
    cohort_id uuid not null,
    session smallint not null,
    office int not null,
    -- 1 present, 2 late, 3 excused, 4 absent.
    mark smallint not null check (mark between 1 and 4),
    minutes smallint not null,
    primary key (person_id, case_id, cohort_id, session),
    foreign key (person_id, case_id, cohort_id) references enrolment
);
select protect('attendance');

-- What a certificate says, frozen when it is given; its paper is printed from this row.
create table certificate (
    person_id uuid not null,
    case_id uuid not null,
    number text not null,
    office int not null,
    code text not null,
    holder text not null,
    hours smallint not null,
    begun_on date not null,
    ended_on date not null,
    place text not null,
    trainer text not null,
    issued_on date not null,
    primary key (person_id, case_id, number),
    foreign key (person_id, case_id) references case_file
);
select protect('certificate');

-- Codes are found by anyone who holds the paper.
create table certificate_code (
    code text primary key,
    person_id uuid not null,
    case_id uuid not null,
    number text not null
);
grant select on certificate_code to dayaq_system;
grant insert on certificate_code to dayaq_offices, dayaq_system;
