-- People, registered once, with what belongs to their registration.

create table person (
    person_id uuid primary key,
    office int not null references office,
    -- Where the registration came from (office for a walk-in) and its number there.
    source text not null,
    reg_no text not null,
    given_name text not null,
    surname text not null,
    patronymic text not null,
    -- Collation key of surname, given name, patronymic by CLDR az.
    sort_key bytea not null,
    sex char(1) check (sex in ('F', 'M')),
    birth_date date,
    -- Code of the city or rayon in the programme's territory: of residence, and of origin for the displaced.
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
    -- The basis of the open spell of unemployment: 1 unemployed, 2 jobseeker; null outside a spell.
    basis smallint,
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
    version int not null default 1,
    -- Of the row as its source last sent it, so that the same row sent again changes nothing.
    source_digest bytea
);
-- Lists walk by_name or by_registration until a page is full; by_office counts, and serves those who see one office. Each
-- holds every column that a list is filtered by, so that nothing else is read on the way.
create index person_by_name on person (sort_key, person_id) include (office, sex, residence, basis);
create index person_by_registration on person (registered_on, person_id) include (office, sex, residence, basis);
create index person_by_office on person (office, person_id) include (sex, residence, basis);
create index person_by_fin on person (fin_lookup) where fin_lookup is not null;
create index person_by_phone on person (phone_lookup) where phone_lookup is not null;
create unique index person_by_reg_no on person (reg_no, source);
select protect('person');

-- Folded words of a name, and the place of residence as @ and its code: one person is found by the beginning of any.
-- It follows from person and is written with it alone, so it spares the key's check on the hottest path of an import.
create table person_word (
    person_id uuid not null,
    word text collate "C" not null,
    office int not null,
    primary key (person_id, word) include (office)
);
create index person_word_by_word on person_word (word, person_id) include (office);
select protect('person_word');

-- A verified FİN belongs to one person; an unverified one may repeat. Whose it is shows only within one's own scope.
create table verified_fin (
    fin_lookup bytea primary key,
    person_id uuid not null
);
alter table verified_fin enable row level security;
grant select, insert, delete on verified_fin to dayaq_offices, dayaq_system;
create policy offices on verified_fin to dayaq_offices
    using (exists (select from person p where p.person_id = verified_fin.person_id))
    with check (exists (select from person p where p.person_id = verified_fin.person_id));
create policy system on verified_fin to dayaq_system using (true) with check (true);

-- Sent to the duplicate desk: this person's FİN is verified for somebody else. It does not say for whom.
create table duplicate_referral (
    person_id uuid not null references person,
    referral_id uuid not null,
    office int not null,
    referred_on date not null,
    officer_id uuid not null references officer,
    settled_on date,
    primary key (person_id, referral_id)
);
create index duplicate_referral_open on duplicate_referral (office, referred_on) where settled_on is null;
select protect('duplicate_referral');

create table unemployment_spell (
    person_id uuid not null references person,
    begun_on date not null,
    -- 1 unemployed, 2 jobseeker with a farm-land share.
    basis smallint not null,
    ended_on date check (ended_on >= begun_on),
    office int not null,
    primary key (person_id, begun_on)
);
select protect('unemployment_spell');

create table person_group (
    person_id uuid not null references person,
    code text collate "C" not null,
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    source text not null default '',
    -- Evidence: sealed.
    sealed text,
    office int not null,
    primary key (person_id, code, valid_from)
);
create index person_group_by_code on person_group (code, office, person_id);
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
    -- data, photo_video.
    kind text not null,
    text_version text not null,
    given_on date not null,
    withdrawn_on date check (withdrawn_on >= given_on),
    office int not null,
    primary key (person_id, kind, given_on)
);
select protect('consent');
