-- Lists over the whole country walk in their order until a page is full. What they are filtered by stands in the index, the
-- office first of all, since row-level security asks for it of every row; so only the page itself is read from the table.

create index visit_planned_by_day on visit (due_on, visit_id) include (office, person_id, kind, monitor_id)
    where made_at is null;
create index visit_made_by_time on visit (made_at desc, visit_id) include (office, person_id, kind, monitor_id, status)
    where made_at is not null;
