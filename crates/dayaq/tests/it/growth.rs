//! Incentive awards through the pages: refused with reasons before their time, scored blind by two, decided within the money
//! of the round even when two sittings close at once, and delivered piece by piece until the event.

use crate::asking::{done, refused};
use crate::house::{Answer, House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

type Fields = Vec<(String, String)>;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The rows of a query, as texts.
async fn rows(house: &House, sql: &str) -> Vec<Vec<String>> {
    let mut tx = house.app.system().await.unwrap();
    let wrapped = AssertSqlSafe(format!(
        "select to_json(array(select value from json_each_text(row_to_json(found))))::text from ({sql}) found"
    ));
    let found: Vec<(String,)> = sqlx::query_as(wrapped).fetch_all(tx.conn()).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
    found.into_iter().map(|(text,)| serde_json::from_str(&text).unwrap()).collect()
}

async fn row(house: &House, sql: &str) -> Vec<String> {
    rows(house, sql).await.into_iter().next().unwrap_or_else(|| panic!("nothing in the demo for {sql}"))
}

async fn run(house: &House, sql: &str) {
    let mut tx = house.app.system().await.unwrap();
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Everybody who holds a role at an office, or anywhere.
async fn all(house: &House, role: Role, office: Option<&str>) -> Vec<Visitor> {
    let here = office.map_or("true".to_owned(), |office| format!("{office} = any (offices)"));
    let sql = format!("select officer_id from officer_role where role = {} and {here} order by officer_id", role as i16);
    let mut visitors = Vec::new();
    for found in rows(house, &sql).await.iter().take(6) {
        visitors.push(house.sign_in(found[0].parse().unwrap(), role).await);
    }
    visitors
}

async fn one(house: &House, role: Role, office: Option<&str>) -> Visitor {
    house.visitor(role, office.and_then(|office| office.parse().ok())).await.unwrap()
}

async fn state(house: &House, award: &str) -> String {
    row(house, &format!("select state from award where award_id = '{award}'")).await.remove(0)
}

/// The round that takes applications on the day of the tests.
async fn open_round(house: &House) -> String {
    let sql = "select round_id from award_round where approved and rolling and '2024-09-02' between opens_on and closes_on";
    row(house, sql).await.remove(0)
}

/// An application for two machines at 2,000 manats with 700 of one's own.
async fn application(house: &House) -> Fields {
    let round = open_round(house).await;
    fields(&[
        ("round", round.as_str()),
        ("plan", "İkinci iş yeri açmaq və sifarişləri vaxtında çatdırmaq"),
        ("market", "Qonşu məktəblər, aylıq otuz sifariş var"),
        ("sales_now", "900"),
        ("sales_after", "1500"),
        ("jobs", "1"),
        ("jobs_by", "2025-03-01"),
        ("quote-1", "Sənaye tikiş maşını"),
        ("quoted_by-1", "Texnika MMC, təklif 14"),
        ("quote_quantity-1", "2"),
        ("quote_price-1", "2000"),
        ("own_share", "700"),
        ("own_proof", "bank"),
        ("own_paper", "Bank arayışı 221"),
    ])
}

/// A case of which the conditions are met and that has no award yet: case, office, surname.
async fn fit(house: &House) -> (String, String, String) {
    let sql = "select f.case_id, f.office, p.surname from case_file f join case_milestone m using (person_id, case_id)
         join person p using (person_id)
         where f.stage in (22, 27) and not f.suspended and m.received_on < '2024-02-01'
         and not exists (select from award a where a.case_id = f.case_id) order by m.received_on desc";
    for found in rows(house, sql).await {
        let officer = one(house, Role::Officer, Some(&found[1])).await;
        let answer = house.get(Some(&officer), &format!("/api/cases/{}/award", found[0]), "az").await;
        let view: serde_json::Value = serde_json::from_str(&answer.text()).unwrap();
        if view["conditions"].as_array().unwrap().iter().all(|condition| condition["met"] == true) {
            return (found[0].clone(), found[1].clone(), found[2].clone());
        }
    }
    panic!("nobody in the demo may have an award");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_before_six_months_is_refused_with_reasons_and_in_writing_if_asked() {
    let house = House::new().await;
    let sql = "select f.case_id, f.office from case_file f join case_milestone m using (person_id, case_id)
         where f.stage = 22 and m.received_on > '2024-03-10' and not f.suspended
         and not exists (select from award a where a.case_id = f.case_id) order by m.received_on";
    let found = row(&house, sql).await;
    let (case, office) = (&found[0], &found[1]);
    let officer = one(&house, Role::Officer, Some(office)).await;
    let form = format!("/cases/{case}/award");
    let page = house.get(Some(&officer), &form, "az").await;
    assert!(page.text().contains("6 ay keçməyib"), "{}", page.text());

    let asked = application(&house).await;
    let answer = house.post(Some(&officer), &form, &asked).await;
    refused(&answer, "6 ay keçməyib");
    assert!(answer.text().contains("Bank arayışı 221"), "what was typed is kept");
    assert!(rows(&house, &format!("select 1 from award where case_id = '{case}'")).await.is_empty());

    let insists = [asked.clone(), fields(&[("insists", "yes")])].concat();
    let answer = house.post(Some(&officer), &form, &insists).await;
    done(&answer);
    let award = answer.location.rsplit('/').next().unwrap().to_owned();
    assert_eq!(state(&house, &award).await, "9");
    let letter = house.get(Some(&officer), &format!("/awards/{award}/decision.pdf"), "az").await;
    assert_eq!((letter.status, letter.kind.as_str()), (StatusCode::OK, "application/pdf"));
    let shown = house.get(Some(&officer), &format!("/awards/{award}"), "en").await;
    assert!(shown.text().contains("6 months have not passed since receipt"), "{}", shown.text());
    refused(&house.post(Some(&officer), &form, &asked).await, "artıq müraciət olunub");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_and_own_share_are_refused_beside_their_fields() {
    let house = House::new().await;
    let (case, office, _) = fit(&house).await;
    let officer = one(&house, Role::Officer, Some(&office)).await;
    let form = format!("/cases/{case}/award");
    let with = |asked: &Fields, name: &str, value: &str| -> Fields {
        asked.iter().map(|(n, v)| if n == name { (n.clone(), value.to_owned()) } else { (n.clone(), v.clone()) }).collect()
    };
    let asked = application(&house).await;
    refused(&house.post(Some(&officer), &form, &with(&asked, "own_share", "599")).await, "azdır: ən azı");
    refused(&house.post(Some(&officer), &form, &with(&asked, "quote_price-1", "4500")).await, "həddə deyil");
    refused(&house.post(Some(&officer), &form, &with(&asked, "quote-1", "")).await, "Ən azı bir əşya");
    refused(&house.post(Some(&officer), &form, &with(&asked, "jobs_by", "2024-01-01")).await, "İş yerləri nə vaxta");
    let wrong = one(&house, Role::Monitor, Some(&office)).await;
    assert_eq!(house.post(Some(&wrong), &form, &asked).await.status, StatusCode::FORBIDDEN);
}

/// Lodged by one officer, checked by another; gives the award.
async fn eligible(house: &House, case: &str, office: &str) -> String {
    let officers = all(house, Role::Officer, Some(office)).await;
    let lodged = house.post(Some(&officers[0]), &format!("/cases/{case}/award"), &application(house).await).await;
    done(&lodged);
    let award = lodged.location.rsplit('/').next().unwrap().to_owned();
    let check = format!("/awards/{award}/check");
    let seen = fields(&[("proof", "shown"), ("papers_seen", "Bank arayışı 221 və qiymət təklifi 14")]);
    refused(&house.post(Some(&officers[0]), &check, &seen).await, "Bunu başqa şəxs etməlidir");
    done(&house.post(Some(&officers[1]), &check, &seen).await);
    assert_eq!(state(house, &award).await, "2");
    award
}

/// Marks of every criterion, sealed.
fn marks(mark: &str) -> Fields {
    let mut marks = fields(&[("seal", "yes")]);
    for criterion in ["RESULTS", "GROWTH", "JOBS", "CONTRIBUTION", "DUTIES"] {
        marks.push((format!("mark-{criterion}"), mark.to_owned()));
        marks.push((format!("reason-{criterion}"), "rəqəmlər səfərlərlə təsdiqlənir".to_owned()));
    }
    marks
}

/// Scored blind by two evaluators.
async fn scored(house: &House, award: &str, surname: &str) {
    let secretary = one(house, Role::Secretary, None).await;
    let form = format!("/awards/{award}/evaluators");
    let view = house.get(Some(&secretary), &format!("/api{form}"), "az").await;
    let view: serde_json::Value = serde_json::from_str(&view.text()).unwrap();
    let free: Vec<String> =
        view["evaluators"].as_array().unwrap().iter().take(2).map(|one| one[0].as_str().unwrap().to_owned()).collect();
    let give = fields(&[("evaluator", free[0].as_str()), ("evaluator", free[1].as_str())]);
    done(&house.post(Some(&secretary), &form, &give).await);
    let page = format!("/award-scores/{award}");
    for (nth, evaluator) in free.iter().enumerate() {
        let evaluator = house.sign_in(evaluator.parse().unwrap(), Role::Evaluator).await;
        let blind = house.get(Some(&evaluator), &page, "az").await;
        assert_eq!(blind.status, StatusCode::OK);
        assert!(blind.text().contains("İkinci iş yeri açmaq"));
        for hidden in [surname, "Bank arayışı 221", "Texnika MMC"] {
            assert!(!blind.text().contains(hidden), "an evaluator reads {hidden}");
        }
        let queue = house.get(Some(&evaluator), "/", "az").await;
        assert!(queue.text().contains(&page), "the queue leads to the application");
        refused(&house.post(Some(&evaluator), &page, &fields(&[("seal", "yes")])).await, "govuk-error");
        assert_eq!(state(house, award).await, "2");
        done(&house.post(Some(&evaluator), &page, &marks(if nth == 0 { "8" } else { "7" })).await);
        assert_eq!(house.get(Some(&evaluator), &page, "az").await.status, StatusCode::NOT_FOUND, "sealed is sealed");
    }
    let kept = row(house, &format!("select state, mean_tenths from award where award_id = '{award}'")).await;
    assert_eq!(kept, ["3", "750"]);
}

/// A sitting of today on one application, called with so many members; its address and its members.
async fn called(house: &House, round: &str, award: &str, many: u8) -> (String, Vec<String>) {
    called_for(house, round, award, many, "2024-09-02").await
}

async fn called_for(house: &House, round: &str, award: &str, many: u8, day: &str) -> (String, Vec<String>) {
    let secretary = one(house, Role::Secretary, None).await;
    let sql = format!("select officer_id from officer_role where role = 7 order by officer_id limit {many}");
    let members: Vec<String> = rows(house, &sql).await.into_iter().map(|mut found| found.remove(0)).collect();
    let mut call = fields(&[("sits_on", day), ("place", "Bakı"), ("award", award), ("head", &members[0])]);
    call.extend(members.iter().map(|member| ("member".to_owned(), member.clone())));
    let called = house.post(Some(&secretary), &format!("/award-rounds/{round}/sittings"), &call).await;
    done(&called);
    (called.location, members)
}

async fn vote(house: &House, sitting: &str, member: &str, award: &str, choice: &str) {
    let member = house.sign_in(member.parse().unwrap(), Role::Member).await;
    let votes = format!("{sitting}/votes");
    assert_eq!(house.get(Some(&member), &votes, "az").await.status, StatusCode::OK);
    let cast = [(format!("vote-{award}"), choice.to_owned()), (format!("why-{award}"), "Qonşumdur".to_owned())];
    done(&house.post(Some(&member), &votes, &cast).await);
}

/// A sitting on one application at which two members have voted for it.
async fn voted(house: &House, round: &str, award: &str) -> String {
    let (sitting, members) = called(house, round, award, 2).await;
    for member in &members {
        vote(house, &sitting, member, award, "for").await;
    }
    sitting
}

async fn close(house: &House, sitting: &str) -> Answer {
    let secretary = one(house, Role::Secretary, None).await;
    let id = sitting.rsplit('/').next().unwrap();
    let present = rows(house, &format!("select officer_id from award_sitting_member where sitting_id = '{id}'")).await;
    let mut closure = fields(&[("rest", "granted")]);
    closure.extend(present.iter().map(|member| ("present".to_owned(), member[0].clone())));
    house.post(Some(&secretary), &format!("{sitting}/closure"), &closure).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_award_goes_from_two_blind_scores_to_delivery_and_its_event() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;

    let round = open_round(&house).await;
    let granted = || async {
        row(&house, &format!("select granted from award_round where round_id = '{round}'")).await[0].parse::<i64>().unwrap()
    };
    let before = granted().await;
    let sitting = voted(&house, &round, &award).await;
    done(&close(&house, &sitting).await);
    assert_eq!((state(&house, &award).await.as_str(), granted().await), ("4", before + 400_000));

    let to = |noun: &str| format!("/awards/{award}/{noun}");
    let officers = all(&house, Role::Officer, Some(&office)).await;
    let head = one(&house, Role::OfficeHead, Some(&office)).await;
    let draft = fields(&[("place_of_use", "Nizami küçəsi 14"), ("explained_in", "az"), ("conditions_same", "yes")]);
    let sign = fields(&[("explained", "yes"), ("beneficiary_signed", "yes")]);
    refused(&house.post(Some(&head), &to("signature"), &sign).await, "bunu etmək olmaz");
    done(&house.post(Some(&officers[0]), &to("contract"), &draft).await);
    done(&house.post(Some(&head), &to("signature"), &sign).await);
    assert_eq!(state(&house, &award).await, "5");
    let paper = house.get(Some(&head), &to("contract.pdf"), "az").await;
    assert_eq!((paper.status, paper.kind.as_str()), (StatusCode::OK, "application/pdf"));

    let buyers = all(&house, Role::Procurement, None).await;
    let supplier = row(&house, "select supplier_id from supplier order by voen").await.remove(0);
    let order = house.post(Some(&buyers[0]), &to("order"), &fields(&[("supplier", &supplier), ("due_on", "2024-10-01")])).await;
    done(&order);
    refused(
        &house.post(Some(&buyers[0]), &to("order"), &fields(&[("supplier", &supplier), ("due_on", "2024-10-01")])).await,
        "sifariş artıq verilib",
    );
    done(&house.post(Some(&buyers[1]), &format!("{}/approval", order.location), &[]).await);
    let keeper = one(&house, Role::Storekeeper, Some(&office)).await;
    let came = fields(&[(&format!("serial-{case}-1-1"), "HM-SINAQ-1"), (&format!("serial-{case}-1-2"), "HM-SINAQ-2")]);
    done(&house.post(Some(&keeper), &format!("{}/delivery", order.location), &came).await);

    let pieces = rows(&house, &format!("select asset_id from asset where award_id = '{award}' order by serial")).await;
    assert_eq!(pieces.len(), 2);
    let events =
        format!("select count(*) from journal where case_id = '{case}' and kind < 300 and payload like '%award.delivered%'");
    let hand_over = |taken: &[&str]| {
        let mut form = fields(&[
            ("happened_on", "2024-09-02"),
            ("time", "09:00"),
            ("place", "Emalatxana"),
            ("witness", "Şahid"),
            ("confirmed", "yes"),
        ]);
        for piece in taken {
            form.push((format!("take-{piece}"), "accepted".to_owned()));
            form.push((format!("condition-{piece}"), "1".to_owned()));
        }
        form
    };
    done(&house.post(Some(&keeper), &to("delivery"), &hand_over(&[&pieces[0][0]])).await);
    assert_eq!((state(&house, &award).await.as_str(), row(&house, &events).await[0].as_str()), ("5", "0"));
    done(&house.post(Some(&keeper), &to("delivery"), &hand_over(&[&pieces[1][0]])).await);
    assert_eq!((state(&house, &award).await.as_str(), row(&house, &events).await[0].as_str()), ("6", "1"));
    let milestone = row(&house, &format!("select awarded_on from case_milestone where case_id = '{case}'")).await;
    assert_eq!(milestone[0], "2024-09-02");
    let act = row(&house, &format!("select delivery_id from award_delivery where award_id = '{award}' order by number")).await;
    let act = house.get(Some(&keeper), &to(&format!("deliveries/{}", act[0])), "az").await;
    assert_eq!((act.status, act.kind.as_str()), (StatusCode::OK, "application/pdf"));

    let account = fields(&[
        ("own_spent", "720"),
        ("receipts", "Kassa çekləri 14, 15"),
        ("jobs_made", "1"),
        ("sales", "1300"),
        ("finding", "Yeni maşınlar işləyir, bir işçi götürülüb"),
        ("seen", "yes"),
    ]);
    done(&house.post(Some(&officers[0]), &to("account"), &account).await);
    assert_eq!(state(&house, &award).await, "7");
    refused(&house.post(Some(&head), &to("closure"), &fields(&[("confirmed", "yes")])).await, "davam edir");
    run(&house, &format!("update award_contract set ends_on = '2024-09-01' where award_id = '{award}'")).await;
    done(&house.post(Some(&head), &to("closure"), &fields(&[("confirmed", "yes")])).await);
    let owned = row(&house, &format!("select count(*) from asset where award_id = '{award}' and state = 3")).await;
    assert_eq!((state(&house, &award).await.as_str(), owned[0].as_str()), ("8", "2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_votes_of_members_who_came_decide_an_award_and_a_quorum_of_them() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let (sitting, members) = called(&house, &open_round(&house).await, &award, 3).await;
    vote(&house, &sitting, &members[0], &award, "for").await;
    vote(&house, &sitting, &members[1], &award, "recused").await;
    vote(&house, &sitting, &members[2], &award, "for").await;

    let secretary = one(&house, Role::Secretary, None).await;
    let closure = |present: &[&String], decision: &str| {
        let mut form = fields(&[("rest", decision), ("rest_reason", "Satış artmır")]);
        form.extend(present.iter().map(|member| ("present".to_owned(), (*member).clone())));
        form
    };
    let address = format!("{sitting}/closure");
    let first_two = [&members[0], &members[1]];
    refused(&house.post(Some(&secretary), &address, &closure(&first_two[..1], "granted")).await, "Yetərsay yoxdur");
    // A stranger to the sitting does not make its quorum.
    let stranger = row(&house, "select officer_id from officer_role where role = 6").await.remove(0);
    refused(&house.post(Some(&secretary), &address, &closure(&[&members[0], &stranger], "granted")).await, "Yetərsay yoxdur");
    // The third voted ahead and did not come, the second stepped aside: one vote is left, and two are a quorum.
    for decision in ["granted", "refused"] {
        let answer = house.post(Some(&secretary), &address, &closure(&first_two, decision)).await;
        refused(&answer, "iştirakçılardan 1 nəfər səs verib, 2 səs lazımdır");
        assert!(answer.text().contains("Satış artmır"), "what was typed is kept");
    }
    assert_eq!(state(&house, &award).await, "3");
    let early = house.get(Some(&secretary), &format!("{sitting}/minutes.pdf"), "az").await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "there are no minutes of what goes on");

    vote(&house, &sitting, &members[1], &award, "for").await;
    refused(&house.post(Some(&secretary), &address, &closure(&first_two, "refused")).await, "imtina edilə bilməz");
    done(&house.post(Some(&secretary), &address, &closure(&first_two, "granted")).await);
    assert_eq!(state(&house, &award).await, "4");
    let shown = house.get(Some(&secretary), &sitting, "az").await.text();
    assert!(shown.contains("lehinə 2, əleyhinə 0"), "the vote of who did not come is not shown: {shown}");
    assert!(shown.contains("(iştirak etməyib)"));
    let minutes = format!("{sitting}/minutes.pdf");
    assert!(shown.contains(&minutes), "the page leads to the minutes");
    let minutes = house.get(Some(&secretary), &minutes, "az").await;
    assert_eq!((minutes.status, minutes.kind.as_str()), (StatusCode::OK, "application/pdf"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_too_few_may_decide_is_put_off_to_another_sitting() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let round = open_round(&house).await;
    let (sitting, members) = called(&house, &round, &award, 2).await;
    for member in &members {
        vote(&house, &sitting, member, &award, "recused").await;
    }
    let secretary = one(&house, Role::Secretary, None).await;
    let mut closure = fields(&[("rest", "put-off"), ("rest_reason", "Üzvlər kənara çəkilib")]);
    closure.extend(members.iter().map(|member| ("present".to_owned(), member.clone())));
    done(&house.post(Some(&secretary), &format!("{sitting}/closure"), &closure).await);
    assert_eq!(state(&house, &award).await, "3");
    let again = voted(&house, &round, &award).await;
    done(&close(&house, &again).await);
    assert_eq!(state(&house, &award).await, "4");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitting_on_awards_is_not_closed_before_its_day() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let (sitting, members) = called_for(&house, &open_round(&house).await, &award, 2, "2024-09-05").await;
    for member in &members {
        vote(&house, &sitting, member, &award, "for").await;
    }
    refused(&close(&house, &sitting).await, "5 sentyabr 2024 tarixində keçirilir");
    assert_eq!(state(&house, &award).await, "3");
    let secretary = one(&house, Role::Secretary, None).await;
    for (lang, words) in [("az", "ondan əvvəl bağlamaq olmaz"), ("en", "cannot be closed before"), ("ru", "раньше нельзя")]
    {
        let page = house.get(Some(&secretary), &format!("{sitting}/closure"), lang).await.text();
        assert!(page.contains(words) && !page.contains("name=\"rest\""), "{page}");
    }
    let shown = house.get(Some(&secretary), &sitting, "az").await.text();
    assert!(!shown.contains(&format!("{sitting}/closure")), "nothing leads to the closing yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sittings_that_close_at_once_never_give_more_than_the_round_has() {
    let house = House::new().await;
    let round = open_round(&house).await;
    let mut sittings = Vec::new();
    for _ in 0..2 {
        let (case, office, surname) = fit(&house).await;
        let award = eligible(&house, &case, &office).await;
        scored(&house, &award, &surname).await;
        sittings.push(voted(&house, &round, &award).await);
    }
    run(&house, &format!("update award_round set budget = granted + 500000 where round_id = '{round}'")).await;
    let (one, other) = tokio::join!(close(&house, &sittings[0]), close(&house, &sittings[1]));
    let statuses = [one.status, other.status];
    assert!(statuses.contains(&StatusCode::SEE_OTHER) && statuses.contains(&StatusCode::UNPROCESSABLE_ENTITY), "{statuses:?}");
    let loser = if one.status == StatusCode::SEE_OTHER { &other } else { &one };
    refused(loser, "vəsaiti çatmır");
    let left = row(&house, &format!("select budget - granted from award_round where round_id = '{round}'")).await;
    assert_eq!(left[0], "100000");
    // Whatever the program believes, the database gives no more than there is.
    let mut tx = house.app.system().await.unwrap();
    let beyond = AssertSqlSafe(format!("update award_round set granted = granted + 100001 where round_id = '{round}'"));
    assert!(sqlx::query(beyond).execute(tx.conn()).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_scored_an_application_never_decides_it() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let scorer = row(&house, &format!("select officer_id from award_score where award_id = '{award}'")).await.remove(0);
    run(
        &house,
        &format!("insert into officer_role (officer_id, role, home_office, offices) values ('{scorer}', 7, 0, array[0])"),
    )
    .await;
    let round = open_round(&house).await;
    let secretary = one(&house, Role::Secretary, None).await;
    let other = row(&house, "select officer_id from officer_role where role = 7 order by officer_id").await.remove(0);
    let call = fields(&[
        ("sits_on", "2024-09-02"),
        ("place", "Bakı"),
        ("award", &award),
        ("member", &scorer),
        ("member", &other),
        ("head", &other),
    ]);
    let answer = house.post(Some(&secretary), &format!("/award-rounds/{round}/sittings"), &call).await;
    refused(&answer, "qərar verə bilməz");
    // Past the page the database refuses it too.
    let id = Uuid::now_v7();
    let sql = format!(
        "insert into case_duty (person_id, case_id, conflict, officer_id, duty, office)
         select person_id, case_id, 14, '{scorer}', 40, office from award where award_id = '{award}'"
    );
    let mut tx = house.app.system().await.unwrap();
    let again = sqlx::query(AssertSqlSafe(sql)).execute(tx.conn()).await;
    assert!(again.is_err(), "{id}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_opened_by_one_and_approved_by_another() {
    let house = House::new().await;
    let managers = all(&house, Role::Manager, None).await;
    let new = fields(&[
        ("title", "Sınaq dövrəsi"),
        ("opens_on", "2024-09-02"),
        ("closes_on", "2024-12-01"),
        ("rolling", "yes"),
        ("budget", "50000"),
    ]);
    let too_much: Fields =
        new.iter().map(|(n, v)| (n.clone(), if n == "budget" { "90000000".to_owned() } else { v.clone() })).collect();
    refused(&house.post(Some(&managers[0]), "/award-rounds", &too_much).await, "Sıfırdan çox");
    let opened = house.post(Some(&managers[0]), "/award-rounds", &new).await;
    done(&opened);
    let approval = format!("{}/approval", opened.location);
    let yes = fields(&[("decision", "approve")]);
    refused(&house.post(Some(&managers[0]), &approval, &yes).await, "Bunu başqa şəxs etməlidir");
    let finance = one(&house, Role::Finance, None).await;
    let queue = house.get(Some(&finance), "/", "az").await;
    assert!(queue.text().contains(&approval));
    done(&house.post(Some(&finance), &approval, &yes).await);
    let list = house.get(Some(&managers[1]), "/award-rounds", "az").await;
    assert!(list.text().contains("Sınaq dövrəsi"));
}
