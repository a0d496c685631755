-- Incentive awards: rounds with their money, applications, blind scores, sittings, contracts, deliveries and accounts.

create table award_round (
    round_id uuid primary key,
    office int not null references office,
    number text not null unique,
    title text not null,
    opens_on date not null,
    closes_on date not null,
    -- Decided as applications are scored; if not, only when the round has closed.
    rolling boolean not null,
    -- Qəpik set aside, and given. A sitting locks the row before it gives.
    budget bigint not null check (budget > 0),
    granted bigint not null default 0 check (granted between 0 and budget),
    proposed_at timestamptz not null,
    proposed_by uuid not null references officer,
    decided_at timestamptz,
    decided_by uuid references officer,
    approved boolean,
    note text,
    check (closes_on >= opens_on),
    check (decided_by <> proposed_by),
    check ((decided_at is null) = (approved is null)),
    check ((decided_at is null) = (decided_by is null))
);
alter table award_round enable row level security;
grant select, insert, update on award_round to dayaq_offices, dayaq_system;
grant select on award_round to dayaq_assigned, dayaq_subject;
-- Everybody reads rounds: offices tell people of them. Those of the centre write them.
create policy readable on award_round for select to dayaq_offices, dayaq_assigned, dayaq_subject using (true);
create policy offices_insert on award_round for insert to dayaq_offices
    with check (office = any ((select current_setting('dayaq.offices')::int[])::int[]));
create policy offices_update on award_round for update to dayaq_offices
    using (office = any ((select current_setting('dayaq.offices')::int[])::int[]))
    with check (office = any ((select current_setting('dayaq.offices')::int[])::int[]));
create policy system on award_round to dayaq_system using (true) with check (true);

create table award (
    person_id uuid not null,
    award_id uuid not null,
    case_id uuid not null,
    office int not null,
    round_id uuid not null references award_round,
    number text not null,
    -- 1 applied, 2 eligible, 3 scored, 4 granted, 5 contracted, 6 delivered, 7 accounted, 8 closed, 9 refused, 10 withdrawn.
    state smallint not null check (state between 1 and 10),
    direction text collate "C" not null,
    lodged_at timestamptz not null,
    lodged_by uuid not null references officer,
    -- What is to grow, for whom, and the figures of a month in qəpik.
    plan text not null,
    market text not null,
    sales_now bigint not null check (sales_now >= 0),
    sales_after bigint not null check (sales_after >= 0),
    jobs smallint not null check (jobs >= 0),
    jobs_by date,
    -- Qəpik, with the kind of proof and the paper itself.
    own_share bigint not null check (own_share >= 0),
    own_proof text collate "C" not null,
    own_paper text not null,
    other_grants text not null default '',
    -- Qəpik: the sum of the lines.
    asked bigint not null check (asked > 0),
    adviser_id uuid references officer,
    -- What the conditions were judged on, in JSON.
    facts text not null,
    checked_at timestamptz,
    checked_by uuid references officer,
    papers_seen text,
    -- Mean of the blind scores in tenths of a point.
    mean_tenths smallint,
    scored_on date,
    decided_on date,
    -- Qəpik.
    granted bigint not null default 0 check (granted >= 0),
    reason text,
    delivered_on date,
    withdrawn_on date,
    primary key (person_id, award_id),
    -- One application a round.
    unique (person_id, case_id, round_id),
    foreign key (person_id, case_id) references case_file,
    check (checked_by <> lodged_by),
    check (granted <= asked)
);
create index award_by_case on award (case_id);
create index award_by_round on award (round_id, state);
create index award_by_state on award (office, state);
select protect('award');
select protect_assigned('award', false);

create table award_line (
    person_id uuid not null,
    award_id uuid not null,
    line smallint not null,
    case_id uuid not null,
    office int not null,
    -- A code of the catalogue, or the words of a quotation.
    item text collate "C" not null,
    -- Who quoted the price; empty for an item of the catalogue.
    quoted_by text not null default '',
    quantity smallint not null check (quantity > 0),
    -- Qəpik.
    unit_price bigint not null check (unit_price > 0),
    primary key (person_id, award_id, line),
    foreign key (person_id, award_id) references award
);
select protect('award_line');
select protect_assigned('award_line', false);

create table award_help (
    person_id uuid not null,
    help_id uuid not null,
    award_id uuid not null,
    case_id uuid not null,
    office int not null,
    adviser_id uuid not null references officer,
    helped_on date not null,
    -- Hours and what was done.
    minutes smallint not null check (minutes > 0),
    done text not null,
    primary key (person_id, help_id),
    foreign key (person_id, award_id) references award
);
create index award_help_by_award on award_help (award_id);
select protect('award_help');

create table award_score (
    person_id uuid not null,
    award_id uuid not null,
    officer_id uuid not null references officer,
    case_id uuid not null,
    office int not null,
    assigned_at timestamptz not null,
    -- By criterion: mark and reason; in JSON.
    marks text not null default '{}',
    points smallint check (points between 0 and 100),
    sealed_at timestamptz,
    recused_at timestamptz,
    recusal text,
    primary key (person_id, award_id, officer_id),
    foreign key (person_id, award_id) references award,
    check ((sealed_at is null) = (points is null))
);
create index award_score_by_award on award_score (award_id);
create index award_score_by_officer on award_score (officer_id) where sealed_at is null and recused_at is null;
select protect('award_score');
-- Evaluators reach their own scores and nobody else's.
grant select, update on award_score to dayaq_assigned;
create policy own on award_score to dayaq_assigned
    using (officer_id = (select current_setting('dayaq.officer')::uuid));

