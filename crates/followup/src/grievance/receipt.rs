//! `GET /grievances/{grievance}/receipt`: the number, and by when an answer comes. Whoever took it in prints it, also when
//! they may not read the grievance any more.

use super::{link, store};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{SummaryRow, button_link, notice, summary_list},
    request::Page,
};
use registry::programme;
use values::id::{GrievanceId, OfficeId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<GrievanceId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let receipt = store::receipt(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let readable = store::find(&mut tx, id).await?.is_some();
    let lang = page.lang;
    let channel = programme.grievances().channel(&receipt.channel);
    let channel = channel.map_or_else(|| receipt.channel.clone(), |channel| lang.sentence(channel.name.text(lang)));
    let office = programme.office(OfficeId(receipt.office)).map(|office| office.name.text(lang).to_owned());
    let title = page.t("grievance-receipt");
    let body = html! {
        article class="dayaq-decision" {
            (notice::confirmation(&page.t("grievance-received"), html! { (page.t("grievance-number")) br; strong { (receipt.number) } }))
            (summary_list(&[
                SummaryRow::text(page.t("grievance-lodged-on"), &lang.date(receipt.lodged_on)),
                SummaryRow::text(page.t("grievance-channel"), &channel),
                SummaryRow::text(page.t("grievance-office"), &office.unwrap_or_else(|| page.t("grievance-centre"))),
                SummaryRow::text(page.t("grievance-update-due-on"), &lang.date(receipt.update_due_on)),
                SummaryRow::text(page.t("grievance-due-on"), &lang.date(receipt.due_on)),
            ]))
            p class="govuk-body" { (lang.with("grievance-receipt-next", &[("hotline", programme.about().hotline.as_str().into())])) }
            p class="govuk-body" { (page.t("grievance-receipt-safe")) }
            button class="govuk-button govuk-button--secondary dayaq-print" type="button" hidden data-print { (page.t("page-print")) }
        }
        @if readable { (button_link(&page.t("grievance-open"), &link(id))) }
        @else { p class="govuk-body" { (page.t("grievance-receipt-covered")) } }
    };
    page.show(&title, &receipt, body)
}
