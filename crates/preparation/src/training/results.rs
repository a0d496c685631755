//! `GET` and `POST /cohorts/{cohort}/results`: tests, and what the course ends with for each member.

use super::{
    link,
    rules::{self, Outcome},
    show::hours,
    store::{self, Certificate, Cohort, Member},
};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::{Errors, Message},
    page::{form::group, shell::heading},
    request::Page,
    scope::Tx,
};
use registry::case::{self, Code, Facts, Happening, Law, LeaveReason};
use ring::rand::SecureRandom;
use serde_json::json;
use values::id::{CaseId, CohortId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(cohort): Path<CohortId>) -> Answer {
    show(&app, &page, cohort, None, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(cohort): Path<CohortId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, cohort, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, cohort, Some(&form), stop.errors()?).await
        }
    }
}

/// What the trainer says of one member.
struct Told {
    member: Member,
    before: Option<i16>,
    after: Option<i16>,
    outcome: Option<Outcome>,
    reason: Option<LeaveReason>,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: CohortId, form: &Posted) -> Result<String, Stop> {
    let cohort = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let law = case::law(app)?;
    let members: Vec<Member> = store::members(tx, id).await?.into_iter().filter(|m| m.result.is_none()).collect();
    let mut read = form.reader();
    let told: Vec<Told> = members.into_iter().map(|member| read_member(&mut read, member)).collect();
    let told = read.finish(Some(told))?;
    for told in told {
        keep_tests(tx, id, &told).await?;
        if told.outcome.is_some() {
            end(tx, &law, page, &cohort, told).await?;
        }
    }
    sqlx::query(CLOSE).bind(id.0).bind(page.today).execute(tx.conn()).await.context("closing a cohort")?;
    Ok(link(id))
}

const CLOSE: &str = "
    update cohort c
    set closed_on = $2
    where c.cohort_id = $1
    and c.ends_on <= $2
    and exists (select from enrolment e where e.cohort_id = $1)
    and not exists (select from enrolment e where e.cohort_id = $1 and e.result is null)";

fn read_member(read: &mut Reader<'_>, member: Member) -> Told {
    let case = member.case_id;
    let before = read.optional_integer(&format!("before-{case}"), 0..=100);
    let after = read.optional_integer(&format!("after-{case}"), 0..=100);
    let outcome = Outcome::from_code(&read.text(&format!("result-{case}")));
    let reason_field = format!("reason-{case}");
    let reason = LeaveReason::from_code(&read.text(&reason_field));
    if outcome == Some(Outcome::Dropped) && reason.is_none() {
        read.wrong(&reason_field, Message::new("form-error-choice"));
    }
    let narrow = |points: Option<i64>| points.and_then(|points| i16::try_from(points).ok());
    Told { before: narrow(before).or(member.test_before), after: narrow(after).or(member.test_after), member, outcome, reason }
}

const TESTS: &str = "
    update enrolment
    set test_before = $4, test_after = $5
    where person_id = $1
    and case_id = $2
    and cohort_id = $3";

const RESULT: &str = "
    update enrolment
    set result = $4, result_on = $5
    where person_id = $1
    and case_id = $2
    and cohort_id = $3";

async fn keep_tests(tx: &mut Tx, cohort: CohortId, told: &Told) -> Result<()> {
    sqlx::query(TESTS)
        .bind(told.member.person_id)
        .bind(told.member.case_id)
        .bind(cohort.0)
        .bind(told.before)
        .bind(told.after)
        .execute(tx.conn())
        .await
        .context("keeping tests")?;
    Ok(())
}

async fn end(tx: &mut Tx, law: &Law, page: &Page, cohort: &Cohort, told: Told) -> Result<(), Stop> {
    let Some(outcome) = told.outcome else { return Ok(()) };
    let member = &told.member;
    let mut loaded = case::store::lock(tx, law, CaseId(member.case_id)).await?;
    let attended_minutes = u16::try_from(member.attended_minutes).unwrap_or(0);
    let score = told.after.and_then(|points| u8::try_from(points).ok()).unwrap_or(0);
    let given = store::certificates_given(tx, &loaded.file).await?;
    let number = rules::certificate_number(&loaded.file.receipt, given);
    let id = cohort.id();
    let facts = match outcome {
        Outcome::Completed => {
            let certificate = Code::new(&number).map_err(|_| anyhow::anyhow!("{number} is not a certificate's number"))?;
            Facts::TrainingCompleted { cohort: id, attended_minutes, score, certificate }
        }
        Outcome::Failed => Facts::TrainingFailed { cohort: id, attended_minutes, score },
        Outcome::Dropped => {
            Facts::TrainingDropped { cohort: id, attended_minutes, reason: told.reason.unwrap_or(LeaveReason::Other) }
        }
    };
    case::store::append(tx, law, &mut loaded, vec![Happening::on(page.today, facts)]).await?;
    sqlx::query(RESULT)
        .bind(member.person_id)
        .bind(member.case_id)
        .bind(cohort.cohort_id)
        .bind(outcome as i16)
        .bind(page.today)
        .execute(tx.conn())
        .await
        .context("keeping a result")?;
    if outcome == Outcome::Completed {
        let trainer = page.acting.as_ref().map(|acting| acting.name.clone()).unwrap_or_default();
        store::certify(tx, &[paper(page, cohort, member, number, trainer)?]).await?;
    }
    Ok(())
}

