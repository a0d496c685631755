-- After receipt: visits, breaches of the contract, longer terms, the passing of the title.

create table visit (
    person_id uuid not null,
    visit_id uuid not null,
    case_id uuid not null,
    office int not null,
    -- Whose visit it is; whoever made it, once it is made.
    monitor_id uuid not null references officer,
    -- 1 field, 2 electronic, 3 phone.
    kind smallint not null check (kind between 1 and 3),
    -- The last one before the title passes.
    is_final boolean not null default false,
    due_on date not null,
    planned_at timestamptz not null,
    made_at timestamptz,
    -- 1 operating, 2 paused, 3 ended, 4 not started, 5 unreachable, 6 deceased.
    status smallint check (status between 1 and 6),
    -- Qəpik of the last month.
    sales bigint check (sales >= 0),
    costs bigint check (costs >= 0),
    household_income bigint check (household_income >= 0),
    workers_women smallint,
    workers_men smallint,
    satisfaction smallint check (satisfaction between 1 and 5),
    -- What the visit form says, in JSON.
    answers jsonb,
    primary key (person_id, visit_id),
    foreign key (person_id, case_id) references case_file,
    check ((made_at is null) = (status is null)),
    check ((made_at is null) = (answers is null))
);
create index visit_by_id on visit (visit_id);
create index visit_by_case on visit (case_id, due_on);
create index visit_planned on visit (office, due_on) where made_at is null;
create index visit_made on visit (office, made_at) where made_at is not null;
select protect('visit');

create table breach (
    person_id uuid not null,
    breach_id uuid not null,
    case_id uuid not null,
    office int not null,
    -- Code of the duty that was broken.
    obligation text collate "C" not null,
    evidence text not null,
    noticed_on date not null,
    noticed_by uuid not null references officer,
    remedy_due date not null,
    -- What the person says, and when.
    explanation text,
    explained_on date,
    heard_on date,
    -- Remedied or upheld.
    settled_on date,
    settled_by uuid references officer,
    -- 1 remedied, 2 upheld.
    outcome smallint check (outcome in (1, 2)),
    finding text,
    primary key (person_id, breach_id),
    foreign key (person_id, case_id) references case_file,
    check ((settled_on is null) = (outcome is null)),
    check ((explanation is null) = (explained_on is null)),
    check (outcome is distinct from 2 or (settled_by <> noticed_by and heard_on is not null))
);
create index breach_by_case on breach (case_id);
create index breach_open on breach (office, remedy_due) where outcome is null;
select protect('breach');

create table term_extension (
    person_id uuid not null,
    extension_id uuid not null,
    case_id uuid not null,
    office int not null,
    months smallint not null check (months > 0),
    reason text not null,
    proposed_at timestamptz not null,
    proposed_by uuid not null references officer,
    decided_at timestamptz,
    decided_by uuid references officer,
    approved boolean,
    note text,
    primary key (person_id, extension_id),
    foreign key (person_id, case_id) references case_file,
    check ((decided_at is null) = (approved is null)),
    check (decided_by <> proposed_by)
);
create index term_extension_by_case on term_extension (case_id);
create index term_extension_waiting on term_extension (office, proposed_at) where decided_at is null;
select protect('term_extension');

create table ownership (
    person_id uuid not null,
    ownership_id uuid not null,
    case_id uuid not null,
    office int not null,
    contract_id uuid not null,
    -- The final visit.
    visit_id uuid not null,
    -- How the business answers to the plan.
    finding text not null,
    proposed_at timestamptz not null,
    proposed_by uuid not null references officer,
    decided_at timestamptz,
    decided_by uuid references officer,
    approved boolean,
    note text,
    -- The names on the act, as they were on the day.
    proposer text not null,
    approver text,
    -- The new owner as the act names them, sealed.
    owner text,
    primary key (person_id, ownership_id),
    foreign key (person_id, case_id) references case_file,
    foreign key (person_id, visit_id) references visit,
    check ((decided_at is null) = (approved is null)),
    check (decided_by <> proposed_by),
    check (approved is not true or (approver is not null and owner is not null))
);
create index ownership_by_case on ownership (case_id);
create index ownership_waiting on ownership (office, proposed_at) where decided_at is null;
select protect('ownership');
