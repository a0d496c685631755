//! `GET` and `POST /cases/{case}/closing/decision`: the head of the office approves a closing, or sends it back.

use super::{
    super::{CLOSING_SENT_BACK, death},
    Refusal,
    store::{self, Proposal},
};
use crate::case::{CloseReason, Duty, Facts, Happening, action::closed, heading, law, store as cases};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::{SummaryRow, shell, summary_list},
    request::Page,
    scope::Tx,
};
use serde_json::json;
use values::id::{CaseId, OfficerId};

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

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let law = law(app)?;
    let mut loaded = cases::load_for(tx, &law, case, form).await?;
    let proposal = store::open(tx, loaded.file.person(), case).await?.ok_or_else(|| Stop::refused(&Refusal::NoneWaits))?;
    let mut read = form.reader();
    let approved = read.choice("decision", &["approve", "send_back"]) == "approve";
    let note = read.optional("note");
    if !approved && note.is_none() {
        read.wrong("note", Message::new("case-closing-note-missing"));
    }
    let note = read.finish(Some(note))?;
    if proposal.proposed_by == page.officer()?.0 {
        return Err(Stop::refused(&crate::case::Refusal::SamePerson { one: Duty::ApproveClosing, other: Duty::ProposeClosing }));
    }
    cases::claim(tx, &loaded.file, Duty::ApproveClosing).await?;
    store::decide(tx, &proposal, approved, note.as_deref()).await?;
    if approved {
        let reason = CloseReason::from_number(proposal.reason).context("a closing for an unknown reason")?;
        let facts = Facts::CaseClosed {
            reason,
            proposed_by: Some(OfficerId(proposal.proposed_by)),
            continued_by: proposal.continued_by.map(CaseId),
        };
        let happening = Happening::on(page.today, facts).because(proposal.words);
        cases::append(tx, &law, &mut loaded, vec![happening]).await?;
    } else {
        if proposal.continued_by.is_some() {
            death::store::unsettle(tx, loaded.file.person(), case).await?;
        }
        let told = json!({ "case": case, "proposal": proposal.proposal_id });
        tx.note(CLOSING_SENT_BACK, loaded.file.person(), &told, note.as_deref())?;
    }
    Ok(heading::link(case))
}

const NAMES: &str = "
    select o.name, coalesce(f.receipt, '')
    from officer o
    left join case_file f on f.case_id = $2
    where o.officer_id = $1";

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let loaded = cases::load(&mut tx, &*law(app)?, case).await?;
    let head = heading::draw(&mut tx, page, &loaded).await?;
    let proposal = store::open(&mut tx, loaded.file.person(), case).await?;
    let names: (String, String) = match &proposal {
        None => Default::default(),
        Some(proposal) => sqlx::query_as(NAMES)
            .bind(proposal.proposed_by)
            .bind(proposal.continued_by)
            .fetch_one(tx.conn())
            .await
            .context("finding who proposed a closing")?,
    };
    let title = page.t("case-closing-decide");
    let choices =
        ["approve", "send_back"].map(|code| (code.to_owned(), page.t(&format!("case-closing-{}", code.replace('_', "-")))));
    let body = html! {
        (head)
        (shell::heading(&page.t("case-closing-title"), &title))
        @match &proposal {
            None => (closed(page, &Refusal::NoneWaits, case)),
            Some(proposal) => {
                (summary(page, proposal, &names))
                (draw::form(page, &format!("{}/decision", super::link(case)), Some(loaded.file.version), &page.t("case-closing-decide-submit"), html! {
                    (draw::radios(page, form, &errors, "decision", "case-closing-decision", choices.to_vec()))
                    (draw::area(page, form, &errors, "note", "case-closing-note", 3).hint("case-closing-note-hint"))
                }))
            }
        }
    };
    page.show_form(&title, &json!({ "case": loaded.file, "proposal": proposal }), &errors, body)
}

fn summary(page: &Page, proposal: &Proposal, (proposer, heir): &(String, String)) -> Markup {
    let reason = CloseReason::from_number(proposal.reason).map(|reason| reason.message().text(page.lang)).unwrap_or_default();
    let mut rows = vec![
        SummaryRow::text(page.t("case-closing-why"), &reason),
        SummaryRow::text(page.t("case-reason"), &proposal.words),
        SummaryRow::text(page.t("case-closing-proposed-by"), proposer),
        SummaryRow::text(page.t("case-closing-proposed-at"), &page.lang.moment(proposal.proposed_at)),
    ];
    if !heir.is_empty() {
        rows.push(SummaryRow::text(page.t("case-death-heir"), heir));
    }
    summary_list(&rows)
}
