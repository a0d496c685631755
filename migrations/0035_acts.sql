-- What acts on a case leave beside their events: moves to another office, closings by two people, deaths.

-- The list of cases: it is read in the order of opening, counted by office, searched by receipt number. Each index holds
-- every column that the list is filtered by.
create index case_file_by_opening on case_file (opened_on, case_id)
    include (person_id, office, stage, direction, phase, closed_on);
create index case_file_by_office on case_file (office, opened_on, case_id)
    include (person_id, stage, direction, phase, closed_on);
create index case_file_by_receipt on case_file (receipt collate "C", case_id)
    include (person_id, office, opened_on, stage, direction, phase, closed_on);

-- Asked by the office that has the case, answered by the one that is to have it. Both see it, and of the case the second
-- sees no more than its page shows.
create table transfer_request (
    person_id uuid not null,
    request_id uuid not null,
    case_id uuid not null,
    -- By it the offices speak of the case.
    receipt text not null,
    from_office int not null references office,
    to_office int not null references office,
    reason text not null,
    requested_on date not null,
    requested_by uuid not null references officer,
    due_on date not null,
    answered_on date,
    answered_by uuid references officer,
    accepted boolean,
    answer text,
    primary key (person_id, request_id),
    foreign key (person_id, case_id) references case_file,
    check (from_office <> to_office),
    check ((answered_on is null) = (accepted is null))
);
create index transfer_request_by_id on transfer_request (request_id);
create index transfer_request_open on transfer_request (to_office, due_on) where answered_on is null;
create index transfer_request_by_case on transfer_request (case_id);
alter table transfer_request enable row level security;
grant select, insert, update on transfer_request to dayaq_offices, dayaq_system;
create policy asked on transfer_request to dayaq_offices
    using (from_office = any ((select current_setting('dayaq.offices')::int[])::int[]))
    with check (from_office = any ((select current_setting('dayaq.offices')::int[])::int[]));
create policy received on transfer_request to dayaq_offices
    using (to_office = any ((select current_setting('dayaq.offices')::int[])::int[]))
    with check (to_office = any ((select current_setting('dayaq.offices')::int[])::int[]));
create policy system on transfer_request to dayaq_system using (true) with check (true);

-- Closings that a second person has to approve.
create table closing_proposal (
    person_id uuid not null,
    proposal_id uuid not null,
    case_id uuid not null,
    office int not null,
    reason smallint not null,
    words text not null,
    -- The household member's case that goes on with the equipment.
    continued_by uuid,
    proposed_at timestamptz not null,
    proposed_by uuid not null references officer,
    decided_at timestamptz,
    decided_by uuid references officer,
    approved boolean,
    note text,
    primary key (person_id, proposal_id),
    foreign key (person_id, case_id) references case_file,
    check (decided_by <> proposed_by),
    check ((decided_at is null) = (decided_by is null)),
    check ((decided_at is null) = (approved is null))
);
create index closing_proposal_by_case on closing_proposal (case_id);
create unique index closing_proposal_one_open on closing_proposal (person_id, case_id) where decided_at is null;
select protect('closing_proposal');

-- The paper that shows a death, and what became of the equipment after the time of mourning.
create table death (
    person_id uuid not null,
    case_id uuid not null,
    office int not null,
    died_on date not null,
    -- Number of the certificate: sealed.
    certificate text not null,
    recorded_on date not null,
    recorded_by uuid not null references officer,
    -- 1 a household member goes on, 2 the equipment returns.
    settlement smallint check (settlement between 1 and 2),
    settled_on date,
    settled_by uuid references officer,
    words text,
    primary key (person_id, case_id),
    foreign key (person_id, case_id) references case_file,
    check ((settlement is null) = (settled_on is null))
);
select protect('death');
