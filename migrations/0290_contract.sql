-- Contracts with beneficiaries: drawn up by an officer, signed by the head of the office, then frozen.

create table contract (
    person_id uuid not null,
    contract_id uuid not null,
    case_id uuid not null,
    office int not null,
    number text not null,
    plan_id uuid not null,
    direction text collate "C" not null,
    -- Qəpik.
    amount bigint not null check (amount > 0),
    -- Region in which the business will be.
    region text collate "C" not null,
    place_of_use text not null,
    -- Language in which it is explained: a code of ISO 639.
    explained_in text not null,
    status_checked_on date not null,
    premises_seen_on date not null,
    drafted_at timestamptz not null,
    drafted_by uuid not null references officer,
    -- From here on: at signature. Names stay as they were on that day.
    term_months smallint not null default 0,
    signed_on date,
    signed_by uuid references officer,
    head text,
    ends_on date,
    -- The beneficiary as the contract names them, sealed.
    beneficiary text,
    primary key (person_id, contract_id),
    foreign key (person_id, case_id) references case_file,
    check ((signed_on is null) = (ends_on is null)),
    check ((signed_on is null) = (beneficiary is null))
);
create index contract_by_case on contract (case_id);
create index contract_unsigned on contract (office, drafted_at) where signed_on is null;
select protect('contract');
