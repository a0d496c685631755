//! `GET` and `POST /cases/{case}/screening/decision`: the specialist answers the checks of the trade; the programme's table
//! gives the rating, and the rating clears or stops the plan.

use super::{
    fill::{draw_checks, read_checks},
    link,
    rules::{self, Answered, Refusal, Verdict},
    show::draw_answers,
    store::{self, Screened},
};
use anyhow::Context;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::{form::group, shell::heading},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Code, Facts, Happening, Rating, heading as case_heading},
    programme::{
        self, InForce, keys,
        sheet::{self, Sheet},
    },
};
use serde_json::json;
use values::id::{CaseId, OfficerId, PlanId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, &form, stop.errors()?).await
        }
    }
}

/// What the specialist adds.
struct Decision {
    answered: Answered,
    rating: String,
    verdict: Verdict,
    management_plan_on: Option<NaiveDate>,
    no_objection: Option<Code>,
    reason: Option<String>,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    rules::open(loaded.state.stage).map_err(|refusal| Stop::refused(&refusal))?;
    let plan = loaded.state.plan.context("a submitted case without a plan")?;
    let screened = store::find(tx, loaded.state.person, plan).await?.ok_or_else(|| Stop::refused(&Refusal::NotFilledIn))?;
    let officer = page.officer()?;
    if screened.screened_by == officer.0 {
        return Err(Stop::refused(&Refusal::SamePerson));
    }
    tx.widen().await?;
    let by_bank = store::management_plans(tx).await? < i64::from(programme.parameter(&keys::BANK_REVIEWED_PLANS, page.today));
    tx.narrow().await?;
    let decision = read(form, &programme, page, screened.answered()?, by_bank)?;
    let happening = happening(page, plan, OfficerId(screened.screened_by), &decision);
    case::store::append(tx, &law, &mut loaded, vec![happening]).await?;
    let row = Screened {
        answers: serde_json::to_string(&decision.answered)?,
        rating: Some(decision.rating),
        management_plan_on: decision.management_plan_on,
        no_objection: decision.no_objection.map(|code| code.to_string()),
        decided_at: Some(tx.now()),
        decided_by: Some(officer.0),
        ..screened
    };
    store::decide(tx, &row).await?;
    Ok(link(case))
}

fn happening(page: &Page, plan: PlanId, screened_by: OfficerId, decision: &Decision) -> Happening {
    let facts = match decision.verdict {
        Verdict::Clears(rating) => Facts::PlanCleared {
            plan,
            rating,
            screened_by,
            management_plan_on: decision.management_plan_on,
            no_objection: decision.no_objection,
        },
        Verdict::Stops(cause) => Facts::PlanStopped { plan, cause, screened_by },
    };
    let happening = Happening::on(page.today, facts);
    match &decision.reason {
        Some(reason) => happening.because(reason),
        None => happening,
    }
}

/// A moderate plan needs its management plan, signed; the first of them the Bank's no-objection as well.
fn read(form: &Posted, programme: &InForce, page: &Page, before: Answered, by_bank: bool) -> Result<Decision, Stop> {
    let screening = programme.screening();
    let mut read = form.reader();
    let mut answered = before;
    answered.checks.extend(read_checks(&mut read, rules::checks_of(screening, true)));
    answered.management = Sheet::of(&screening.management_plan, form);
    let reason = read.optional("reason");
    let management_plan_on = read.optional_date("management_plan_on");
    let no_objection = read.optional("no_objection");
    let rating = screening.rate(&answered.answers()).result;
    let verdict = rating.as_deref().and_then(|rating| rules::verdict(screening, rating));
    match verdict {
        Some(Verdict::Clears(Rating::Moderate)) => {
            for error in answered.management.problems(&screening.management_plan).list {
                read.wrong(error.field.as_deref().unwrap_or_default(), error.message);
            }
            match management_plan_on {
                None => read.wrong("management_plan_on", Message::new("screening-error-management-plan")),
                Some(day) if day > page.today => read.wrong("management_plan_on", Message::new("screening-error-future")),
                Some(_) => {}
            }
            if by_bank && no_objection.is_none() {
                read.wrong("no_objection", Message::new("screening-error-no-objection"));
            }
        }
        Some(Verdict::Stops(_)) if reason.is_none() => read.wrong("reason", Message::new("screening-error-reason")),
        _ => {}
    }
    let no_objection = no_objection.and_then(|number| match Code::new(&number) {
        Ok(code) => Some(code),
        Err(_) => {
            read.wrong("no_objection", Message::new("screening-error-number"));
            None
        }
    });
    let is_moderate = verdict == Some(Verdict::Clears(Rating::Moderate));
    let decision = rating.zip(verdict).map(|(rating, verdict)| Decision {
        answered,
        rating,
        verdict,
        management_plan_on: management_plan_on.filter(|_| is_moderate),
        no_objection: no_objection.filter(|_| is_moderate),
        reason,
    });
    Ok(read.finish(decision)?)
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let screening = programme.screening();
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let screened = match loaded.state.plan {
        Some(plan) => store::find(&mut tx, loaded.state.person, plan).await?,
        None => None,
    };
    let refused = rules::open(loaded.state.stage).err().or_else(|| screened.is_none().then_some(Refusal::NotFilledIn));
    let answered = screened.as_ref().map(Screened::answered).transpose()?.unwrap_or_default();
    let view = json!({ "case": loaded.file, "screening": screened, "answers": answered });
    let body = html! {
        (head)
        (heading(&page.t("screening-title"), &page.t("screening-decide")))
        @if let Some(refusal) = &refused {
            p class="govuk-body" { (platform::message::Explain::message(refusal).text(page.lang)) }
        } @else {
            (draw_answers(page, &programme, &answered))
            (draw::form(page, &format!("{}/decision", link(case)), Some(loaded.file.version), &page.t("screening-decide-submit"), html! {
                p class="govuk-body" { (page.t("screening-decide-hint")) }
                (group(&page.t("screening-checks-specialist"), draw_checks(page, form, &errors, rules::checks_of(screening, true))))
                (draw::area(page, form, &errors, "reason", "screening-reason", 3).hint("screening-reason-hint"))
                (group(&page.t("screening-management"), html! {
                    p class="govuk-hint" { (page.t("screening-management-hint")) }
                    (draw::date(page, form, &errors, "management_plan_on", "screening-management-signed"))
                    (draw::input(page, form, &errors, "no_objection", "screening-no-objection").hint("screening-no-objection-hint"))
                    (sheet::fields(page, &screening.management_plan, form, &errors, &[]))
                }))
            }))
        }
    };
    page.show_form(&page.t("screening-decide"), &view, &errors, body)
}
