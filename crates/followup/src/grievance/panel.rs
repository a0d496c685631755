//! Grievances on the page of a person and of a case. Of confidential ones nothing shows to whoever may not see them.

use super::{
    LODGE, READ, link, lodge,
    show::{category, state},
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
use registry::programme;

pub(super) async fn draw(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    if !page.may(&READ) {
        return Ok(None);
    }
    let programme = programme::current(&page.app)?;
    let grievances = store::of_person(tx, subject.person, subject.case).await?;
    let lodge = page.may(&LODGE).then(|| {
        html! {
            (quiet_button_link(&page.t("grievance-new"), &lodge::about(subject.person, subject.case)))
        }
    });
    if grievances.is_empty() {
        return Ok(lodge);
    }
    let rows = grievances.iter().map(|grievance| {
        vec![
            html! { a class="govuk-link" href=(link(grievance.id())) { (grievance.number) } },
            html! { (category(page, &programme, &grievance.category)) },
            html! { (page.lang.date(grievance.lodged_on)) },
            state(page, &programme, grievance),
        ]
    });
    Ok(Some(html! {
        (Table::new(&page.lang, "grievances", page.t("grievance-title"))
            .quiet_caption()
            .column(Column::short(page.t("grievance-number")))
            .column(Column::new(page.t("grievance-category")))
            .column(Column::short(page.t("grievance-lodged-on")))
            .column(Column::new(page.t("grievance-state")))
            .rows(rows))
        @if let Some(lodge) = lodge { (lodge) }
    }))
}
