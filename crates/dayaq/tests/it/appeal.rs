//! Appeals through the pages: a changed decision brings the case back, and nobody decides who had a part.

use crate::asking::{fields, refused, row, stage};
use crate::house::{Answer, House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;

/// A manager; the same officer may hold more roles, as in small offices.
async fn manager(house: &House, officer: &str) -> Visitor {
    let mut tx = house.app.system().await.unwrap();
    let grant = AssertSqlSafe(format!(
        "insert into officer_role (officer_id, role, home_office, offices)
         select '{officer}', 14, home_office, offices from officer_role where role = 14 limit 1
         on conflict do nothing"
    ));
    sqlx::query(grant).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    house.sign_in(officer.parse().unwrap(), Role::Manager).await
}

async fn another_manager(house: &House) -> Visitor {
    let found = row(house, "select officer_id from officer_role where role = 14 order by officer_id desc").await;
    house.sign_in(found[0].parse().unwrap(), Role::Manager).await
}

/// A manager who had no part in anything that was decided in a case.
async fn manager_free_of(house: &House, case: &str) -> Visitor {
    let sql = format!(
        "select officer_id from officer_role
         where role = 14 and officer_id not in (select officer_id from case_duty where case_id = '{case}')
         order by officer_id"
    );
    house.sign_in(row(house, &sql).await[0].parse().unwrap(), Role::Manager).await
}

fn done(answer: &Answer) {
    let text = answer.text();
    let why: String = text.split("govuk-error-summary__list").nth(1).unwrap_or_default().chars().take(400).collect();
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{why}");
}

/// An appeal in time against a refusal, that waits.
const WAITS: &str = "
    select a.appeal_id, a.case_id, a.office, d.officer_id
    from appeal a
    join eligibility_decision d using (person_id, case_id)
    where a.outcome is null
    and a.admitted_on is not null
    and a.against = 5
    order by a.lodged_at";

const WHY: &str = "Yeni arayış göstərir ki, məlumat köhnəlmişdi";

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_refusal_brings_the_case_back_and_the_letter_gives_the_reasons() {
    let house = House::new().await;
    let found = row(&house, WAITS).await;
    let (appeal, case) = (&found[0], &found[1]);
    assert_eq!(stage(&house, case).await, "4");
    let form = format!("/appeals/{appeal}/decision");
    let decider = another_manager(&house).await;
    refused(&house.post(Some(&decider), &form, &fields(&[("outcome", "changed"), ("reason", "olar")])).await, "govuk-error");
    done(&house.post(Some(&decider), &form, &fields(&[("outcome", "changed"), ("reason", WHY)])).await);
    assert_eq!(stage(&house, case).await, "3", "the person is eligible");
    let kept = row(
        &house,
        &format!(
            "select outcome, correction is not null, decided_on <= due_on, conflict from appeal where appeal_id = '{appeal}'"
        ),
    )
    .await;
    assert_eq!(kept, ["2", "true", "true", "30"]);
    let again = house.post(Some(&decider), &form, &fields(&[("outcome", "upheld"), ("reason", WHY)])).await;
    refused(&again, "artıq baxılıb");
    for lang in ["az", "en", "ru"] {
        let letter = house.get(Some(&decider), &format!("/appeals/{appeal}/decision.pdf?language={lang}"), "az").await;
        assert!(letter.body.starts_with(b"%PDF"), "{lang}: {}", letter.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_took_the_decision_is_refused_also_when_two_decide_at_once() {
    let house = House::new().await;
    let found = row(&house, WAITS).await;
    let (appeal, case, took) = (&found[0], &found[1], &found[3]);
    let form = format!("/appeals/{appeal}/decision");
    let own = manager(&house, took).await;
    let upheld = fields(&[("outcome", "upheld"), ("reason", WHY)]);
    let answer = house.post(Some(&own), &form, &upheld).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    assert_eq!(stage(&house, case).await, "4");

    // The database itself refuses a row that names them.
    let mut tx = house.app.system().await.unwrap();
    let forged = format!(
        "update appeal set outcome = 1, decided_on = lodged_on, decided_by = '{took}', conflict = 30, duty = 38
         where appeal_id = '{appeal}'"
    );
    let error = sqlx::query(AssertSqlSafe(forged)).execute(tx.conn()).await.unwrap_err().to_string();
    assert!(error.contains("foreign key"), "{error}");
    drop(tx);

    // Both at once, many times over, and two that may: one decision in the end, and never theirs.
    let other = another_manager(&house).await;
    let forms = (0..6).map(|n| (if n % 2 == 0 { &own } else { &other }, fields(&[("outcome", "upheld"), ("reason", WHY)])));
    let forms: Vec<_> = forms.collect();
    let race = forms.iter().map(|(who, fields)| house.post(Some(who), &form, fields));
    let answers = futures::future::join_all(race).await;
    let won = answers.iter().filter(|answer| answer.status == StatusCode::SEE_OTHER).count();
    assert_eq!(won, 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
    let kept = row(&house, &format!("select decided_by from appeal where appeal_id = '{appeal}'")).await;
    assert_ne!(kept[0], *took);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_appeal_waits_for_admission_and_a_closed_case_comes_back_when_it_wins() {
    let house = House::new().await;
    let found =
        row(&house, "select appeal_id, case_id from appeal where outcome is null and admitted_on is null order by lodged_at")
            .await;
    let (appeal, case) = (&found[0], &found[1]);
    assert_eq!(stage(&house, case).await, "29");
    let decider = another_manager(&house).await;
    let decision = format!("/appeals/{appeal}/decision");
    let changed = fields(&[("outcome", "changed"), ("reason", WHY)]);
    refused(&house.post(Some(&decider), &decision, &changed).await, "gec verilib");
    let admitted = fields(&[("admission", "admit"), ("reason", "Xəstəlik vərəqəsi göstərilib")]);
    done(&house.post(Some(&decider), &format!("/appeals/{appeal}/admission"), &admitted).await);
    done(&house.post(Some(&decider), &decision, &changed).await);
    assert_eq!(stage(&house, case).await, "3", "the closing rested on what no longer stands");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_is_taken_in_once_and_one_after_its_time_needs_a_reason() {
    let house = House::new().await;
    let found = row(
        &house,
        "select f.case_id, f.office, j.entry_id, d.decided_on
         from case_file f
         join eligibility_decision d using (person_id, case_id)
         join journal j on j.person_id = f.person_id and j.case_id = f.case_id and j.kind = 5
         where f.stage = 29 and d.outcome = 2 and d.decided_on < '2024-07-01'
         and not exists (select from appeal a where a.person_id = f.person_id)",
    )
    .await;
    let (case, office, entry, told) = (&found[0], &found[1], &found[2], &found[3]);
    let officer = house.visitor(Role::Grievance, office.parse().ok()).await.unwrap();
    let form = format!("/cases/{case}/appeals/new");
    let base = [("decision", entry.as_str()), ("told_on", told.as_str()), ("grounds", "Qərar köhnə məlumata əsaslanıb")];
    let short = house.post(Some(&officer), &form, &fields(&base)).await;
    refused(&short, "Gecikmənin səbəbini yazın");
    assert!(short.text().contains("köhnə məlumata"), "what was typed stays");
    let late = [&base[..], &[("late_reason", "xəstəxanada müalicə olunurdum")]].concat();
    done(&house.post(Some(&officer), &form, &fields(&late)).await);
    refused(&house.post(Some(&officer), &form, &fields(&late)).await, "hələ baxılır");
    let kept = row(&house, &format!("select admitted_on is null, outcome is null from appeal where case_id = '{case}'")).await;
    assert_eq!(kept, ["true", "true"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_in_reserve_becomes_a_seat_of_those_kept_for_appeals() {
    let house = House::new().await;
    let found = row(
        &house,
        "select f.case_id, f.office, j.entry_id, j.effective_on, c.call, c.region
         from case_file f
         join ranking_candidate c using (person_id, case_id)
         join journal j on j.person_id = f.person_id and j.case_id = f.case_id and j.kind = 7
         where f.stage = 6 and c.outcome = 2 and c.approved_by is not null and c.called_on is null and not c.landholder
         and not f.suspended
         order by j.effective_on desc",
    )
    .await;
    let (case, office, entry, told) = (&found[0], &found[1], &found[2], &found[3]);
    let officer = house.visitor(Role::Grievance, office.parse().ok()).await.unwrap();
    let base = [
        ("decision", entry.as_str()),
        ("told_on", told.as_str()),
        ("grounds", "Prioritet qrupum nəzərə alınmayıb"),
        ("late_reason", "qərar gec çatdı"),
    ];
    let lodged = house.post(Some(&officer), &format!("/cases/{case}/appeals/new"), &fields(&base)).await;
    done(&lodged);
    let decider = manager_free_of(&house, case).await;
    let admission = fields(&[("admission", "admit"), ("reason", "Bildiriş gec çatdırılıb")]);
    house.post(Some(&decider), &format!("{}/admission", lodged.location), &admission).await;
    let decision = fields(&[("outcome", "changed"), ("reason", WHY)]);
    done(&house.post(Some(&decider), &format!("{}/decision", lodged.location), &decision).await);
    assert_eq!(stage(&house, case).await, "5", "a place is offered");
    let seat =
        row(&house, &format!("select called_on is not null from ranking_candidate where case_id = '{case}' and outcome = 2"))
            .await;
    assert_eq!(seat[0], "true", "the seat is counted");
}
