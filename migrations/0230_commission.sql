-- Blind scores of plans, defences, and sittings of commissions with their agenda and votes.

create table plan_score (
    person_id uuid not null,
    plan_id uuid not null,
    officer_id uuid not null references officer,
    case_id uuid not null,
    office int not null,
    assigned_at timestamptz not null,
    -- By criterion: mark and reason; in JSON. Kept while it is written, sealed with the points.
    marks text not null default '{}',
    points smallint check (points between 0 and 100),
    sealed_at timestamptz,
    -- The evaluator stepped aside.
    recused_at timestamptz,
    recusal text,
    primary key (person_id, plan_id, officer_id),
    foreign key (person_id, plan_id) references business_plan,
    check ((sealed_at is null) = (points is null))
);
create index plan_score_by_case on plan_score (case_id);
create index plan_score_by_officer on plan_score (officer_id) where sealed_at is null and recused_at is null;
select protect('plan_score');
-- Evaluators reach their own scores and nobody else's.
grant select, update on plan_score to dayaq_assigned;
create policy own on plan_score to dayaq_assigned
    using (officer_id = (select current_setting('dayaq.officer')::uuid));

create table defence (
    person_id uuid not null,
    plan_id uuid not null,
    case_id uuid not null,
    office int not null,
    held_on date not null,
    -- By criterion; in JSON.
    marks text not null,
    points smallint not null check (points between 0 and 100),
    recorded_by uuid not null references officer,
    primary key (person_id, plan_id),
    foreign key (person_id, plan_id) references business_plan
);
select protect('defence');
select protect_assigned('defence', false);

create table sitting (
    sitting_id uuid primary key,
    office int not null references office,
    number text not null unique,
    -- The region whose plans it hears.
    region text collate "C" not null,
    place text not null,
    sits_on date not null,
    called_at timestamptz not null,
    called_by uuid not null references officer,
    head_id uuid not null references officer,
    -- Qəpik that may be granted, and that were.
    budget bigint not null check (budget >= 0),
    granted bigint not null default 0 check (granted <= budget),
    closed_at timestamptz,
    closed_by uuid references officer
);
create index sitting_by_day on sitting (sits_on desc);
select shared_work('sitting');

create table sitting_member (
    sitting_id uuid not null references sitting,
    officer_id uuid not null references officer,
    office int not null,
    -- Known when the sitting closes.
    present boolean,
    primary key (sitting_id, officer_id)
);
select shared_work('sitting_member');

create table agenda_item (
    person_id uuid not null,
    sitting_id uuid not null references sitting,
    case_id uuid not null,
    plan_id uuid not null,
    office int not null,
    position smallint not null,
    -- Qəpik asked for.
    amount bigint not null,
    -- Mean of the blind scores, in tenths of a point.
    mean_tenths smallint not null,
    -- 1 approved, 2 to be revised, 3 refused, 4 reserve.
    decision smallint check (decision between 1 and 4),
    reason text,
    primary key (person_id, sitting_id, plan_id),
    foreign key (person_id, plan_id) references business_plan
);
create index agenda_item_by_sitting on agenda_item (sitting_id, position);
create index agenda_item_by_case on agenda_item (case_id);
select protect('agenda_item');
select protect_assigned('agenda_item', false);

create table vote (
    person_id uuid not null,
    sitting_id uuid not null references sitting,
    plan_id uuid not null,
    officer_id uuid not null references officer,
    office int not null,
    -- 1 for, 2 against, 3 abstained, 4 stepped aside.
    vote smallint not null check (vote between 1 and 4),
    reason text,
    primary key (person_id, sitting_id, plan_id, officer_id)
);
create index vote_by_sitting on vote (sitting_id);
select protect('vote');
-- Members reach their own votes only.
grant select, insert, update on vote to dayaq_assigned;
create policy own on vote to dayaq_assigned
    using (officer_id = (select current_setting('dayaq.officer')::uuid))
    with check (officer_id = (select current_setting('dayaq.officer')::uuid));
