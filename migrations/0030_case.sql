-- Cases: projections of their events, which are rows of the journal.

create table case_file (
    person_id uuid not null references person,
    case_id uuid not null,
    office int not null references office,
    office_of_selection int not null,
    phase text not null,
    funding text not null,
    receipt text not null,
    stage smallint not null,
    direction text not null,
    -- Whose turn it is: the duty, the role, since when and until when. Null when nobody has to act.
    next_duty smallint,
    next_role smallint,
    next_since date,
    next_due date,
    suspended boolean not null default false,
    -- Number of events folded.
    version int not null,
    opened_on date not null,
    closed_on date,
    primary key (person_id, case_id)
);
create index case_file_by_case on case_file (case_id);
create index case_file_by_stage on case_file (stage, office, next_since);
create unique index case_file_one_open on case_file (person_id) where closed_on is null and stage not in (4, 10, 11, 13, 18);
select protect('case_file');
select protect_assigned('case_file', false);

-- Every step that is open on a case: whose work, since when, until when. It feeds the work queues.
create table case_step (
    person_id uuid not null,
    case_id uuid not null,
    duty smallint not null,
    since date not null,
    office int not null,
    role smallint not null,
    due date,
    primary key (person_id, case_id, duty, since),
    foreign key (person_id, case_id) references case_file
);
-- The most overdue of the nation, and of one office.
create index case_step_by_role on case_step (role, due, office);
create index case_step_by_office on case_step (office, role) include (due, since, duty);
select protect('case_step');
select protect_assigned('case_step', false);

-- A receipt number is given once.
create table receipt_number (
    receipt text primary key,
    person_id uuid not null,
    case_id uuid not null
);
grant select, insert on receipt_number to dayaq_offices, dayaq_system;

-- One row a case: the day of the first event of each kind that results count, with the dimensions they are cut by.
create table case_milestone (
    person_id uuid not null,
    case_id uuid not null,
    office int not null,
    office_of_selection int not null,
    sex char(1),
    birth_date date,
    phase text not null,
    funding text not null,
    basis smallint not null,
    residence text not null,
    business_region text,
    wished text not null,
    direction text,
    applied_on date not null,
    decided_on date,
    eligible_on date,
    selected_on date,
    readiness_on date,
    accepted_on date,
    training_started_on date,
    trained_on date,
    plan_submitted_on date,
    plan_decided_on date,
    approved_on date,
    contracted_on date,
    term_ends_on date,
    received_on date,
    received_value bigint not null default 0,
    started_on date,
    paused_on date,
    ended_on date,
    end_reason smallint,
    transferred_on date,
    recovered_on date,
    awarded_on date,
    withdrawn_on date,
    deceased_on date,
    closed_on date,
    close_reason smallint,
    followup_6 smallint,
    followup_6_on date,
    followup_12 smallint,
    followup_12_on date,
    followup_24 smallint,
    followup_24_on date,
    primary key (person_id, case_id),
    foreign key (person_id, case_id) references case_file
);
create index case_milestone_received on case_milestone (received_on) where received_on is not null;
select protect('case_milestone');

-- Duties that exclude each other over the life of a case: one officer can hold only one duty in a conflict.
create table case_duty (
    person_id uuid not null,
    case_id uuid not null,
    conflict smallint not null,
    officer_id uuid not null references officer,
    duty smallint not null,
    office int not null,
    primary key (person_id, case_id, conflict, officer_id),
    unique (person_id, case_id, conflict, officer_id, duty),
    foreign key (person_id, case_id) references case_file
);
select protect('case_duty');
select protect_assigned('case_duty', true);

-- Journal rows of a case are seen through their case, a person's through the person, others by their office.
alter table journal enable row level security;
grant select, insert on journal to dayaq_offices, dayaq_assigned, dayaq_subject, dayaq_system;
create policy offices_read on journal for select to dayaq_offices
    using (case
        when person_id = '00000000-0000-0000-0000-000000000000' then
            office = any ((select current_setting('dayaq.offices')::int[])::int[])
        when case_id is null then exists (select from person p where p.person_id = journal.person_id)
        else exists (select from case_file c where c.person_id = journal.person_id and c.case_id = journal.case_id)
    end);
create policy assigned_read on journal for select to dayaq_assigned
    using (exists (select from case_file c where c.person_id = journal.person_id and c.case_id = journal.case_id));
create policy subject_read on journal for select to dayaq_subject
    using (person_id = (select current_setting('dayaq.person')::uuid));
create policy own_chain on journal for insert to dayaq_offices, dayaq_assigned, dayaq_subject
    with check (office = (select current_setting('dayaq.chain')::int)
        and officer_id = (select current_setting('dayaq.officer')::uuid));
create policy system on journal to dayaq_system using (true) with check (true);
grant update (payload) on journal to dayaq_system;
