-- Equipment piece by piece: taken into stock with its serial number, handed over by an act, followed to title or return.

create table asset (
    person_id uuid not null,
    asset_id uuid not null,
    case_id uuid not null,
    order_id uuid not null references supply_order,
    office int not null,
    item text collate "C" not null,
    -- The maker's serial number, or the tag that the store gave.
    serial text not null,
    -- Qəpik.
    price bigint not null,
    -- 1 in stock, 2 with the person, 3 owned, 4 faulty, 5 returned, 6 lost, 7 written off, 8 replaced, 9 missing.
    state smallint not null check (state between 1 and 9),
    received_at timestamptz not null,
    received_by uuid not null references officer,
    handed_over_on date,
    fault text,
    fault_on date,
    -- The piece whose place it took.
    replaces uuid,
    ended_on date,
    primary key (person_id, asset_id),
    foreign key (person_id, case_id) references case_file,
    check (state not in (2, 3, 9) or handed_over_on is not null)
);
create index asset_by_case on asset (case_id);
create index asset_by_order on asset (order_id);
create index asset_in_store on asset (office, state) where state in (1, 4, 9);
select protect('asset');

-- A serial number of an item is taken once.
create table asset_serial (
    item text collate "C" not null,
    serial text not null,
    person_id uuid not null,
    asset_id uuid not null,
    primary key (item, serial)
);
grant select, insert on asset_serial to dayaq_offices, dayaq_system;

create table handover (
    person_id uuid not null,
    handover_id uuid not null,
    case_id uuid not null,
    contract_id uuid not null,
    office int not null,
    number text not null,
    -- 1 some of it, 2 refused, 3 all that the business needs.
    outcome smallint not null check (outcome between 1 and 3),
    happened_at timestamptz not null,
    place text not null,
    witness text not null,
    delivery_note text not null,
    remarks text not null default '',
    handed_by uuid not null references officer,
    -- Qəpik, of what was accepted.
    value bigint not null,
    primary key (person_id, handover_id),
    foreign key (person_id, contract_id) references contract
);
create index handover_by_case on handover (case_id);
select protect('handover');

create table handover_item (
    person_id uuid not null,
    handover_id uuid not null,
    asset_id uuid not null,
    office int not null,
    accepted boolean not null,
    -- 1 new, 2 used but sound, 3 damaged.
    condition smallint not null check (condition between 1 and 3),
    test_run boolean not null,
    manual boolean not null,
    warranty_until date,
    reason text,
    primary key (person_id, handover_id, asset_id),
    foreign key (person_id, handover_id) references handover,
    foreign key (person_id, asset_id) references asset,
    check (accepted or reason is not null)
);
select protect('handover_item');
