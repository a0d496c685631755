//! After receipt through the pages: visits with what they make happen, a breach to its end, a longer term, and ownership.

use crate::asking::{also, at, done, fields, refused, row, stage};
use crate::house::House;
use axum::http::StatusCode;
use platform::role::Role;

/// An operating business with a visit to make, whose contract runs on.
const OPERATING: &str = "
    select f.case_id, f.office
    from case_file f
    join case_milestone m using (person_id, case_id)
    where f.stage = 22
    and not f.suspended
    and m.term_ends_on > '2024-12-01'
    and exists (select from visit v where v.person_id = f.person_id and v.case_id = f.case_id and v.made_at is null)
    order by m.received_on";

/// Rows of the visit form by which every piece that a case's person holds was seen.
async fn all_seen(house: &House, case: &str) -> Vec<(String, String)> {
    let sql = format!(
        "select string_agg(serial, '|' order by serial) from asset
         where case_id = '{case}' and state in (2, 4, 9) and handed_over_on is not null and award_id is null"
    );
    let serials = row(house, &sql).await.remove(0);
    let seen = |(row, serial): (usize, &str)| {
        [(format!("assets-{row}-tag"), serial.to_owned()), (format!("assets-{row}-seen"), "yes".to_owned())]
    };
    serials.split('|').enumerate().flat_map(seen).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_sees_the_case_s_own_equipment_and_all_of_it() {
    let house = House::new().await;
    let sql =
        format!("select * from ({OPERATING}) o where exists (select from asset a where a.case_id = o.case_id and a.state = 2)");
    let found = row(&house, &sql).await;
    let (case, office) = (&found[0], &found[1]);
    let monitor = at(&house, Role::Monitor, office).await;
    let form = format!("/cases/{case}/visit");
    let base = [("visited_on", "2024-09-02"), ("kind", "field"), ("people_met", "beneficiary"), ("status", "operating")];
    let mut posted = fields(&base);
    posted.extend(all_seen(&house, case).await);
    let own = posted[base.len()].1.clone();
    posted[base.len()].1 = "ZZ999".to_owned();
    let strange = house.post(Some(&monitor), &form, &posted).await;
    refused(&strange, "ZZ999 bu işin avadanlığı deyil");
    refused(&strange, &format!("{own} qeyd olunmayıb"));
    assert!(strange.text().contains(&format!("value=\"{own}\"")), "the piece left out has a row again");
    assert!(strange.text().contains("value=\"ZZ999\""), "what was typed is there to be mended");

    let nobody =
        fields(&[("visited_on", "2024-09-02"), ("kind", "field"), ("people_met", "beneficiary"), ("status", "unreachable")]);
    refused(&house.post(Some(&monitor), &form, &nobody).await, "Heç kimlə əlaqə yaranmayıb, amma");
    let made =
        row(&house, &format!("select count(*) from visit where case_id = '{case}' and made_at::date = '2024-09-02'")).await;
    assert_eq!(made[0], "0", "nothing was recorded");

    posted[base.len()].1 = own;
    done(&house.post(Some(&monitor), &form, &posted).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_makes_happen_what_it_found() {
    let house = House::new().await;
    let found = row(&house, OPERATING).await;
    let (case, office) = (&found[0], &found[1]);
    let monitor = at(&house, Role::Monitor, office).await;
    let form = format!("/cases/{case}/visit");
    let seen = all_seen(&house, case).await;
    let visit = |status: &str, more: &[(&str, &str)]| {
        let met = if status == "unreachable" { "nobody" } else { "beneficiary" };
        let base = [("visited_on", "2024-09-02"), ("kind", "field"), ("people_met", met), ("status", status)];
        [fields(&[&base[..], more].concat()), seen.clone()].concat()
    };
    let open = house.get(Some(&monitor), &form, "az").await;
    assert_eq!(open.status, StatusCode::OK);

    let officer = at(&house, Role::Officer, office).await;
    let wrong_role = house.post(Some(&officer), &form, &visit("operating", &[])).await;
    assert_eq!(wrong_role.status, StatusCode::FORBIDDEN);

    refused(&house.post(Some(&monitor), &form, &visit("paused", &[])).await, "Dayanmanın səbəbini seçin");
    assert_eq!(stage(&house, case).await, "22");
    done(&house.post(Some(&monitor), &form, &visit("paused", &[("pause_reason", "repair")])).await);
    assert_eq!(stage(&house, case).await, "23");
    let next = row(&house, &format!("select count(*) from visit where case_id = '{case}' and made_at is null")).await;
    assert_eq!(next[0], "1", "the next visit is planned by itself");

    done(&house.post(Some(&monitor), &form, &visit("unreachable", &[])).await);
    assert_eq!(stage(&house, case).await, "23", "nobody met changes nothing");
    let sales = [("sales", "420"), ("costs", "180"), ("women_workers", "1"), ("satisfaction", "5"), ("next_visit", "2024-10-15")];
    let made = house.post(Some(&monitor), &form, &visit("operating", &sales)).await;
    done(&made);
    assert_eq!(stage(&house, case).await, "22");
    let kept = row(
        &house,
        &format!("select status, sales, workers_women, satisfaction from visit where case_id = '{case}' and sales = 42000"),
    )
    .await;
    assert_eq!(kept, ["1", "42000", "1", "5"]);
    let chosen = row(&house, &format!("select due_on from visit where case_id = '{case}' and made_at is null")).await;
    assert_eq!(chosen[0], "2024-10-15");
    let shown = house.get(Some(&officer), &made.location, "en").await;
    assert!(shown.text().contains("420.00") || shown.text().contains("420,00"), "{}", shown.text());
    let list = house.get(Some(&monitor), "/api/visits?state=operating&whose=mine", "az").await;
    let list: serde_json::Value = serde_json::from_str(&list.text()).unwrap();
    assert!(list["lines"].as_array().unwrap().iter().any(|line| line["case_id"] == **case), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_business_starts_with_its_first_sale_only() {
    let house = House::new().await;
    let found = row(&house, "select case_id, office from case_file where stage = 21 and not suspended").await;
    let (case, office) = (&found[0], &found[1]);
    let monitor = at(&house, Role::Monitor, office).await;
    let form = format!("/cases/{case}/visit");
    let base = [("visited_on", "2024-09-02"), ("kind", "phone"), ("people_met", "beneficiary"), ("status", "operating")];
    refused(&house.post(Some(&monitor), &form, &fields(&base)).await, "ilk satış");
    let sold = [&base[..], &[("sales", "95")]].concat();
    done(&house.post(Some(&monitor), &form, &fields(&sold)).await);
    assert_eq!(stage(&house, case).await, "22");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_is_remedied_in_time_or_upheld_by_somebody_else() {
    let house = House::new().await;
    let found = row(&house, OPERATING).await;
    let (case, office) = (&found[0], &found[1]);
    let officer = at(&house, Role::Officer, office).await;
    let head = at(&house, Role::OfficeHead, office).await;
    let to = |noun: &str| format!("/cases/{case}/breach/{noun}");
    let why = "Səfərdə avadanlıq ünvanda olmayıb";
    refused(
        &house.post(Some(&officer), &to("notice"), &fields(&[("obligation", "weather"), ("evidence", why)])).await,
        "govuk-error",
    );
    done(&house.post(Some(&officer), &to("notice"), &fields(&[("obligation", "moved"), ("evidence", why)])).await);
    assert_eq!(stage(&house, case).await, "25");
    let kept = row(&house, &format!("select remedy_due from breach where case_id = '{case}' and outcome is null")).await;
    assert_eq!(kept[0], "2024-09-30", "20 working days");

    let heard = [("finding", "Avadanlıq hələ də köçürülmüş yerdədir"), ("heard_on", "2024-09-02")];
    refused(&house.post(Some(&head), &to("decision"), &fields(&heard)).await, "Aradan qaldırma müddəti");
    let says = [("explanation", "Təmir üçün aparmışdım"), ("heard_on", "2024-09-02")];
    done(&house.post(Some(&officer), &to("explanation"), &fields(&says)).await);
    done(&house.post(Some(&officer), &to("remedy"), &fields(&[("finding", "Avadanlıq geri qaytarılıb, işləyir")])).await);
    assert_eq!(stage(&house, case).await, "22");
    let again = house.post(Some(&officer), &to("remedy"), &fields(&[("finding", "Avadanlıq geri qaytarılıb, işləyir")])).await;
    refused(&again, "Açıq pozuntu yoxdur");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_noticed_a_breach_never_upholds_it() {
    let house = House::new().await;
    let found = row(
        &house,
        "select b.case_id, b.office, b.noticed_by from breach b join case_file f using (person_id, case_id)
         where b.outcome is null and b.remedy_due < '2024-09-02' and f.stage = 25 and not f.suspended order by b.remedy_due",
    )
    .await;
    let (case, office, by) = (&found[0], &found[1], &found[2]);
    let form = format!("/cases/{case}/breach/decision");
    let decision = [("finding", "Müddət bitib, pozuntu aradan qalxmayıb"), ("heard_on", "2024-09-02")];
    let head = at(&house, Role::OfficeHead, office).await;
    let same = also(&house, by, Role::OfficeHead, office).await;
    let answer = house.post(Some(&same), &form, &fields(&decision)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    assert_eq!(stage(&house, case).await, "25");
    done(&house.post(Some(&head), &form, &fields(&decision)).await);
    assert_eq!(stage(&house, case).await, "26");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_term_grows_by_two_people_and_not_without_end() {
    let house = House::new().await;
    let sql =
        format!("select * from ({OPERATING}) o where not exists (select from term_extension e where e.case_id = o.case_id)");
    let found = row(&house, &sql).await;
    let (case, office) = (&found[0], &found[1]);
    let officer = at(&house, Role::Officer, office).await;
    let head = at(&house, Role::OfficeHead, office).await;
    let form = format!("/cases/{case}/extension");
    let ends =
        || async { row(&house, &format!("select term_ends_on from case_milestone where case_id = '{case}'")).await.remove(0) };
    let before = ends().await;
    let asked = |months: &str| fields(&[("months", months), ("reason", "Ailədə xəstəlik olub")]);
    refused(&house.post(Some(&officer), &form, &asked("13")).await, "govuk-error");
    done(&house.post(Some(&officer), &form, &asked("3")).await);
    refused(&house.post(Some(&officer), &form, &asked("2")).await, "qərar gözləyir");
    let decision = format!("{form}/decision");
    refused(&house.post(Some(&head), &decision, &fields(&[("decision", "send_back")])).await, "Nə üçün");
    done(&house.post(Some(&head), &decision, &fields(&[("decision", "approve")])).await);
    let later: chrono::NaiveDate = ends().await.parse().unwrap();
    assert_eq!(later, values::add_months(before.parse().unwrap(), 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_title_passes_after_the_term_by_a_second_person() {
    let house = House::new().await;
    let early = row(&house, OPERATING).await;
    let officer = at(&house, Role::Officer, &early[1]).await;
    let finding = fields(&[("matches_plan", "yes"), ("finding", "Fəaliyyət biznes plana uyğundur")]);
    let too_soon = house.post(Some(&officer), &format!("/cases/{}/ownership", early[0]), &finding).await;
    refused(&too_soon, "Müqavilə müddəti hələ bitməyib");

    let found = row(
        &house,
        "select f.case_id, f.office
         from case_file f join case_milestone m using (person_id, case_id) join visit v using (person_id, case_id)
         where f.stage = 22 and not f.suspended and m.term_ends_on <= '2024-09-02' and v.status = 1 and v.made_at > '2024-07-20'
         and not exists (select from ownership o where o.case_id = f.case_id)",
    )
    .await;
    let (case, office) = (&found[0], &found[1]);
    let officer = at(&house, Role::Officer, office).await;
    done(&house.post(Some(&officer), &format!("/cases/{case}/ownership"), &finding).await);
    let by = row(&house, &format!("select proposed_by from ownership where case_id = '{case}'")).await.remove(0);
    let same = also(&house, &by, Role::OfficeHead, office).await;
    let decision = format!("/cases/{case}/ownership/decision");
    let own = house.post(Some(&same), &decision, &fields(&[("decision", "approve")])).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", own.text());

    let heads = row(
        &house,
        &format!("select officer_id from officer_role where role = 3 and {office} = any (offices) and officer_id <> '{by}'"),
    )
    .await;
    let head = house.sign_in(heads[0].parse().unwrap(), Role::OfficeHead).await;
    done(&house.post(Some(&head), &decision, &fields(&[("decision", "approve")])).await);
    assert_eq!(stage(&house, case).await, "27");
    let states = row(
        &house,
        &format!("select count(*) filter (where state = 3), count(*) filter (where state in (2, 4, 9)) from asset where case_id = '{case}'"),
    )
    .await;
    assert!(states[0] != "0" && states[1] == "0", "every piece is the person's own now: {states:?}");
    let act = house.get(Some(&officer), &format!("/cases/{case}/transfer-act.pdf"), "az").await;
    assert_eq!(act.kind, "application/pdf");
    assert!(act.body.starts_with(b"%PDF"));
}
