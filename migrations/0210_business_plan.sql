-- Business plans: a draft that is saved as often as one likes, then a version frozen at submission.

create table business_plan (
    person_id uuid not null,
    plan_id uuid not null,
    case_id uuid not null,
    -- Counts from 1 within the case.
    version smallint not null check (version > 0),
    office int not null,
    direction text collate "C" not null,
    -- What was typed into the programme's form, by field.
    answers jsonb not null,
    -- Qəpik. Equipment at catalogue prices; what the person adds in money and in kind; both together.
    items_total bigint not null default 0,
    own_contribution bigint not null default 0,
    total bigint not null default 0,
    begun_at timestamptz not null,
    -- Frozen from then on.
    submitted_at timestamptz,
    submitted_by uuid references officer,
    primary key (person_id, plan_id),
    unique (person_id, case_id, version),
    foreign key (person_id, case_id) references case_file,
    check ((submitted_at is null) = (submitted_by is null))
);
create index business_plan_by_case on business_plan (case_id);
create index business_plan_by_id on business_plan (plan_id);
select protect('business_plan');
select protect_assigned('business_plan', false);

-- The equipment of a submitted plan, at the catalogue's prices of that day.
create table plan_line (
    person_id uuid not null,
    plan_id uuid not null,
    line smallint not null,
    case_id uuid not null,
    office int not null,
    item text collate "C" not null,
    quantity smallint not null check (quantity > 0),
    unit_price bigint not null check (unit_price >= 0),
    primary key (person_id, plan_id, line),
    foreign key (person_id, plan_id) references business_plan
);
select protect('plan_line');
select protect_assigned('plan_line', false);

-- What the trainer said of a draft.
create table plan_comment (
    person_id uuid not null,
    plan_id uuid not null,
    comment_id uuid not null,
    case_id uuid not null,
    office int not null,
    officer_id uuid not null references officer,
    made_at timestamptz not null,
    words text not null,
    primary key (person_id, plan_id, comment_id),
    foreign key (person_id, plan_id) references business_plan
);
select protect('plan_comment');
