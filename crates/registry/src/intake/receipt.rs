//! `GET /cases/{case}/receipt`: the receipt that the person takes home.

use super::store;
use crate::{case::heading, people, programme};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{SummaryRow, button_link, notice, summary_list},
    request::Page,
};
use serde_json::json;
use values::id::{CaseId, PersonId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let application = store::find(&mut tx, case).await?.ok_or(Fault::NotFound)?;
    let person = people::store::find(&mut tx, PersonId(application.person_id)).await?.ok_or(Fault::NotFound)?;
    let programme = programme::current(&app)?;
    let call = programme.call(&application.call).map(|call| page.lang.pick(&call.name.az, &call.name.en, &call.name.ru));
    let title = page.t("intake-receipt");
    let body = html! {
        (notice::confirmation(&page.t("intake-received"), html! { (application.receipt) }))
        (summary_list(&[
            SummaryRow::text(page.t("people-name"), &person.full_name()),
            SummaryRow::text(page.t("intake-call"), call.unwrap_or(&application.call)),
            SummaryRow::text(page.t("intake-lodged-on"), &page.lang.date(application.lodged_on)),
        ]))
        p class="govuk-body" { (page.t("intake-receipt-next")) }
        (button_link(&page.t("intake-open-case"), &heading::link(case)))
    };
    let view = json!({ "receipt": application.receipt, "lodged_on": application.lodged_on, "call": application.call });
    page.show(&title, &view, body)
}
