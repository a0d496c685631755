//! Appeals on the page of a case, and the way to lodge one while the case has a decision to appeal against.

use super::{
    LODGE, READ, case_link, link, rules,
    show::{kind_words, state},
    store,
};
use anyhow::Result;
use maud::{Markup, html};
use platform::{
    page::{Column, Table, action::quiet_button_link},
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::case;

pub(super) async fn draw(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case.filter(|_| page.may(&READ)) else { return Ok(None) };
    let appeals = store::of_case(tx, subject.person, case).await?;
    let events = case::store::events(tx, subject.person, case).await?;
    let may_lodge = page.may(&LODGE) && !rules::decisions(&events).is_empty();
    let lodge = may_lodge.then(|| html! { (quiet_button_link(&page.t("appeal-new"), &format!("{}/new", case_link(case)))) });
    if appeals.is_empty() {
        return Ok(lodge);
    }
    let rows = appeals.iter().map(|appeal| {
        vec![
            html! { a class="govuk-link" href=(link(appeal.id())) { (kind_words(page, appeal)) } },
            html! { (page.lang.date(appeal.lodged_on)) },
            html! { (page.lang.date(appeal.due_on)) },
            state(page, appeal),
        ]
    });
    Ok(Some(html! {
        (Table::new(&page.lang, "appeals", page.t("appeal-title"))
            .quiet_caption()
            .column(Column::new(page.t("appeal-against")))
            .column(Column::new(page.t("appeal-lodged-on")))
            .column(Column::new(page.t("appeal-due-on")))
            .column(Column::new(page.t("appeal-state")))
            .rows(rows))
        @if let Some(lodge) = lodge { (lodge) }
    }))
}
