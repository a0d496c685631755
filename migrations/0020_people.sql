-- People, registered once, with what belongs to their registration.

create table person (
    person_id uuid primary key,
    office int not null references office,
    source text not null,
    reg_no text not null,
    given_name text not null,
    surname text not null,
    patronymic text not null,
    -- Collation key of surname, given name, patronymic by CLDR az.
    sort_key bytea not null,
    sex char(1) check (sex in ('F', 'M')),
    birth_date date,
    -- ISO 3166-2 code of the rayon or city of residence, and of origin for the displaced.
    residence text,
    origin text,
    address text not null default '',
    language text not null default 'az',
    education text,
    marital text,
    household_size smallint,
    children smallint,
    -- Monthly income of the household in qəpik.
    income bigint,
    land_share boolean not null default false,
    registered_on date not null,
    fin_lookup bytea,
    fin_verified_on date,
    phone_lookup bytea,
    -- FİN, phone, documents, degree and evidence: sealed.
    sealed text not null,
    -- What registration asks beside the columns above.
    details text not null default '{}',
    deceased_on date,
    merged_into uuid,
    version int not null default 1
);
create index person_by_name on person (sort_key);
create index person_by_office on person (office, registered_on);
create index person_by_fin on person (fin_lookup) where fin_lookup is not null;
create index person_by_phone on person (phone_lookup) where phone_lookup is not null;
create unique index person_by_source on person (source, reg_no);
select protect('person');

-- Folded words of a name: one person is found by any of them, by its beginning.
create table person_word (
    person_id uuid not null references person,
    word text collate "C" not null,
    office int not null,
    primary key (person_id, word)
);
create index person_word_by_word on person_word (word, person_id);
select protect('person_word');

-- A verified FİN belongs to one person; an unverified one may repeat.
create table verified_fin (
    fin_lookup bytea primary key,
    person_id uuid not null
);
grant select, insert, delete on verified_fin to dayaq_offices, dayaq_system;

create table unemployment_spell (
    person_id uuid not null references person,
    begun_on date not null,
    -- 1 unemployed, 2 jobseeker with a farm-land share.
    basis smallint not null,
    ended_on date,
    office int not null,
    primary key (person_id, begun_on)
);
select protect('unemployment_spell');

create table person_group (
    person_id uuid not null references person,
    code text not null,
    valid_from date not null,
    valid_to date,
    source text not null default '',
    -- Evidence: sealed.
    sealed text,
    office int not null,
    primary key (person_id, code, valid_from)
);
create index person_group_by_code on person_group (code);
select protect('person_group');

create table household_member (
    person_id uuid not null references person,
    member smallint not null,
    relation text not null,
    birth_date date,
    working boolean not null default false,
    disabled boolean not null default false,
    fin_lookup bytea,
    -- Name and FİN: sealed.
    sealed text not null,
    office int not null,
    primary key (person_id, member)
);
create index household_member_by_fin on household_member (fin_lookup) where fin_lookup is not null;
select protect('household_member');

create table consent (
    person_id uuid not null references person,
    kind text not null,
    text_version text not null,
    given_on date not null,
    withdrawn_on date,
    office int not null,
    primary key (person_id, kind, given_on)
);
select protect('consent');
