//! What a second person says to a proposal (approved, or sent back with a reason), and the proposals that wait for it.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use platform::{
    draw,
    form::{Posted, Reader},
    message::{Errors, Message},
    page::{Tone, tag},
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::CaseId;

/// What the second person decides.
pub(crate) struct Said {
    pub approved: bool,
    /// The reason; there whenever it is sent back.
    pub note: Option<String>,
}

/// Reads the decision.
pub(crate) fn read(mut read: Reader<'_>) -> Result<Said, Errors> {
    let decision = read.choice("decision", &["approve", "send_back"]);
    let note = read.optional("note");
    if decision == "send_back" && note.is_none() {
        read.wrong("note", Message::new("monitoring-second-note-missing"));
    }
    read.finish(Some(Said { approved: decision == "approve", note }))
}

/// The fields of the decision.
pub(crate) fn fields(page: &Page, form: &Posted, errors: &Errors) -> Markup {
    let choices = [("approve", "monitoring-second-approve"), ("send_back", "monitoring-second-send-back")];
    let choices = choices.map(|(value, key)| (value.to_owned(), page.t(key))).to_vec();
    html! {
        (draw::radios(page, form, errors, "decision", "monitoring-second-decision", choices))
        (draw::area(page, form, errors, "note", "monitoring-second-note", 3).hint("monitoring-second-note-hint"))
    }
}

/// How far a proposal is, as a tag.
pub(super) fn state(page: &Page, approved: Option<bool>) -> Markup {
    match approved {
        None => tag(Tone::Attention, &page.t("monitoring-second-waits")),
        Some(true) => tag(Tone::Good, &page.t("monitoring-second-approved")),
        Some(false) => tag(Tone::Neutral, &page.t("monitoring-second-sent-back")),
    }
}

#[derive(FromRow)]
struct Row {
    case_id: Uuid,
    about: String,
    proposed_at: DateTime<Utc>,
    is_title: bool,
    total: i64,
}

const WAITING: &str = "
    select w.case_id, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as about, w.proposed_at, w.is_title, count(*) over () as total
    from (
        select person_id, case_id, proposed_at, false as is_title
        from term_extension
        where decided_at is null
        union all
        select person_id, case_id, proposed_at, true
        from ownership
        where decided_at is null) w
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    where f.closed_on is null
    order by w.proposed_at
    limit $1";

/// Longer terms and titles that wait for the head of the office.
pub(super) async fn waiting(tx: &mut Tx, _: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> = sqlx::query_as(WAITING).bind(limit).fetch_all(tx.conn()).await.context("finding proposals to decide")?;
    let total = rows.first().map_or(0, |row| row.total);
    let item = |row: Row| {
        let case = CaseId(row.case_id);
        let (task, path) = match row.is_title {
            true => ("monitoring-queue-ownership", format!("/cases/{case}/ownership/decision")),
            false => ("monitoring-queue-extension", format!("/cases/{case}/extension/decision")),
        };
        QueueItem { task: Message::new(task), about: row.about, link: path, since: row.proposed_at.date_naive(), due: None }
    };
    Ok(Queue { items: rows.into_iter().map(item).collect(), total, overdue: 0 })
}
