-- Appeals against decisions in a case, decided by somebody who had no part in them.

create table appeal (
    person_id uuid not null,
    appeal_id uuid not null,
    case_id uuid not null,
    office int not null,
    -- The kind of the event appealed against, and its entry in the journal.
    against smallint not null,
    entry_id uuid not null,
    -- When the person was told of the decision, and until when an appeal is in time.
    told_on date not null,
    appeal_until date not null,
    lodged_on date not null,
    lodged_at timestamptz not null,
    lodged_by uuid not null references officer,
    grounds text not null,
    evidence text not null default '',
    -- Why it comes late; there whenever it does.
    late_reason text,
    -- In time at once; late when somebody let it through.
    admitted_on date,
    admitted_by uuid references officer,
    admission_reason text,
    -- By when it is to be decided.
    due_on date not null,
    decided_on date,
    decided_at timestamptz,
    decided_by uuid references officer,
    -- 1 upheld, 2 changed, 3 sent back, 4 late, 5 withdrawn.
    outcome smallint check (outcome between 1 and 5),
    reason text,
    -- The correction that followed.
    correction uuid,
    -- The duty of whoever decides; the same officer never holds the one appealed against.
    conflict smallint,
    duty smallint check (duty = 38),
    primary key (person_id, appeal_id),
    foreign key (person_id, case_id) references case_file,
    foreign key (person_id, case_id, conflict, decided_by, duty)
        references case_duty (person_id, case_id, conflict, officer_id, duty),
    check ((decided_on is null) = (outcome is null)),
    check ((decided_on is null) = (decided_by is null)),
    check ((lodged_on <= appeal_until) = (late_reason is null)),
    check (admitted_on is null or lodged_on <= appeal_until or admission_reason is not null),
    -- A decision on the merits names the duty, and the appeal had been admitted.
    check (outcome in (4, 5) or outcome is null or (conflict is not null and duty is not null and admitted_on is not null)),
    check (outcome <> 4 or late_reason is not null)
);
create index appeal_by_id on appeal (appeal_id);
create index appeal_by_case on appeal (case_id);
create index appeal_open on appeal (office, due_on) where outcome is null;
create index appeal_decided on appeal (decided_on, office) where outcome is not null;
create unique index appeal_one_open on appeal (person_id, entry_id) where outcome is null;
select protect('appeal');
