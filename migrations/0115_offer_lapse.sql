-- An offer that lapses by itself was answered by no officer.
alter table offer_answer alter column officer_id drop not null;