create table award_sitting (
    sitting_id uuid primary key,
    office int not null references office,
    round_id uuid not null references award_round,
    number text not null unique,
    place text not null,
    sits_on date not null,
    called_at timestamptz not null,
    called_by uuid not null references officer,
    head_id uuid not null references officer,
    -- Qəpik that it gave.
    granted bigint not null default 0 check (granted >= 0),
    closed_at timestamptz,
    closed_by uuid references officer
);
create index award_sitting_by_round on award_sitting (round_id);
select shared_work('award_sitting');

create table award_sitting_member (
    sitting_id uuid not null references award_sitting,
    officer_id uuid not null references officer,
    office int not null,
    -- Known when the sitting closes.
    present boolean,
    primary key (sitting_id, officer_id)
);
select shared_work('award_sitting_member');

create table award_item (
    person_id uuid not null,
    sitting_id uuid not null references award_sitting,
    award_id uuid not null,
    case_id uuid not null,
    office int not null,
    position smallint not null,
    -- Qəpik asked for.
    amount bigint not null,
    mean_tenths smallint not null,
    -- 1 granted, 2 refused, 3 put off to the next sitting.
    decision smallint check (decision between 1 and 3),
    reason text,
    primary key (person_id, sitting_id, award_id),
    foreign key (person_id, award_id) references award,
    check (decision is null or decision = 1 or reason is not null)
);
create index award_item_by_sitting on award_item (sitting_id, position);
create index award_item_by_award on award_item (award_id);
select protect('award_item');
select protect_assigned('award_item', false);

create table award_vote (
    person_id uuid not null,
    sitting_id uuid not null references award_sitting,
    award_id uuid not null,
    officer_id uuid not null references officer,
    office int not null,
    -- 1 for, 2 against, 3 abstained, 4 stepped aside.
    vote smallint not null check (vote between 1 and 4),
    reason text,
    primary key (person_id, sitting_id, award_id, officer_id)
);
create index award_vote_by_sitting on award_vote (sitting_id);
select protect('award_vote');
-- Members reach their own votes only.
grant select, insert, update on award_vote to dayaq_assigned;
create policy own on award_vote to dayaq_assigned
    using (officer_id = (select current_setting('dayaq.officer')::uuid))
    with check (officer_id = (select current_setting('dayaq.officer')::uuid));

create table award_contract (
    person_id uuid not null,
    award_id uuid not null,
    case_id uuid not null,
    office int not null,
    number text not null,
    place_of_use text not null,
    -- Language in which it is explained: a code of ISO 639.
    explained_in text not null,
    drafted_at timestamptz not null,
    drafted_by uuid not null references officer,
    -- From here on: at signature.
    term_months smallint not null default 0,
    signed_on date,
    signed_by uuid references officer,
    head text,
    ends_on date,
    -- The beneficiary as the contract names them, sealed.
    beneficiary text,
    primary key (person_id, award_id),
    foreign key (person_id, award_id) references award,
    check (signed_by <> drafted_by),
    check ((signed_on is null) = (ends_on is null)),
    check ((signed_on is null) = (beneficiary is null))
);
select protect('award_contract');

create table award_delivery (
    person_id uuid not null,
    delivery_id uuid not null,
    award_id uuid not null,
    case_id uuid not null,
    office int not null,
    number text not null,
    happened_at timestamptz not null,
    place text not null,
    witness text not null,
    delivery_note text not null default '',
    remarks text not null default '',
    handed_by uuid not null references officer,
    -- Qəpik, of what was accepted.
    value bigint not null,
    -- Nothing more is to come.
    whole boolean not null,
    primary key (person_id, delivery_id),
    foreign key (person_id, award_id) references award
);
create index award_delivery_by_award on award_delivery (award_id);
select protect('award_delivery');

create table award_delivery_item (
    person_id uuid not null,
    delivery_id uuid not null,
    asset_id uuid not null,
    office int not null,
    accepted boolean not null,
    -- 1 new, 2 used but sound, 3 damaged.
    condition smallint not null check (condition between 1 and 3),
    reason text,
    primary key (person_id, delivery_id, asset_id),
    foreign key (person_id, delivery_id) references award_delivery,
    foreign key (person_id, asset_id) references asset,
    check (accepted or reason is not null)
);
select protect('award_delivery_item');

create table award_account (
    person_id uuid not null,
    award_id uuid not null,
    case_id uuid not null,
    office int not null,
    -- Qəpik of one's own that was spent, and the receipts for it.
    own_spent bigint not null check (own_spent >= 0),
    receipts text not null,
    jobs_made smallint not null check (jobs_made >= 0),
    -- Qəpik in the last month.
    sales bigint not null check (sales >= 0),
    finding text not null,
    accounted_at timestamptz not null,
    accounted_by uuid not null references officer,
    closed_at timestamptz,
    closed_by uuid references officer,
    primary key (person_id, award_id),
    foreign key (person_id, award_id) references award,
    check (closed_by <> accounted_by),
    check ((closed_at is null) = (closed_by is null))
);
select protect('award_account');

-- Equipment of an award is ordered and kept in the same ledger, and known by its award.
alter table order_line add column award_id uuid;
alter table asset add column award_id uuid;
create index asset_by_award on asset (award_id) where award_id is not null;
