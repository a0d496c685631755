-- What results read beside the milestones.

-- Answers of the visit form that results count, so that they need not open every form.
alter table visit
    add column assisted boolean generated always as ((answers -> 'assistance' ->> 0) = 'yes') stored,
    add column tax_registered boolean generated always as ((answers -> 'tax_registered' ->> 0) = 'yes') stored;

-- The pauses in business: from, to, from, to; the last one may still go on.
alter table case_milestone
    drop column paused_on,
    add column pauses date[] not null default '{}';
