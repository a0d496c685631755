-- Environmental and social screening of submitted plans: the officer's form, then the specialist's decision.

create table screening (
    person_id uuid not null,
    plan_id uuid not null,
    case_id uuid not null,
    office int not null,
    -- The officer's form, the checks of both, the management plan; in JSON.
    answers jsonb not null,
    screened_at timestamptz not null,
    screened_by uuid not null references officer,
    -- The rating by the programme's table; set with the decision.
    rating text collate "C",
    management_plan_on date,
    -- Number of the Bank's no-objection.
    no_objection text,
    decided_at timestamptz,
    decided_by uuid references officer,
    primary key (person_id, plan_id),
    foreign key (person_id, plan_id) references business_plan,
    check (decided_by <> screened_by),
    check ((decided_at is null) = (rating is null))
);
create index screening_by_case on screening (case_id);
create index screening_waiting on screening (office, screened_at) where decided_at is null;
select protect('screening');
