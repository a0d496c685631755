//! Grievances through the pages: what is confidential stays with the grievance officer, clocks run in working days, a
//! second committee is another's, a hold blocks only what it names.

use crate::asking::{also, at, done, fields, refused, row};
use crate::house::{House, Visitor};
use axum::http::StatusCode;
use dayaq::slices;
use platform::{
    role::Role,
    route::{Kind, Route},
};
use sqlx::AssertSqlSafe;

/// Words that nobody else would write.
const CANARY: &str = "Kanaryasözü";

/// An operating business on whose case nothing lies, with its office and person.
const OPERATING: &str = "
    select f.case_id, f.office, f.person_id
    from case_file f
    where f.stage = 22
    and not f.suspended
    and not exists (select from grievance g where g.person_id = f.person_id)
    order by f.opened_on";

fn lodging<'a>(case: &'a str, category: &'a str, what: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("case", case),
        ("channel", "IN_PERSON"),
        ("category", category),
        ("what", what),
        ("happened_when", "keçən həftə"),
        ("how_often", "once"),
        ("remedy", "tədbir görülsün"),
        ("language", "az"),
    ]
}

/// Takes one in and gives its address.
async fn lodge(house: &House, by: &Visitor, form: &[(&str, &str)]) -> String {
    let answer = house.post(Some(by), "/grievances/new", &fields(form)).await;
    done(&answer);
    assert!(answer.location.ends_with("/receipt"), "{}", answer.location);
    answer.location.trim_end_matches("/receipt").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_confidential_shows_to_grievance_officers_only_and_to_them_with_a_reason() {
    let house = House::new().await;
    let found = row(&house, OPERATING).await;
    let (case, office, person) = (&found[0], &found[1], &found[2]);
    let officer = at(&house, Role::Officer, office).await;
    let what = format!("{CANARY}: məndən pul istədilər");
    let address = lodge(&house, &officer, &lodging(case, "STAFF_CONDUCT", &what)).await;
    let id = address.rsplit('/').next().unwrap().to_owned();
    let number = row(&house, &format!("select number from grievance where grievance_id = '{id}'")).await.remove(0);

    let receipt = house.get(Some(&officer), &format!("{address}/receipt"), "az").await;
    assert!(receipt.text().contains(&number), "whoever took it in prints the receipt: {}", receipt.text());
    assert!(!receipt.text().contains(CANARY));

    // Everybody else of the office and of the country, on every page that could show it.
    let lists: Vec<Route> = slices::all()
        .into_iter()
        .flat_map(|slice| slice.routes)
        .filter(|route| route.kind == Kind::Page && !route.path.contains('{'))
        .collect();
    let mut looked = 0;
    for role in Role::ALL.iter().filter(|role| **role != Role::Grievance) {
        let Some(other) = house.visitor(*role, office.parse().ok()).await.or(house.visitor(*role, None).await) else { continue };
        let mut paths: Vec<String> = vec![
            address.clone(),
            format!("{address}/answer.pdf"),
            format!("{address}/opening"),
            format!("/cases/{case}"),
            format!("/people/{person}"),
            "/grievances?state=all".to_owned(),
        ];
        paths.extend(lists.iter().filter(|route| route.permission.allows(*role)).map(|route| route.path.to_owned()));
        for path in paths {
            for path in [path.clone(), format!("/api{path}")] {
                looked += 1;
                let text = house.get(Some(&other), &path, "az").await.text();
                assert!(!text.contains(CANARY), "{role:?} reads it at {path}");
                assert!(!text.contains(&number), "{role:?} learns of it at {path}");
            }
        }
        let seen = house.get(Some(&other), &address, "az").await.status;
        assert!(matches!(seen, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{role:?} got {seen}");
    }
    assert!(looked > 150, "only {looked} pages were looked at");

    let handler = at(&house, Role::Grievance, office).await;
    let covered = house.get(Some(&handler), &address, "az").await;
    assert_eq!(covered.status, StatusCode::OK);
    assert!(covered.text().contains(&number) && !covered.text().contains(CANARY), "it is covered until it is opened");
    refused(&house.post(Some(&handler), &format!("{address}/opening"), &fields(&[("reason", "bax")])).await, "govuk-error");
    done(&house.post(Some(&handler), &format!("{address}/opening"), &fields(&[("reason", "Təsnif etmək üçün")])).await);
    assert!(house.get(Some(&handler), &address, "az").await.text().contains(CANARY));
    let opened = row(&house, "select count(*) from journal where kind = 733").await;
    assert_eq!(opened[0], "1", "the opening is in the journal");

    let mut tx = house.app.system().await.unwrap();
    let (bare,): (i64,) = sqlx::query_as(AssertSqlSafe(format!(
        "select (select count(*) from journal where payload like '%{CANARY}%')
            + (select count(*) from grievance g where row_to_json(g)::text like '%{CANARY}%')"
    )))
    .fetch_one(tx.conn())
    .await
    .unwrap();
    assert_eq!(bare, 0, "it is sealed in the tables and in the journal");
    let told = row(&house, &format!("select person_id from journal where kind = 720 and payload like '%{number}%'")).await;
    assert_eq!(told[0], "00000000-0000-0000-0000-000000000000", "the journal names nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grievance_runs_its_clocks_and_ends_with_its_cause() {
    let house = House::new().await;
    let found = row(&house, OPERATING).await;
    let (case, office) = (&found[0], &found[1]);
    let handler = at(&house, Role::Grievance, office).await;
    let head = at(&house, Role::OfficeHead, office).await;
    let address = lodge(&house, &handler, &lodging(case, "GOODS_QUALITY", "Maşın bir həftəyə xarab oldu")).await;
    let id = address.rsplit('/').next().unwrap().to_owned();
    let now = |columns: &'static str| {
        let (house, id) = (&house, id.clone());
        async move { row(house, &format!("select {columns} from grievance where grievance_id = '{id}'")).await }
    };
    let to = |noun: &str| format!("{address}/{noun}");
    // Taken in on Monday 2 September: 15 working days, the word after 15 days.
    assert_eq!(now("lodged_on, due_on, update_due_on").await, ["2024-09-02", "2024-09-23", "2024-09-17"]);

    let early = fields(&[("solution", "Təchizatçı təmir etsin"), ("members", "komissiya")]);
    refused(&house.post(Some(&head), &to("proposal"), &early).await, "təsnif edilməlidir");
    let sorted = fields(&[("category", "GOODS_QUALITY"), ("needs_study", "yes")]);
    done(&house.post(Some(&handler), &to("sorting"), &sorted).await);
    assert_eq!(now("due_on").await, ["2024-10-14"], "30 working days with study");
    refused(&house.post(Some(&head), &to("proposal"), &early).await, "araşdırma");
    done(&house.post(Some(&handler), &to("study"), &fields(&[("finding", "Usta maşına baxıb, mühərrik nasazdır")])).await);

    // A broken machine holds the closing of the case back, and nothing else.
    let held = row(&house, &format!("select payload from journal where case_id = '{case}' and kind = 103")).await;
    assert!(held[0].contains("case.closed") && !held[0].contains("ownership"), "{}", held[0]);

    refused(
        &house.post(Some(&handler), &to("closing"), &fields(&[("cause", "goods"), ("action", "Təmir olundu, bitdi")])).await,
        "bildirilmədən",
    );
    done(&house.post(Some(&head), &to("proposal"), &early).await);
    assert_eq!(now("decided_on, decision_due_on").await, ["2024-09-02", "2024-09-07"], "told within 5 days");
    done(&house.post(Some(&handler), &to("telling"), &fields(&[("through", "HOTLINE")])).await);
    assert_eq!(now("told_on").await, ["2024-09-02"]);
    let letter = house.get(Some(&handler), &to("answer.pdf"), "az").await;
    assert!(letter.body.starts_with(b"%PDF"), "{}", letter.text());
    done(&house.post(Some(&handler), &to("answer"), &fields(&[("accepted", "yes")])).await);
    done(
        &house
            .post(Some(&handler), &to("closing"), &fields(&[("cause", "goods"), ("action", "Təmir olundu, şəxs razıdır")]))
            .await,
    );
    assert_eq!(now("outcome, cause").await, ["1", "goods"]);
    let released = row(&house, &format!("select count(*) from journal where case_id = '{case}' and kind = 104")).await;
    assert_eq!(released[0], "1", "the hold goes with the grievance");

    done(&house.post(Some(&handler), &to("reopening"), &fields(&[("reason", "Eyni nasazlıq yenə baş verib")])).await);
    assert_eq!(now("told_on is null and closed_on is null").await, ["true"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_solution_goes_to_a_second_committee_of_other_people() {
    let house = House::new().await;
    let found = row(&house, OPERATING).await;
    let (case, office) = (&found[0], &found[1]);
    let handler = at(&house, Role::Grievance, office).await;
    let address = lodge(&house, &handler, &lodging(case, "DELIVERY", "Avadanlığı axşam gətirib getdilər")).await;
    let id = address.rsplit('/').next().unwrap().to_owned();
    let to = |noun: &str| format!("{address}/{noun}");
    done(&house.post(Some(&handler), &to("sorting"), &fields(&[("category", "DELIVERY")])).await);
    let solution = fields(&[("solution", "Gündüz gəlib yoxlasınlar"), ("members", "birinci komissiya")]);
    let head = at(&house, Role::OfficeHead, office).await;
    done(&house.post(Some(&head), &to("proposal"), &solution).await);
    done(&house.post(Some(&handler), &to("telling"), &fields(&[("through", "IN_PERSON")])).await);
    refused(&house.post(Some(&handler), &to("answer"), &fields(&[("accepted", "no")])).await, "Niyə razı olmadığını");
    done(&house.post(Some(&handler), &to("answer"), &fields(&[("accepted", "no"), ("words", "Üzr istəsinlər")])).await);
    let closing = fields(&[("cause", "delay"), ("action", "Heç nə edilmədi, bağlanır")]);
    refused(&house.post(Some(&handler), &to("closing"), &closing).await, "ikinci komissiyaya");
    done(&house.post(Some(&handler), &to("escalation"), &[]).await);
    refused(&house.post(Some(&head), &to("proposal"), &solution).await, "başqa komissiyanındır");

    // The head of the office has become a manager meanwhile: still no.
    let proposed_by =
        row(&house, &format!("select proposed_by from grievance_proposal where grievance_id = '{id}'")).await.remove(0);
    let same = also(&house, &proposed_by, Role::Manager, office).await;
    refused(&house.post(Some(&same), &to("proposal"), &solution).await, "iştirak edə bilməz");
    let twice = format!(
        "insert into grievance_part (person_id, grievance_id, officer_id, level, office)
         select person_id, grievance_id, officer_id, 2, office from grievance_part where grievance_id = '{id}'"
    );
    let mut tx = house.app.system().await.unwrap();
    let own = sqlx::query(AssertSqlSafe(twice)).execute(tx.conn()).await;
    assert!(own.is_err(), "the database refuses one officer on both committees");
    drop(tx);

    let others = row(
        &house,
        &format!(
            "select officer_id from officer_role where role = 14 and {office} = any (offices) and officer_id <> '{proposed_by}'"
        ),
    )
    .await;
    let manager = house.sign_in(others[0].parse().unwrap(), Role::Manager).await;
    done(&house.post(Some(&manager), &to("proposal"), &solution).await);
    done(&house.post(Some(&handler), &to("telling"), &fields(&[("through", "IN_PERSON")])).await);
    done(&house.post(Some(&handler), &to("answer"), &fields(&[("accepted", "no"), ("words", "Yenə razı deyiləm")])).await);
    done(&house.post(Some(&handler), &to("closing"), &closing).await);
    let ended = row(&house, &format!("select outcome, level from grievance where grievance_id = '{id}'")).await;
    assert_eq!(ended, ["2", "2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_a_name_is_heard_and_may_leave_no_contact() {
    let house = House::new().await;
    let office = row(&house, OPERATING).await.remove(1);
    let officer = at(&house, Role::Officer, &office).await;
    let form = [
        ("channel", "HOTLINE"),
        ("category", "ENVIRONMENT"),
        ("what", "Qonşudakı sex gecə səs salır"),
        ("how_often", "going_on"),
        ("language", "ru"),
    ];
    let address = lodge(&house, &officer, &form).await;
    let id = address.rsplit('/').next().unwrap().to_owned();
    let kept =
        row(&house, &format!("select person_id, anonymous, contact is null from grievance where grievance_id = '{id}'")).await;
    assert_eq!(kept, ["00000000-0000-0000-0000-000000000000", "true", "true"]);
    let shown = house.get(Some(&officer), &address, "az").await;
    assert!(shown.text().contains("Adı deyilməyib"), "{}", shown.text());
    let empty = house.post(Some(&officer), "/grievances/new", &fields(&[("channel", "HOTLINE"), ("what", "qısa")])).await;
    refused(&empty, "govuk-error");
    assert!(empty.text().contains("qısa"), "what was typed stays");
    let elsewhere = house.stranger(Role::Officer, office.parse().unwrap()).await.unwrap();
    assert_eq!(house.get(Some(&elsewhere), &address, "az").await.status, StatusCode::NOT_FOUND);
}
