-- A sitting may leave a plan to the next one, with its reason: 5 beside the decisions of before.

alter table agenda_item drop constraint agenda_item_decision_check;
alter table agenda_item add constraint agenda_item_decision_check check (decision between 1 and 5);
alter table agenda_item add constraint agenda_item_put_off_check check (decision <> 5 or reason is not null);
