-- Figures released to the public: a report frozen as of a day, proposed by one person and approved by another.

create table release (
    release_id uuid primary key,
    as_of date not null,
    known_on date not null,
    -- The frozen report, in JSON.
    report text not null,
    proposed_at timestamptz not null,
    proposed_by uuid not null references officer,
    approved_at timestamptz,
    approved_by uuid references officer,
    check (approved_by <> proposed_by),
    check ((approved_at is null) = (approved_by is null))
);
create index release_by_day on release (as_of desc);
select open_to_all('release');
