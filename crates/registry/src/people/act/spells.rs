//! `POST /people/{person}/spells`: a spell of unemployment ends, a new one begins.

use super::{Act, Asked, reason};
use crate::people::{SPELL_BEGUN, SPELL_ENDED, codes, types::Basis};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::Stop,
    draw,
    message::{Errors, Explain, Message},
    page::form::group,
    scope::Tx,
};
use serde_json::json;

pub(crate) const SPELLS: Act = Act { noun: "spells", fields, act: |tx, asked| Box::pin(act(tx, asked)) };

/// Why a spell may not be written so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// There is nothing to end.
    NoneOpen,
    /// One spell at a time.
    StillOpen,
    /// It would end before it began.
    EndsBeforeBeginning,
    /// It would begin before the one before it ended.
    Overlaps,
    /// A day that lies ahead.
    Ahead,
    Nothing,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Refusal::NoneOpen => "people-spell-none-open",
            Refusal::StillOpen => "people-spell-still-open",
            Refusal::EndsBeforeBeginning => "people-error-order",
            Refusal::Overlaps => "people-spell-overlaps",
            Refusal::Ahead => "people-error-ahead",
            Refusal::Nothing => "people-error-nothing",
        })
    }
}

/// A change of the spells: the open one ends, one begins, or both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    pub ended_on: Option<NaiveDate>,
    pub begun_on: Option<NaiveDate>,
}

/// Judges a step by the spells so far, each with its first day and its last.
pub fn judge(spells: &[(NaiveDate, Option<NaiveDate>)], step: Step, today: NaiveDate) -> Result<(), Refusal> {
    let open = spells.iter().find(|(_, ended_on)| ended_on.is_none()).map(|(begun_on, _)| *begun_on);
    if step.ended_on.max(step.begun_on).is_some_and(|day| day > today) {
        return Err(Refusal::Ahead);
    }
    match (step.ended_on, open) {
        (None, _) if step.begun_on.is_none() => return Err(Refusal::Nothing),
        (Some(_), None) => return Err(Refusal::NoneOpen),
        (Some(ended_on), Some(begun_on)) if ended_on < begun_on => return Err(Refusal::EndsBeforeBeginning),
        (None, Some(_)) => return Err(Refusal::StillOpen),
        _ => {}
    }
    let last = spells.iter().filter_map(|(_, ended_on)| *ended_on).chain(step.ended_on).max();
    match step.begun_on.zip(last) {
        Some((begun_on, last)) if begun_on <= last => Err(Refusal::Overlaps),
        _ => Ok(()),
    }
}

fn fields(asked: &Asked<'_>) -> Markup {
    let Asked { page, form, errors, .. } = asked;
    let options = Basis::ALL.iter().map(|basis| (basis.code().to_owned(), codes::words(page.lang, "basis", basis.code())));
    let is_open = asked.known.spells.iter().any(|spell| spell.ended_on.is_none());
    html! {
        @if is_open {
            (group(&page.t("people-spell-end"), html! { (draw::date(page, form, errors, "ended_on", "people-ended-on")) }))
        }
        (group(&page.t("people-spell-begin"), html! {
            (draw::radios(page, form, errors, "basis", "people-basis", options.collect()).compact())
            (draw::date(page, form, errors, "begun_on", "people-begun-on"))
        }))
    }
}

async fn act(tx: &mut Tx, asked: &Asked<'_>) -> Result<(), Stop> {
    let mut read = asked.form.reader();
    let ended_on = read.optional_date("ended_on");
    let begun_on = read.optional_date("begun_on");
    let basis = read.optional("basis").and_then(|code| Basis::from_code(&code));
    if begun_on.is_some() && basis.is_none() {
        read.wrong("basis", Message::new("form-error-choice"));
    }
    let step = read.finish(Some(Step { ended_on, begun_on }))?;
    let spells: Vec<_> = asked.known.spells.iter().map(|spell| (spell.begun_on, spell.ended_on)).collect();
    judge(&spells, step, asked.page.today).map_err(|refusal| at(refusal, step))?;
    if let Some(day) = step.ended_on {
        end(tx, asked, day).await?;
    }
    if let Some((day, basis)) = step.begun_on.zip(basis) {
        begin(tx, asked, day, basis).await?;
    }
    Ok(())
}

fn at(refusal: Refusal, step: Step) -> Errors {
    let field = match refusal {
        Refusal::Overlaps | Refusal::StillOpen => "begun_on",
        Refusal::Ahead if step.begun_on > step.ended_on => "begun_on",
        Refusal::NoneOpen | Refusal::Nothing => "begun_on",
        Refusal::EndsBeforeBeginning | Refusal::Ahead => "ended_on",
    };
    Errors::at(field, refusal.message())
}

const END: &str = "
    update unemployment_spell
    set ended_on = $2
    where person_id = $1
    and ended_on is null";

async fn end(tx: &mut Tx, asked: &Asked<'_>, day: NaiveDate) -> Result<()> {
    let person = &asked.known.person;
    sqlx::query(END).bind(person.person_id).bind(day).execute(tx.conn()).await.context("ending a spell")?;
    tx.note(SPELL_ENDED, person.id(), &json!({ "day": day }), reason(asked))?;
    Ok(())
}

const BEGIN: &str = "
    insert into unemployment_spell (person_id, begun_on, basis, office)
    values ($1, $2, $3, $4)";

async fn begin(tx: &mut Tx, asked: &Asked<'_>, day: NaiveDate, basis: Basis) -> Result<()> {
    let person = &asked.known.person;
    let query = sqlx::query(BEGIN).bind(person.person_id).bind(day).bind(basis as i16).bind(person.office);
    query.execute(tx.conn()).await.context("beginning a spell")?;
    tx.note(SPELL_BEGUN, person.id(), &json!({ "day": day, "basis": basis.code() }), reason(asked))?;
    Ok(())
}
