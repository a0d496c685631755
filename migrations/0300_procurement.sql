-- Suppliers, and orders to them for the equipment of signed contracts.

create table supplier (
    supplier_id uuid primary key,
    voen text not null unique,
    name text not null,
    phone text not null,
    added_at timestamptz not null,
    added_by uuid not null references officer
);
select open_to_all('supplier');

create table supply_order (
    order_id uuid primary key,
    -- Where the goods go.
    office int not null references office,
    number text not null unique,
    supplier_id uuid not null references supplier,
    -- Qəpik.
    total bigint not null check (total > 0),
    placed_at timestamptz not null,
    placed_by uuid not null references officer,
    approved_at timestamptz,
    approved_by uuid references officer,
    refused_at timestamptz,
    refused_by uuid references officer,
    refusal text,
    -- Promised by the supplier.
    due_on date not null,
    -- The first goods came; everything had come.
    arrived_on date,
    complete_on date,
    check (approved_by <> placed_by),
    check (refused_by <> placed_by),
    check ((approved_at is null) = (approved_by is null)),
    check (approved_at is null or refused_at is null),
    check (arrived_on is null or approved_at is not null)
);
create index supply_order_by_office on supply_order (office, placed_at desc);
create index supply_order_open on supply_order (due_on) where complete_on is null and refused_at is null;
select shared_work('supply_order');

create table order_line (
    person_id uuid not null,
    order_id uuid not null references supply_order,
    line smallint not null,
    case_id uuid not null,
    contract_id uuid not null,
    office int not null,
    item text collate "C" not null,
    quantity smallint not null check (quantity > 0),
    -- Qəpik.
    unit_price bigint not null check (unit_price > 0),
    received smallint not null default 0 check (received between 0 and quantity),
    primary key (person_id, order_id, line),
    foreign key (person_id, contract_id) references contract
);
create index order_line_by_order on order_line (order_id);
create index order_line_by_case on order_line (case_id);
select protect('order_line');
