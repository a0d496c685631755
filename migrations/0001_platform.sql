-- What every slice stands on: the kinds of scope, offices, accounts, sessions, the journal.

-- One database role for each kind of scope. Roles belong to the whole server, so another database may have made them.
do $$
declare
    kind text;
begin
    foreach kind in array array['dayaq_offices', 'dayaq_assigned', 'dayaq_subject', 'dayaq_system'] loop
        begin
            execute format('create role %I nologin', kind);
        exception
            when duplicate_object or unique_violation then null;
        end;
        execute format('grant %I to current_user', kind);
        execute format('grant usage on schema public to %I', kind);
    end loop;
end
$$;

-- What the migrations call to protect a table. Nothing of it runs while the program serves.
--
-- protect: a table of a person's life (columns person_id and office). Officers reach their offices, a subject reads
-- their own rows, the system reaches all; whoever has cases assigned reaches nothing unless protect_assigned says so.
create function protect(life regclass) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', life);
    execute format('grant select, insert, update, delete on %s to dayaq_offices, dayaq_system', life);
    execute format('grant select on %s to dayaq_subject', life);
    execute format('create policy offices on %s to dayaq_offices
        using (office = any ((select current_setting(''dayaq.offices'')::int[])::int[]))
        with check (office = any ((select current_setting(''dayaq.offices'')::int[])::int[]))', life);
    execute format('create policy subject on %s to dayaq_subject
        using (person_id = (select current_setting(''dayaq.person'')::uuid))', life);
    execute format('create policy system on %s to dayaq_system using (true) with check (true)', life);
end
$$;

-- protect_assigned: this table may be read (and, if asked, written) by those to whom the case is assigned.
create function protect_assigned(life regclass, writable boolean) returns void language plpgsql as $$
begin
    execute format('grant select%s on %s to dayaq_assigned',
        case when writable then ', insert, update, delete' else '' end, life);
    execute format('create policy assigned on %1$s to dayaq_assigned
        using (exists (select from assignment a
            where a.person_id = %1$s.person_id
            and a.case_id = %1$s.case_id
            and a.officer_id = (select current_setting(''dayaq.officer'')::uuid)
            and a.ended_on is null))', life);
end
$$;

-- open_to_all: reference data that every scope reads and that only the system writes.
create function open_to_all(reference regclass) returns void language plpgsql as $$
begin
    execute format('grant select on %s to dayaq_offices, dayaq_assigned, dayaq_subject, dayaq_system', reference);
    execute format('grant insert, update, delete on %s to dayaq_system', reference);
end
$$;

-- shared_work: the programme's shared work that belongs to no single person (cohorts, sittings, orders, stock), with a
-- column office. Officers reach the rows of their offices; those with assigned cases read them.
create function shared_work(work regclass) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', work);
    execute format('grant select, insert, update, delete on %s to dayaq_offices, dayaq_system', work);
    execute format('grant select on %s to dayaq_assigned', work);
    execute format('create policy offices on %s to dayaq_offices
        using (office = any ((select current_setting(''dayaq.offices'')::int[])::int[]))
        with check (office = any ((select current_setting(''dayaq.offices'')::int[])::int[]))', work);
    execute format('create policy assigned on %s for select to dayaq_assigned using (true)', work);
    execute format('create policy system on %s to dayaq_system using (true) with check (true)', work);
end
$$;

-- What this database is: a demo or not, how far its clock stands from the machine's, which key it was made under.
create table installation (
    only_one boolean primary key default true check (only_one),
    demo boolean not null,
    -- A demo that was made up to its end.
    built boolean not null default false,
    clock_offset_seconds bigint not null,
    key_check bytea not null,
    made_at timestamptz not null default now()
);
select open_to_all('installation');

create table office (
    office int primary key,
    code text not null unique,
    region smallint not null,
    unit text not null,
    name_az text not null,
    name_en text not null,
    name_ru text not null,
    opened_on date not null,
    closed_on date
);
select open_to_all('office');

create table officer (
    officer_id uuid primary key,
    login text not null unique,
    name text not null,
    password_hash text,
    disabled_on date,
    -- Place among the cast's one-click cards; null for everybody else.
    demo_card smallint
);
select open_to_all('officer');

create table officer_role (
    officer_id uuid not null references officer,
    role smallint not null,
    home_office int not null references office,
    offices int[] not null,
    primary key (officer_id, role)
);
create index officer_role_by_role on officer_role (role, home_office);
select open_to_all('officer_role');

create table session (
    token_hash bytea primary key,
    officer_id uuid not null references officer,
    role smallint not null,
    csrf text not null,
    begun_at timestamptz not null,
    seen_at timestamptz not null,
    ends_at timestamptz not null,
    foreign key (officer_id, role) references officer_role on delete cascade
);
create index session_by_officer on session (officer_id);
grant select, insert, update, delete on session to dayaq_system;

-- Failed sign-ins of one login: they slow down guessing and never lock an office out.
create table sign_in_failure (
    login text not null,
    failed_at timestamptz not null
);
create index sign_in_failure_by_login on sign_in_failure (login, failed_at);
grant select, insert, delete on sign_in_failure to dayaq_system;

-- A form answered once: a repeat of the same form gets the first answer.
create table form_receipt (
    form_id uuid primary key,
    officer_id uuid not null,
    path text not null,
    location text,
    answered_at timestamptz not null
);
grant select, insert, update on form_receipt to dayaq_offices, dayaq_assigned, dayaq_subject, dayaq_system;
alter table form_receipt enable row level security;
create policy own on form_receipt to dayaq_offices, dayaq_assigned, dayaq_subject
    using (officer_id = (select current_setting('dayaq.officer')::uuid))
    with check (officer_id = (select current_setting('dayaq.officer')::uuid));
create policy system on form_receipt to dayaq_system using (true) with check (true);

-- Who has a case assigned, as an evaluator or a member of a commission.
create table assignment (
    person_id uuid not null,
    case_id uuid not null,
    officer_id uuid not null references officer,
    duty smallint not null,
    office int not null,
    begun_on date not null,
    ended_on date,
    primary key (person_id, case_id, officer_id, duty)
);
create index assignment_by_officer on assignment (officer_id, ended_on);
select protect('assignment');
grant select on assignment to dayaq_assigned;
create policy assigned on assignment for select to dayaq_assigned
    using (officer_id = (select current_setting('dayaq.officer')::uuid));

-- The journal. An event of a case is its row here; a nil person marks entries about nobody.
create table journal (
    person_id uuid not null,
    entry_id uuid not null,
    case_id uuid,
    office int not null,
    seq bigint not null,
    officer_id uuid not null,
    role smallint not null,
    kind smallint not null,
    effective_on date not null,
    recorded_at timestamptz not null,
    payload text,
    digest bytea not null,
    hash bytea not null,
    primary key (person_id, entry_id)
);
create unique index journal_chain on journal (office, seq);
create index journal_recent on journal (recorded_at);
-- What rewrites a milestone that stood: see results in reporting.
create index journal_rewrites on journal (effective_on) where kind in (51, 53, 62, 67, 87, 90, 91);
-- What was recorded later than on its day, which past results must not have known.
create index journal_late on journal (recorded_at)
where case_id is not null
and kind < 300
and effective_on < (recorded_at at time zone 'Asia/Baku')::date;

create table chain_head (
    office int primary key,
    seq bigint not null,
    hash bytea not null
);
grant select, insert, update on chain_head to dayaq_offices, dayaq_assigned, dayaq_subject, dayaq_system;
alter table chain_head enable row level security;
create policy own_chain on chain_head to dayaq_offices, dayaq_assigned, dayaq_subject
    using (office = (select current_setting('dayaq.chain')::int))
    with check (office = (select current_setting('dayaq.chain')::int));
create policy system on chain_head to dayaq_system using (true) with check (true);

create table checkpoint (
    checkpoint_id uuid primary key,
    made_at timestamptz not null,
    heads text not null,
    root bytea not null,
    signature bytea not null
);
select open_to_all('checkpoint');
