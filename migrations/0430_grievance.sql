-- Grievances: lodged by anybody, with or without a name; sorted, studied, answered by a committee, closed.
-- Confidential ones are seen by grievance officers only, and by nobody else in the office: the database says so. Counts
-- over all of them are made by the program itself (Tx::widen).

create table grievance (
    -- Nil when whoever complains is nobody registered, or gives no name.
    person_id uuid not null,
    grievance_id uuid not null,
    -- The case it is about, if it is about one.
    case_id uuid,
    office int not null,
    -- What the complainer quotes.
    number text collate "C" not null,
    -- Codes of the programme.
    channel text collate "C" not null,
    category text collate "C" not null,
    -- In which the answer is written: az, en, ru.
    language text collate "C" not null,
    -- No name was given.
    anonymous boolean not null,
    confidential boolean not null,
    -- Whoever complains fears to be made to pay for it.
    retaliation_risk boolean not null,
    -- On the longer clock.
    needs_study boolean not null default false,
    -- Sealed JSON: what, when, where, how often, the remedy asked.
    matter text not null,
    -- Sealed JSON: name and where an answer reaches them; absent for a registered person's own channel and where none was given.
    contact text,
    lodged_on date not null,
    lodged_at timestamptz not null,
    lodged_by uuid not null references officer,
    acknowledged_on date,
    acknowledged_by uuid references officer,
    sorted_on date,
    sorted_by uuid references officer,
    studied_on date,
    studied_by uuid references officer,
    -- Sealed: what the study found.
    finding text,
    -- By when the complainer hears how far it is, and when they did.
    update_due_on date not null,
    updated_on date,
    updated_by uuid references officer,
    -- Until when the outcome is to be told.
    due_on date not null,
    -- When the outcome was first told: here the clock stops.
    told_on date,
    -- 1 first committee, 2 second.
    level smallint not null default 1 check (level in (1, 2)),
    -- Of the latest solution that this committee proposed: its day, until when it is to be told, when it was, and whether
    -- it was accepted.
    decided_on date,
    decision_due_on date,
    decision_told_on date,
    answered_on date,
    accepted boolean,
    escalated_on date,
    escalated_by uuid references officer,
    withdrawn_on date,
    referred_on date,
    referred_to text,
    reopened_on date,
    closed_on date,
    closed_by uuid references officer,
    -- 1 settled, 2 not settled, 3 no answer, 4 withdrawn, 5 referred.
    outcome smallint check (outcome between 1 and 5),
    -- A code of the programme's causes.
    cause text collate "C",
    -- Sealed: what was done about it.
    action text,
    -- The entry that put a hold on the case, while it lies there.
    hold_entry uuid,
    version int not null default 1,
    primary key (person_id, grievance_id),
    foreign key (person_id, case_id) references case_file,
    check ((closed_on is null) = (outcome is null)),
    check ((accepted is null) = (answered_on is null)),
    check (decision_told_on is null or decided_on is not null),
    check (accepted is null or decision_told_on is not null),
    check ((referred_on is null) = (referred_to is null)),
    check (level = 1 or escalated_on is not null)
);
create index grievance_by_id on grievance (grievance_id);
create index grievance_by_case on grievance (case_id) where case_id is not null;
create index grievance_open on grievance (office, due_on) where closed_on is null;
create index grievance_lodged on grievance (lodged_on, office);

alter table grievance enable row level security;
grant select, insert, update on grievance to dayaq_offices, dayaq_system;
grant select on grievance to dayaq_subject;
-- Anyone of the office may take one in; a confidential one is then seen by the grievance officer alone (role 12).
create policy offices_read on grievance for select to dayaq_offices
    using (office = any ((select current_setting('dayaq.offices')::int[])::int[])
        and (not confidential or (select current_setting('dayaq.role')::int) = 12));
create policy offices_change on grievance for update to dayaq_offices
    using (office = any ((select current_setting('dayaq.offices')::int[])::int[])
        and (not confidential or (select current_setting('dayaq.role')::int) = 12))
    with check (office = any ((select current_setting('dayaq.offices')::int[])::int[]));
create policy offices_lodge on grievance for insert to dayaq_offices
    with check (office = any ((select current_setting('dayaq.offices')::int[])::int[]));
create policy subject on grievance to dayaq_subject
    using (person_id = (select current_setting('dayaq.person')::uuid));
create policy system on grievance to dayaq_system using (true) with check (true);

-- A solution that a committee proposed, and what the complainer said to it. Whoever sees the grievance sees these.
create table grievance_proposal (
    person_id uuid not null,
    grievance_id uuid not null,
    -- From 1.
    position smallint not null check (position between 1 and 9),
    office int not null,
    level smallint not null check (level in (1, 2)),
    proposed_on date not null,
    proposed_by uuid not null references officer,
    -- Sealed.
    solution text not null,
    told_on date,
    told_by uuid references officer,
    -- How it was told: a code of the programme's channels.
    told_through text collate "C",
    accepted boolean,
    answered_on date,
    answered_by uuid references officer,
    -- Sealed: what the complainer said.
    answer text,
    primary key (person_id, grievance_id, position),
    foreign key (person_id, grievance_id) references grievance,
    check ((accepted is null) = (answered_on is null)),
    check (accepted is null or told_on is not null)
);
alter table grievance_proposal enable row level security;
grant select, insert, update on grievance_proposal to dayaq_offices, dayaq_system;
create policy offices on grievance_proposal to dayaq_offices
    using (exists (select from grievance g
        where g.person_id = grievance_proposal.person_id
        and g.grievance_id = grievance_proposal.grievance_id));
create policy system on grievance_proposal to dayaq_system using (true) with check (true);

-- Who had a part in deciding a grievance, and on which committee: nobody sits on both.
create table grievance_part (
    person_id uuid not null,
    grievance_id uuid not null,
    officer_id uuid not null references officer,
    level smallint not null check (level in (1, 2)),
    office int not null,
    primary key (person_id, grievance_id, officer_id),
    foreign key (person_id, grievance_id) references grievance
);
alter table grievance_part enable row level security;
grant select, insert on grievance_part to dayaq_offices, dayaq_system;
create policy offices on grievance_part to dayaq_offices
    using (exists (select from grievance g
        where g.person_id = grievance_part.person_id
        and g.grievance_id = grievance_part.grievance_id));
create policy system on grievance_part to dayaq_system using (true) with check (true);

-- Numbers given out, each once. Whoever took a grievance in prints its receipt, also when they may not read it.
create table grievance_number (
    number text collate "C" primary key,
    grievance_id uuid not null,
    office int not null,
    channel text collate "C" not null,
    lodged_on date not null,
    update_due_on date not null,
    due_on date not null,
    lodged_by uuid not null references officer
);
create unique index grievance_number_by_id on grievance_number (grievance_id);
alter table grievance_number enable row level security;
grant select, insert, update on grievance_number to dayaq_offices, dayaq_system;
create policy offices on grievance_number to dayaq_offices
    using (office = any ((select current_setting('dayaq.offices')::int[])::int[])
        and (lodged_by = (select current_setting('dayaq.officer')::uuid) or (select current_setting('dayaq.role')::int) = 12))
    with check (office = any ((select current_setting('dayaq.offices')::int[])::int[]));
create policy system on grievance_number to dayaq_system using (true) with check (true);

create table grievance_counter (
    office int not null,
    year smallint not null,
    last int not null,
    primary key (office, year)
);
select shared_work('grievance_counter');
