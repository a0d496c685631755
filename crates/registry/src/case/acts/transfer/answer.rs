//! `GET` and `POST /cases/{case}/transfer/answer`: the office that is asked takes a case over, or says why not.
//!
//! The request stands in its scope, the case does not. So the request is found first, and only then does the transaction
//! widen, for the few facts that the answer needs and for the move itself.

use super::{
    Refusal, answer_link,
    ask::office_name,
    carry::carry,
    may_leave,
    store::{self, Request},
};
use crate::{
    case::{Facts, Happening, Law, Stage, action::LEAST_REASON, heading, law, store as cases},
    people,
    programme::{self, InForce},
};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::{SummaryRow, notice, shell, summary_list},
    request::Page,
    scope::Tx,
};
use serde::Serialize;
use values::id::{CaseId, OfficeId};

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

/// The request of a case to an office of whoever acts; to anybody else there is none.
async fn asked(tx: &mut Tx, case: CaseId) -> Result<Request, Fault> {
    let request = store::open(tx, case).await?.ok_or(Fault::NotFound)?;
    match tx.who().offices.contains(&OfficeId(request.to_office)) {
        true => Ok(request),
        false => Err(Fault::NotFound),
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let law = law(app)?;
    let request = asked(tx, case).await?;
    let mut read = form.reader();
    let accepts = read.choice("answer", &["accept", "refuse"]) == "accept";
    let words = match accepts {
        true => read.text("words"),
        false => read.reason("words", LEAST_REASON),
    };
    let words = read.finish(Some(words))?;
    tx.widen().await?;
    settle(tx, app, &law, &request, accepts, &words, page.today).await?;
    tx.narrow().await?;
    Ok(if accepts { heading::link(case) } else { "/".to_owned() })
}

async fn settle(
    tx: &mut Tx,
    app: &App,
    law: &Law,
    request: &Request,
    accepts: bool,
    words: &str,
    today: NaiveDate,
) -> Result<(), Stop> {
    let mut loaded = cases::lock(tx, law, request.case()).await?;
    let to = OfficeId(request.to_office);
    if accepts {
        may_leave(&loaded.state).map_err(|refusal| Stop::refused(&refusal))?;
    }
    let facts = if accepts { Facts::TransferAccepted { to } } else { Facts::TransferRefused { to } };
    let mut happening = Happening::on(today, facts);
    happening.reason = Some(words.to_owned()).filter(|words| !words.is_empty());
    cases::append(tx, law, &mut loaded, vec![happening]).await?;
    store::answer(tx, request, accepts, words).await?;
    if accepts {
        carry(tx, app, request.person(), request.case(), to).await?;
    }
    Ok(())
}

/// What the office that is asked sees of the case, and nothing more.
#[derive(Serialize)]
struct Brief {
    request: Request,
    name: String,
    residence: Option<String>,
    stage: Stage,
    since: NaiveDate,
    direction: String,
    equipment: u16,
    /// Why it may not be taken over today.
    #[serde(skip)]
    refusal: Option<Message>,
}

async fn brief(tx: &mut Tx, app: &App, request: Request) -> Result<Brief, Fault> {
    let law = law(app)?;
    tx.widen().await?;
    let loaded = cases::load(tx, &law, request.case()).await?;
    let person = people::store::find(tx, request.person()).await?.ok_or(Fault::NotFound)?;
    tx.narrow().await?;
    let state = &loaded.state;
    let gone = state.transfer.is_none().then(|| Refusal::NoneWaits.message());
    Ok(Brief {
        name: person.full_name(),
        residence: person.residence,
        stage: state.stage,
        since: state.stage_since,
        direction: state.direction.to_string(),
        equipment: state.assets_held,
        refusal: gone.or_else(|| may_leave(state).err().map(|refusal| refusal.message())),
        request,
    })
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let request = asked(&mut tx, case).await?;
    let brief = brief(&mut tx, app, request).await?;
    let title = page.t("case-transfer-answer-title");
    let choices = ["accept", "refuse"].map(|code| (code.to_owned(), page.t(&format!("case-transfer-{code}")))).to_vec();
    let body = html! {
        (shell::heading(&brief.request.receipt, &title))
        (summary_list(&rows(page, &programme, &brief)))
        @if let Some(refusal) = &brief.refusal { (notice::warning(&page.lang, &refusal.text(page.lang))) }
        p class="govuk-body" { (page.t("case-transfer-answer-hint")) }
        (draw::form(page, &answer_link(case), None, &page.t("case-transfer-answer-submit"), html! {
            (draw::radios(page, form, &errors, "answer", "case-transfer-answer", choices))
            (draw::area(page, form, &errors, "words", "case-transfer-words", 3).hint("case-transfer-words-hint"))
        }))
    };
    page.show_form(&title, &brief, &errors, body)
}

fn rows(page: &Page, programme: &InForce, brief: &Brief) -> Vec<SummaryRow> {
    let (lang, request) = (page.lang, &brief.request);
    let unit = brief.residence.as_deref().and_then(|code| programme.unit(code)).map(|unit| unit.name.text(lang));
    let direction = programme.direction(&brief.direction).map_or(brief.direction.as_str(), |direction| direction.name.text(lang));
    let stage = format!("{}, {}", brief.stage.message().text(lang), lang.date(brief.since));
    vec![
        SummaryRow::text(page.t("case-person"), &brief.name),
        SummaryRow::text(page.t("case-transfer-residence"), unit.unwrap_or_default()),
        SummaryRow::text(page.t("case-list-direction"), direction),
        SummaryRow::text(page.t("case-list-stage"), &stage),
        SummaryRow::text(page.t("case-transfer-equipment"), &lang.number(brief.equipment.into())),
        SummaryRow::text(page.t("case-transfer-from"), &office_name(page, programme, request.from_office)),
        SummaryRow::text(page.t("case-reason"), &request.reason),
        SummaryRow::text(page.t("case-transfer-requested-on"), &lang.date(request.requested_on)),
        SummaryRow::text(page.t("case-transfer-due"), &lang.date(request.due_on)),
    ]
}
