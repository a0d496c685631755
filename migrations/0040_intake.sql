-- What an application says beside the events of its case.
create table application (
    person_id uuid not null,
    case_id uuid not null,
    office int not null,
    call text not null,
    receipt text not null,
    lodged_on date not null,
    lodged_by uuid not null references officer,
    experience_years smallint not null,
    -- In qəpik.
    own_contribution bigint not null check (own_contribution >= 0),
    -- The other answers, as a JSON object.
    answers text not null,
    primary key (person_id, case_id),
    foreign key (person_id, case_id) references case_file
);
select protect('application');

-- Receipt numbers count up for each office and year; the row is locked while one is given.
create table receipt_counter (
    office int not null references office,
    year smallint not null,
    last int not null,
    primary key (office, year)
);
alter table receipt_counter enable row level security;
grant select, insert, update on receipt_counter to dayaq_offices, dayaq_system;
create policy offices on receipt_counter to dayaq_offices
    using (office = any ((select current_setting('dayaq.offices'))::int[]))
    with check (office = any ((select current_setting('dayaq.offices'))::int[]));
create policy system on receipt_counter to dayaq_system using (true) with check (true);
