//! The fields in which an evaluator marks, criterion by criterion, each with a reason; and those of whoever asks for scores or
//! steps aside.

use super::{Marked, Marks};
use anyhow::Context;
use maud::{Markup, html};
use platform::{
    answer::Stop,
    draw,
    form::{Posted, Reader},
    message::Errors,
    page::{buttons, form::group, panel, quiet_button},
    request::Page,
};
use registry::{case::action::LEAST_REASON, programme::ScoreSheet};
use uuid::Uuid;

/// Marks as they were typed, with the points they come to if they are to be sealed.
pub struct Read {
    pub marks: Marks,
    pub points: Option<i16>,
}

/// Marks and reasons; they must be complete only when they are to be sealed.
pub fn read_marks(form: &Posted, sheet: &ScoreSheet) -> Result<Read, Stop> {
    let seals = form.value("seal") == "yes";
    let marks = marks_of(form.reader(), sheet, seals)?;
    if !seals {
        return Ok(Read { marks, points: None });
    }
    let points = sheet.points(|code| marks.get(code).and_then(|marked| marked.mark)).context("adding up marks")?;
    let points = i16::try_from(points.0).context("points above 100")?;
    Ok(Read { marks, points: Some(points) })
}

fn marks_of(mut read: Reader<'_>, sheet: &ScoreSheet, seals: bool) -> Result<Marks, Errors> {
    let mut marks = Marks::new();
    for criterion in &sheet.criteria {
        let (mark, reason) = (format!("mark-{}", criterion.code), format!("reason-{}", criterion.code));
        let points = match seals {
            true => read.integer(&mark, 0..=i64::from(sheet.scale)),
            false => read.optional_integer(&mark, 0..=i64::from(sheet.scale)),
        };
        let reason = if seals { read.reason(&reason, LEAST_REASON) } else { read.text(&reason) };
        let mark = points.and_then(|points| u32::try_from(points).ok());
        if mark.is_some() || !reason.is_empty() {
            marks.insert(criterion.code.to_string(), Marked { mark, reason });
        }
    }
    read.finish(Some(marks))
}

/// The form of marks kept before.
pub fn marks_before(marks: &Marks) -> Posted {
    Posted::of(marks.iter().flat_map(|(code, marked)| {
        let mark = marked.mark.map(|mark| mark.to_string()).unwrap_or_default();
        [(format!("mark-{code}"), mark), (format!("reason-{code}"), marked.reason.clone())]
    }))
}

/// A field for the mark and one for the reason of each criterion.
pub fn draw_marks(page: &Page, sheet: &ScoreSheet, action: &str, form: &Posted, errors: &Errors) -> Markup {
    let fields: Vec<_> = sheet
        .criteria
        .iter()
        .map(|criterion| (criterion, format!("mark-{}", criterion.code), format!("reason-{}", criterion.code)))
        .collect();
    let scale = page.lang.with("score-mark", &[("scale", sheet.scale.into())]);
    html! {
        (draw::form(page, action, None, &page.t("score-keep"), html! {
            @for (criterion, mark, reason) in &fields {
                (group(&page.lang.sentence(criterion.name.text(page.lang)), html! {
                    p class="govuk-hint" { (criterion.guide.text(page.lang)) }
                    (draw::number(page, form, errors, mark, "").labelled(scale.as_str()).of(page.lang.sentence(criterion.name.text(page.lang))))
                    (draw::area(page, form, errors, reason, "score-reason", 2).of(page.lang.sentence(criterion.name.text(page.lang))))
                }))
            }
            (draw::boxes(page, form, errors, "seal", "score-seal", vec![("yes".to_owned(), page.t("score-seal-yes"))]).hint("score-seal-hint"))
        }))
    }
}

/// The panel in which an evaluator who knows the author steps aside.
pub fn draw_aside(page: &Page, action: &str, form: &Posted, errors: &Errors) -> Markup {
    panel::panel(
        &page.t("score-recuse"),
        html! {
            form method="post" action=(action) {
                (draw::hidden(page, None))
                (draw::area(page, form, errors, "why", "score-recuse-why", 2))
                (buttons(html! { (quiet_button(page.t("score-recuse-submit"))) }))
            }
        },
    )
}

/// The evaluators chosen, in the order of the form.
pub fn read_chosen(form: &Posted) -> Result<Vec<Uuid>, Errors> {
    let mut read = form.reader();
    let chosen = read.many("evaluator").iter().filter_map(|id| id.parse().ok()).collect();
    read.finish(Some(chosen))
}
