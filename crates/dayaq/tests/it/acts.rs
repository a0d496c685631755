//! Acts on cases through the pages: moving to another office, correcting, closing by two people, what ends by itself.

use crate::asking::{done, fields, refused};
use crate::house::{House, Visitor};
use axum::http::StatusCode;
use dayaq::{daily, slices};
use platform::{role::Role, slice::Move};
use registry::case::replay::replay;
use sqlx::AssertSqlSafe;

/// The texts of the rows of a query.
async fn rows(house: &House, sql: &str) -> Vec<Vec<String>> {
    let mut tx = house.app.system().await.unwrap();
    let wrapped = AssertSqlSafe(format!(
        "select to_json(array(select value from json_each_text(row_to_json(found))))::text from ({sql}) found"
    ));
    let found: Vec<(String,)> = sqlx::query_as(wrapped).fetch_all(tx.conn()).await.unwrap();
    found.into_iter().map(|(text,)| serde_json::from_str(&text.replace("null", "\"\"")).unwrap()).collect()
}

async fn row(house: &House, sql: &str) -> Vec<String> {
    rows(house, sql).await.into_iter().next().unwrap_or_else(|| panic!("nothing in the demo for {sql}"))
}

async fn change(house: &House, sql: &str) {
    let mut tx = house.app.system().await.unwrap();
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn stage(house: &House, case: &str) -> String {
    row(house, &format!("select stage from case_file where case_id = '{case}'")).await.remove(0)
}

async fn at(house: &House, role: Role, office: &str) -> Visitor {
    house.visitor(role, office.parse().ok()).await.unwrap_or_else(|| panic!("no {role:?} at {office}"))
}

/// The same person in another role of the same office, as small offices have it.
async fn also(house: &House, officer: &str, role: Role, office: &str) -> Visitor {
    change(
        house,
        &format!(
            "insert into officer_role (officer_id, role, home_office, offices)
             values ('{officer}', {}, {office}, array[{office}]) on conflict do nothing",
            role as i16
        ),
    )
    .await;
    house.sign_in(officer.parse().unwrap(), role).await
}

/// Tables of a life that stay where they are when a case moves: the journal's chains, the request itself, and what is seen
/// through its grievance.
const STAY: [&str; 4] = ["journal", "transfer_request", "grievance_proposal", "grievance_part"];

/// Tables that follow from the events.
const FOLLOW: [&str; 3] = ["case_file", "case_milestone", "case_step"];

#[tokio::test]
async fn every_table_of_a_life_has_statements_that_move_it_with_its_case() {
    let house = House::new().await;
    let tables = rows(
        &house,
        "select c.table_name
         from information_schema.columns c
         where c.table_schema = 'public' and c.column_name = 'office'
         and exists (select from information_schema.columns p
            where p.table_schema = 'public' and p.table_name = c.table_name and p.column_name in ('person_id', 'case_id'))
         order by 1",
    )
    .await;
    assert!(tables.len() > 30, "only {} tables were found", tables.len());
    let moved: Vec<String> = slices::all()
        .iter()
        .flat_map(|slice| slice.moves.iter())
        .map(|statement| {
            let (Move::OfCase(sql) | Move::OfPerson(sql)) = *statement;
            sql.trim().strip_prefix("update ").and_then(|rest| rest.split_whitespace().next()).unwrap_or_default().to_owned()
        })
        .collect();
    let left: Vec<&String> = tables
        .iter()
        .map(|table| &table[0])
        .filter(|table| !STAY.contains(&table.as_str()) && !FOLLOW.contains(&table.as_str()) && !moved.contains(table))
        .collect();
    assert!(left.is_empty(), "no slice moves {left:?} with a case: add a statement to its `moves`");
}

/// A case with many traces, whose office has others beside it.
const RICH: &str = "
    select f.case_id, f.office, f.person_id, o.office as other
    from case_file f
    join office o on o.office <> f.office and o.closed_on is null
    where f.stage = 22
    and not f.suspended
    and exists (select from visit v where v.case_id = f.case_id)
    and exists (select from officer_role r where r.role = 1 and o.office = any (r.offices) and not (f.office = any (r.offices)))
    order by f.opened_on, o.office";

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_moves_the_whole_case_and_the_old_office_loses_sight() {
    let house = House::new().await;
    let found = row(&house, RICH).await;
    let (case, office, person, other) = (&found[0], &found[1], &found[2], &found[3]);
    let sender = at(&house, Role::Officer, office).await;
    let receiver = house
        .sign_in(
            row(&house, &format!("select officer_id from officer_role where role = 1 and {other} = any (offices) and not ({office} = any (offices))"))
                .await[0]
                .parse()
                .unwrap(),
            Role::Officer,
        )
        .await;
    let ask = format!("/cases/{case}/transfer");
    let answer = format!("/cases/{case}/transfer/answer");
    assert_eq!(house.get(Some(&receiver), &answer, "az").await.status, StatusCode::NOT_FOUND, "nothing was asked yet");
    refused(&house.post(Some(&sender), &ask, &fields(&[("to", office), ("reason", "yaşayış yeri")])).await, "govuk-error");
    let wish = fields(&[("to", other), ("reason", "Yaşayış yerini dəyişib")]);
    done(&house.post(Some(&sender), &ask, &wish).await);
    refused(&house.post(Some(&sender), &ask, &wish).await, "artıq cavab gözləyir");

    let queue = house.get(Some(&receiver), "/api/queue", "az").await.text();
    assert!(queue.contains(&answer), "{queue}");
    assert!(!house.get(Some(&sender), "/api/queue", "az").await.text().contains(&answer), "it is not the sender's to answer");
    for path in [format!("/cases/{case}"), format!("/people/{person}")] {
        assert_eq!(house.get(Some(&receiver), &path, "az").await.status, StatusCode::NOT_FOUND, "{path} before the answer");
    }
    let brief = house.get(Some(&receiver), &answer, "az").await.text();
    assert!(brief.contains("Yaşayış yerini dəyişib"));
    assert_eq!(house.get(Some(&sender), &answer, "az").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.post(Some(&sender), &answer, &fields(&[("answer", "accept")])).await.status, StatusCode::NOT_FOUND);
    refused(&house.post(Some(&receiver), &answer, &fields(&[("answer", "refuse")])).await, "govuk-error");
    done(&house.post(Some(&receiver), &answer, &fields(&[("answer", "accept")])).await);

    for path in [format!("/cases/{case}"), format!("/people/{person}"), ask.clone()] {
        assert_eq!(house.get(Some(&sender), &path, "az").await.status, StatusCode::NOT_FOUND, "{path} from the old office");
        assert_eq!(house.get(Some(&receiver), &path, "az").await.status, StatusCode::OK, "{path} from the new office");
    }
    let kept = row(&house, &format!("select office, office_of_selection from case_file where case_id = '{case}'")).await;
    assert_eq!(kept, [other.clone(), office.clone()], "the office of selection stays");
    nothing_stays(&house, case, person, office).await;
    let mut tx = house.app.system().await.unwrap();
    let law = registry::case::law(&house.app).unwrap();
    assert!(replay(&mut tx, &law).await.unwrap().differing.is_empty());
}

/// No row of the case or of the person is the old office's any more.
async fn nothing_stays(house: &House, case: &str, person: &str, old: &str) {
    let tables = rows(
        house,
        "select table_name, bool_or(column_name = 'case_id') as of_case
         from information_schema.columns
         where table_schema = 'public' and column_name in ('office', 'person_id', 'case_id')
         group by table_name
         having bool_or(column_name = 'office') and bool_or(column_name = 'person_id')",
    )
    .await;
    let mut looked = 0;
    for table in tables.iter().filter(|table| !STAY.contains(&table[0].as_str())) {
        let of_case = if table[1] == "true" { format!("and case_id = '{case}'") } else { String::new() };
        let name = &table[0];
        let sql =
            format!("select count(*), count(*) filter (where office = {old}) from {name} where person_id = '{person}' {of_case}");
        let counted = row(house, &sql).await;
        looked += usize::from(counted[0] != "0");
        assert_eq!(counted[1], "0", "rows of {name} stay with the old office");
    }
    assert!(looked > 15, "only {looked} tables had rows of the case");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_that_is_refused_changes_nothing_but_is_told() {
    let house = House::new().await;
    let found = row(&house, RICH).await;
    let (case, office, other) = (&found[0], &found[1], &found[3]);
    let sender = at(&house, Role::Officer, office).await;
    done(
        &house
            .post(Some(&sender), &format!("/cases/{case}/transfer"), &fields(&[("to", other), ("reason", "köçüb gedib")]))
            .await,
    );
    let receiver = at(&house, Role::Officer, other).await;
    let no = fields(&[("answer", "refuse"), ("words", "Şəxs bu rayonda qeydiyyatda deyil")]);
    done(&house.post(Some(&receiver), &format!("/cases/{case}/transfer/answer"), &no).await);
    let told = house.get(Some(&sender), &format!("/cases/{case}/transfer"), "az").await.text();
    assert!(told.contains("Şəxs bu rayonda qeydiyyatda deyil"), "{told}");
    let taken = row(&house, &format!("select count(*) from case_duty where case_id = '{case}' and duty = 35")).await;
    assert_ne!(taken[0], "0", "whoever refused may not decide an appeal against it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_shows_what_changes_and_folds_the_case_again() {
    let house = House::new().await;
    let found = row(&house, "select case_id, office from case_file where stage = 22 and not suspended order by opened_on").await;
    let (case, office) = (&found[0], &found[1]);
    let officer = at(&house, Role::Officer, office).await;
    let rest = fields(&[("cause", "illness"), ("until", "2024-12-01"), ("reason", "Xəstəxanadan arayış")]);
    done(&house.post(Some(&officer), &format!("/cases/{case}/suspension"), &rest).await);
    let suspended =
        || async { row(&house, &format!("select suspended from case_file where case_id = '{case}'")).await.remove(0) };
    assert_eq!(suspended().await, "true");
    let entry =
        row(&house, &format!("select entry_id from journal where case_id = '{case}' and kind = 82 order by recorded_at desc"))
            .await;
    let form = format!("/cases/{case}/corrections/{}", entry[0]);
    assert_eq!(house.get(Some(&officer), &form, "az").await.status, StatusCode::FORBIDDEN, "not whoever records it");
    let head = at(&house, Role::OfficeHead, office).await;
    let void = [("what", "void"), ("reason", "Arayış başqa şəxsindir")];
    let seen = house.post(Some(&head), &form, &fields(&void)).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
    assert!(seen.text().contains("1 dekabr 2024"), "what changes is shown: {}", seen.text());
    assert_eq!(suspended().await, "true", "nothing is recorded before it is confirmed");
    done(&house.post(Some(&head), &form, &fields(&[&void[..], &[("_confirmed", "yes")]].concat())).await);
    assert_eq!(suspended().await, "false");
    let page = house.get(Some(&officer), &format!("/cases/{case}"), "az").await.text();
    assert!(page.contains("Sonradan düzəldilib") && page.contains("Arayış başqa şəxsindir"));

    // An entry that others rest on can't be taken away, and one with a paper of its own is put right elsewhere.
    let received = row(&house, &format!("select entry_id from journal where case_id = '{case}' and kind = 53")).await;
    let form = format!("/cases/{case}/corrections/{}", received[0]);
    refused(&house.post(Some(&head), &form, &fields(&[&void[..], &[("_confirmed", "yes")]].concat())).await, "öz sənədi");
    let late = [("what", "redate"), ("day", "2024-09-01"), ("reason", "Akt sonra imzalanıb"), ("_confirmed", "yes")];
    refused(&house.post(Some(&head), &form, &fields(&late)).await, "mümkün olmazdı");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_with_equipment_out_needs_a_second_person() {
    let house = House::new().await;
    let found = row(
        &house,
        "select f.case_id, f.office from case_file f
         where f.stage = 27 and not exists (select from closing_proposal p where p.case_id = f.case_id)
         order by f.opened_on",
    )
    .await;
    let (case, office) = (&found[0], &found[1]);
    let officer = at(&house, Role::Officer, office).await;
    let form = format!("/cases/{case}/closing");
    refused(
        &house.post(Some(&officer), &form, &fields(&[("why", "call_ended"), ("reason", "bitib getdi")])).await,
        "govuk-error",
    );
    let said = fields(&[("why", "graduated"), ("reason", "Mülkiyyət keçib, müşahidələr aparılıb")]);
    done(&house.post(Some(&officer), &form, &said).await);
    assert_eq!(stage(&house, case).await, "27", "nothing closes before it is approved");
    refused(&house.post(Some(&officer), &form, &said).await, "təsdiq gözləyir");
    let by = row(&house, &format!("select proposed_by from closing_proposal where case_id = '{case}'")).await.remove(0);
    let decision = format!("{form}/decision");
    let same = also(&house, &by, Role::OfficeHead, office).await;
    let own = house.post(Some(&same), &decision, &fields(&[("decision", "approve")])).await;
    refused(&own, "Bir nəfər bir şəxsi işdə");
    assert_eq!(stage(&house, case).await, "27");
    let heads = row(
        &house,
        &format!("select officer_id from officer_role where role = 3 and {office} = any (offices) and officer_id <> '{by}'"),
    )
    .await;
    let head = house.sign_in(heads[0].parse().unwrap(), Role::OfficeHead).await;
    refused(&house.post(Some(&head), &decision, &fields(&[("decision", "send_back")])).await, "Nə üçün");
    done(&house.post(Some(&head), &decision, &fields(&[("decision", "approve")])).await);
    assert_eq!(stage(&house, case).await, "29");
    let reason = row(&house, &format!("select close_reason from case_milestone where case_id = '{case}'")).await;
    assert_eq!(reason[0], "1");
}

/// A person who died in business long enough ago, with a case of the same office in which a member of the household could
/// go on: case, person and office; the other case's receipt number and person.
const MOURNED: &str = "
    select d.case_id, d.person_id, d.office, h.receipt, h.person_id as heir
    from death d
    join case_file f using (person_id, case_id)
    join case_milestone m using (person_id, case_id)
    join case_file h on h.office = d.office and h.person_id <> d.person_id and h.closed_on is null and h.stage between 3 and 9
    join person p on p.person_id = h.person_id and p.office = h.office
    where d.settlement is null
    and f.closed_on is null
    and m.received_on is not null
    and m.transferred_on is null
    and m.recovered_on is null
    and m.deceased_on < '2024-07-15'
    order by d.died_on, h.receipt";

#[tokio::test(flavor = "multi_thread")]
async fn after_a_death_a_member_of_the_household_goes_on_by_two_people() {
    let house = House::new().await;
    let found = row(&house, MOURNED).await;
    let [case, person, office, receipt, heir] = found.as_slice() else { panic!("{found:?}") };
    let officer = at(&house, Role::Officer, office).await;
    let settlement = format!("/cases/{case}/death/settlement");
    let goes_on = |receipt: &str| {
        fields(&[("settlement", "continues"), ("receipt", receipt), ("reason", "Oğlu emalatxananı davam etdirmək istəyir")])
    };
    refused(&house.post(Some(&officer), &settlement, &goes_on("")).await, "govuk-error");
    refused(&house.post(Some(&officer), &settlement, &goes_on("2020-999999")).await, "açıq iş tapılmadı");
    let stranger = house.post(Some(&officer), &settlement, &goes_on(receipt)).await;
    refused(&stranger, "ailə üzvü kimi qeyd olunmayıb");
    assert!(stranger.text().contains("Oğlu emalatxananı"), "what was typed is kept");

    change(&house, &format!("update person set fin_lookup = 'sinaq' where person_id = '{heir}'")).await;
    change(
        &house,
        &format!(
            "insert into household_member (person_id, member, relation, fin_lookup, sealed, office)
             values ('{person}', 90, 'child', 'sinaq', '', {office})"
        ),
    )
    .await;
    done(&house.post(Some(&officer), &settlement, &goes_on(receipt)).await);
    assert_ne!(stage(&house, case).await, "29", "nothing closes before it is approved");
    refused(&house.post(Some(&officer), &settlement, &goes_on(receipt)).await, "artıq qeyd olunub");

    let decision = format!("/cases/{case}/closing/decision");
    let by = row(&house, &format!("select proposed_by from closing_proposal where case_id = '{case}'")).await.remove(0);
    let heads = row(
        &house,
        &format!("select officer_id from officer_role where role = 3 and {office} = any (offices) and officer_id <> '{by}'"),
    )
    .await;
    let head = house.sign_in(heads[0].parse().unwrap(), Role::OfficeHead).await;
    let page = house.get(Some(&head), &decision, "az").await.text();
    assert!(page.contains(receipt.as_str()), "the head reads who goes on: {page}");
    // Sent back, the household is asked again.
    let back = fields(&[("decision", "send_back"), ("note", "Ailənin yazılı razılığını əlavə edin")]);
    done(&house.post(Some(&head), &decision, &back).await);
    done(&house.post(Some(&officer), &settlement, &goes_on(receipt)).await);
    done(&house.post(Some(&head), &decision, &fields(&[("decision", "approve")])).await);
    assert_eq!(stage(&house, case).await, "29");
    let link = "select p.continued_by = f.case_id as linked from closing_proposal p, case_file f";
    let link = row(&house, &format!("{link} where p.case_id = '{case}' and p.approved and f.receipt = '{receipt}'")).await;
    assert_eq!(link[0], "true");
    let shown = house.get(Some(&officer), &format!("/cases/{case}"), "az").await;
    assert_eq!(shown.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_comes_about_once() {
    let house = House::new().await;
    let lapsing = row(
        &house,
        "select case_id from case_step s join case_file f using (person_id, case_id)
         where f.stage = 5 and s.duty = 7 and not f.suspended order by s.due",
    )
    .await;
    // The time of this offer is over, and so is the time to appeal of every refusal.
    change(&house, "update case_step set due = due - 100 where duty = 7").await;
    let first = daily::run(&house.app).await.unwrap();
    assert!(first.iter().any(|(name, _)| *name == "cases") && first.iter().any(|(name, _)| *name == "offers"), "{first:?}");
    let late = row(
        &house,
        "select count(*) from case_step s join case_file f using (person_id, case_id)
         where f.stage in (4, 10, 11, 13, 18) and s.duty = 33 and s.since <= '2024-09-02'",
    )
    .await;
    assert_eq!(late[0], "0", "nothing that ends by itself is left");
    assert_eq!(stage(&house, &lapsing[0]).await, "5", "an offer whose real day has not come stays, whatever the queue says");
    let again = daily::run(&house.app).await.unwrap();
    assert!(again.iter().all(|(_, count)| *count == 0), "{again:?}");
    let mut tx = house.app.system().await.unwrap();
    let law = registry::case::law(&house.app).unwrap();
    let differing = replay(&mut tx, &law).await.unwrap().differing;
    assert!(differing.iter().all(|one| one.table == "case_step"), "{differing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_closing_the_person_applies_again_when_the_case_allows() {
    let house = House::new().await;
    let found = row(
        &house,
        "select f.person_id, f.case_id, f.office, m.close_reason
         from case_file f join case_milestone m using (person_id, case_id) join person p using (person_id)
         where f.stage = 29 and m.received_on is null and m.close_reason in (2, 5, 11, 12) and m.closed_on < '2024-01-01'
         and p.basis is not null and p.deceased_on is null
         and not exists (select from case_file o where o.person_id = f.person_id and o.case_id <> f.case_id)
         and exists (select from consent c where c.person_id = f.person_id and c.kind = 'DATA' and c.withdrawn_on is null)
         order by f.opened_on",
    )
    .await;
    let (person, case, office) = (&found[0], &found[1], &found[2]);
    let officer = at(&house, Role::Officer, office).await;
    let direction = row(&house, "select direction from case_file order by opened_on desc").await.remove(0);
    let application = fields(&[
        ("wished", &direction),
        ("experience_years", "2"),
        ("own_contribution", "0"),
        ("premises", "home"),
        ("earlier_support", "no"),
        ("truth", "yes"),
    ]);
    done(&house.post(Some(&officer), &format!("/people/{person}/application"), &application).await);
    let told = row(&house, &format!("select count(*) from journal where case_id = '{case}' and kind = 93")).await;
    assert_eq!(told[0], "1", "the earlier case names the new one");
}

#[tokio::test(flavor = "multi_thread")]
async fn social_assistance_learns_of_a_contract_and_of_nothing_else() {
    let house = House::new().await;
    let found = row(
        &house,
        "select p.person_id, p.office from person p join case_milestone m using (person_id)
         where m.contracted_on is not null and m.transferred_on is null and m.recovered_on is null and m.closed_on is null
         and p.fin_lookup is not null order by m.contracted_on",
    )
    .await;
    let (person, office) = (&found[0], &found[1]);
    let mut tx = house.app.system().await.unwrap();
    let known = registry::people::store::find(&mut tx, person.parse().unwrap()).await.unwrap().unwrap();
    let fin = known.protected(&tx.keys()).unwrap().fin.unwrap();
    drop(tx);
    let stranger = house.stranger(Role::Officer, office.parse().unwrap()).await.unwrap();
    let ask = |fin: &str| fields(&[("fin", fin), ("reason", "Sorğu № 118")]);
    let page = "/assistance/questions";
    refused(&house.post(Some(&stranger), page, &ask("ABC")).await, "FİN");
    let answered = house.post(Some(&stranger), page, &ask(&fin)).await;
    done(&answered);
    let told = house.get(Some(&stranger), &answered.location, "az").await.text();
    assert!(told.contains("Bəli.") && !told.contains(&known.surname) && !told.contains(&fin), "{told}");
    let journaled = row(&house, &format!("select count(*) from journal where kind = 333 and person_id = '{person}'")).await;
    assert_eq!(journaled[0], "1", "the person's own history tells of the question");
    let unknown = house.post(Some(&stranger), page, &ask("9ZZ9ZZ9")).await;
    assert!(house.get(Some(&stranger), &unknown.location, "az").await.text().contains("Xeyr."));
}
