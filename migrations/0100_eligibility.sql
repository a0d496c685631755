-- Eligibility: facts looked at again, papers asked for, decisions with what they rest on, readiness.

-- The rules in force at one step, frozen when the first decision is taken under them, so that it can be replayed for ever.
create table rule_version (
    version int primary key,
    digest bytea not null unique,
    step text not null,
    -- The version of the programme from which the rules were read.
    programme_version int not null references programme_version,
    first_used_on date not null,
    -- JSON: the conditions as text, the articles, the words, the kinds of the facts.
    rules text not null
);
select open_to_all('rule_version');

-- A fact about an applicant that an officer looked up again: its value on a day, and where it was seen.
create table fact_check (
    person_id uuid not null,
    case_id uuid not null,
    check_id uuid not null,
    fact text not null,
    -- JSON of the value.
    value text not null,
    observed_on date not null,
    source smallint not null,
    note text not null default '',
    officer_id uuid not null references officer,
    recorded_at timestamptz not null,
    office int not null,
    primary key (person_id, case_id, check_id),
    foreign key (person_id, case_id) references case_file
);
select protect('fact_check');

-- Papers that an application lacked. Open while nothing is supplied.
create table paper_request (
    person_id uuid not null,
    case_id uuid not null,
    request_id uuid not null,
    -- Codes of the papers, with commas between.
    papers text not null,
    note text not null default '',
    requested_on date not null,
    due_on date not null,
    requested_by uuid not null references officer,
    supplied_on date,
    supplied_by uuid references officer,
    office int not null,
    primary key (person_id, case_id, request_id),
    foreign key (person_id, case_id) references case_file
);
select protect('paper_request');

create table eligibility_decision (
    person_id uuid not null,
    case_id uuid not null,
    decision_id uuid not null,
    office int not null,
    decided_on date not null,
    decided_at timestamptz not null,
    -- 1 confirmed, 2 refused.
    outcome smallint not null check (outcome in (1, 2)),
    rules_version int not null references rule_version,
    facts_as_of date not null,
    -- JSON: the facts with their dates and sources, and the parameters.
    facts text not null,
    -- What each rule said: its code and a letter, with spaces between.
    verdicts text not null,
    reason text not null default '',
    -- Until when an appeal may be lodged; absent when nothing was refused.
    appeal_until date,
    officer_id uuid not null references officer,
    conflict smallint not null default 1 check (conflict = 1),
    duty smallint not null default 3 check (duty = 3),
    primary key (person_id, case_id, decision_id),
    foreign key (person_id, case_id) references case_file,
    foreign key (person_id, case_id, conflict, officer_id, duty)
        references case_duty (person_id, case_id, conflict, officer_id, duty)
);
create index eligibility_decision_by_day on eligibility_decision (office, decided_on);
select protect('eligibility_decision');

-- The counsellor's talk: what was looked at, the direction advised, the person's own choice. It never bars.
create table readiness (
    person_id uuid not null,
    case_id uuid not null,
    readiness_id uuid not null,
    assessed_on date not null,
    advised text not null,
    chosen text not null,
    -- Of 100: the mean of the items, in whole points.
    score smallint not null check (score between 0 and 100),
    -- Codes of the items with their points of 4, as `EXPERIENCE:3 PREMISES:2`.
    items text not null,
    -- Codes of the topics talked about, with spaces between.
    topics text not null,
    -- Businesses of the same direction that the counsellor knows of in the place.
    similar_nearby smallint not null check (similar_nearby >= 0),
    note text not null default '',
    counsellor_id uuid not null references officer,
    office int not null,
    primary key (person_id, case_id, readiness_id),
    foreign key (person_id, case_id) references case_file
);
select protect('readiness');