fn paper(page: &Page, cohort: &Cohort, member: &Member, number: String, trainer: String) -> Result<Certificate> {
    let mut random = [0u8; 15];
    ring::rand::SystemRandom::new().fill(&mut random).ok().context("drawing a certificate's code")?;
    Ok(Certificate {
        person_id: member.person_id,
        case_id: member.case_id,
        number,
        office: cohort.office,
        code: rules::certificate_code(&random),
        holder: member.name.clone(),
        hours: member.attended_minutes / 60,
        begun_on: cohort.starts_on,
        ended_on: cohort.ends_on,
        place: cohort.venue.clone(),
        trainer,
        issued_on: page.today,
    })
}

async fn show(app: &App, page: &Page, id: CohortId, form: Option<&Posted>, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let cohort = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let members: Vec<Member> = store::members(&mut tx, id).await?.into_iter().filter(|m| m.result.is_none()).collect();
    let law = case::law(app)?;
    let terms = law.terms_on(cohort.starts_on);
    let over = cohort.ends_on <= page.today;
    let before = Posted::of(members.iter().flat_map(|member| {
        let points = |points: Option<i16>| points.map(|p| p.to_string()).unwrap_or_default();
        let outcome = match (over, member.test_after) {
            (true, Some(_)) => {
                rules::outcome(member.attended_minutes, terms.training_floor_minutes, member.test_after, terms.pass_mark).code()
            }
            _ => "",
        };
        [
            (format!("before-{}", member.case_id), points(member.test_before)),
            (format!("after-{}", member.case_id), points(member.test_after)),
            (format!("result-{}", member.case_id), outcome.to_owned()),
        ]
    }));
    let hint = page.lang.with(
        "training-results-hint",
        &[
            ("hours", page.lang.decimal(f64::from(terms.training_floor_minutes) / 60.0, 1).into()),
            ("mark", u32::from(terms.pass_mark).into()),
        ],
    );
    let view = json!({ "cohort": cohort, "members": members });
    let body = draw_results(page, &cohort, &members, &hint, form.unwrap_or(&before), &errors);
    page.show_form(&page.t("training-results"), &view, &errors, body)
}

fn draw_results(page: &Page, cohort: &Cohort, members: &[Member], hint: &str, form: &Posted, errors: &Errors) -> Markup {
    let outcomes = || {
        let mut list = vec![(String::new(), page.t("training-outcome-not-yet"))];
        list.extend(
            Outcome::ALL.map(|outcome| (outcome.code().to_owned(), page.t(&format!("training-outcome-{}", outcome.code())))),
        );
        list
    };
    let reasons = || LeaveReason::ALL.iter().map(|r| (r.code().to_owned(), r.message().text(page.lang))).collect::<Vec<_>>();
    let fields: Vec<(&Member, [String; 4])> = members
        .iter()
        .map(|member| (member, ["before", "after", "result", "reason"].map(|name| format!("{name}-{}", member.case_id))))
        .collect();
    html! {
        (heading(&cohort.number, &page.t("training-results")))
        p class="govuk-body" { (hint) }
        (draw::form(page, &format!("{}/results", link(cohort.id())), None, &page.t("training-results-submit"), html! {
            @for (member, [before, after, result, reason]) in &fields {
                (group(&page.lang.with("training-member-hours", &[("name", member.name.as_str().into()), ("hours", hours(page, member.attended_minutes).into())]), html! {
                    (draw::number(page, form, errors, before, "training-test-before"))
                    (draw::number(page, form, errors, after, "training-test-after"))
                    (draw::radios(page, form, errors, result, "training-outcome", outcomes()).compact())
                    (draw::select(page, form, errors, reason, "training-drop-reason", reasons()))
                }))
            }
        }))
    }
}
