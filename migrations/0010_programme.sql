-- The programme as data, every version of it as loaded: a decision can be replayed with the version of its day.
create table programme_version (
    version int primary key,
    digest bytea not null unique,
    loaded_at timestamptz not null,
    -- The files, as a JSON object of name and content.
    files text not null
);
select open_to_all('programme_version');
