-- A form sent again is answered as before only when it brings the same: what it brought, as a keyed hash.
alter table form_receipt add column content bytea not null default '';
