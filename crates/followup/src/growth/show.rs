//! `GET /awards/{award}`: an application with everything that came of it; and the awards' part of a case's page.

use super::{
    ACCOUNT, APPLY, CHECK, CLOSE, DELIVER, HELP, ORDER, PREPARE, READ, SIGN, account, contract, delivery, help, letter, link,
    round::store as rounds,
    rules::{self, Finding},
    scoring,
    state::State as Stage,
    store::{self, Award, Help, Line},
};
use crate::{appeal, monitoring::store::officer_name};
use anyhow::Result;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    clock,
    page::{
        Column, SummaryRow, Table, Tone, action::quiet_button_link, button_link, buttons, panel, shell::heading, summary_list,
        tag,
    },
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::{
    case::{self, Stage as CaseStage, heading as case_heading},
    programme::{self, InForce},
};
use serde_json::json;
use values::{
    Money,
    id::{AwardId, CaseId, OfficerId},
};

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<AwardId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let award = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, &app, &page, &award, "growth-award").await?;
    let lines = store::lines(&mut tx, &award).await?;
    let round = rounds::find(&mut tx, award.round_id).await?.ok_or(Fault::NotFound)?;
    let helped = store::help(&mut tx, &award).await?;
    let scores = scoring::show::scores(&mut tx, &page, &award).await?;
    let contract = contract::store::find(&mut tx, &award).await?;
    let given = delivery::show::given(&mut tx, &app, &page, &award).await?;
    let account = account::find(&mut tx, &award).await?;
    let findings_now = rules::judge(&award.facts()?);
    let people = people(&mut tx, &page, &award, &helped).await?;
    let title = page.lang.with("growth-award-named", &[("number", award.number.as_str().into())]);
    let view = json!({ "award": award, "round": round.number, "lines": lines, "help": helped, "conditions": findings_now,
        "contract": contract, "account": account });
    let body = html! {
        (head)
        (steps(&page, &award))
        (acts(&page, &award, contract.as_ref(), account.as_ref()))
        (people)
        (summary(&page, &app, &award, &lines)?)
        (panel::panel(&page.t("growth-conditions"), findings(&page, &findings_now)))
        @if !helped.is_empty() { (panel::panel(&page.t("growth-help-panel"), help_table(&page, &helped))) }
        @if let Some(scores) = scores { (panel::panel(&page.t("growth-scores"), scores)) }
        @if let Some(contract) = &contract { (panel::panel(&page.t("growth-contract"), contract::show(&page, &award, contract))) }
        @if let Some(given) = given { (panel::panel(&page.t("growth-delivery"), given)) }
        @if let Some(account) = &account { (panel::panel(&page.t("growth-account"), account::shown(&page, account))) }
    };
    page.show(&title, &view, body)
}

/// The head of every page about an award: whose case, and what is done.
pub(super) async fn heading_of(tx: &mut Tx, app: &App, page: &Page, award: &Award, key: &str) -> Result<Markup, Fault> {
    let loaded = case::store::load(tx, &*case::law(app)?, award.case()).await?;
    let head = case_heading::draw(tx, page, &loaded).await?;
    Ok(html! { (head) (heading(&format!("{} · {}", page.t("growth-panel"), award.number), &page.t(key))) })
}

/// Who lodged, checked and advises.
async fn people(tx: &mut Tx, page: &Page, award: &Award, helped: &[Help]) -> Result<Markup> {
    let lodged = officer_name(tx, OfficerId(award.lodged_by)).await?;
    let mut rows = vec![
        SummaryRow::new(page.t("growth-state"), award.state().tag(page)),
        SummaryRow::text(page.t("growth-lodged"), &format!("{lodged}, {}", page.lang.moment(award.lodged_at))),
    ];
    if let (Some(by), Some(at)) = (award.checked_by, award.checked_at) {
        let name = officer_name(tx, OfficerId(by)).await?;
        rows.push(SummaryRow::text(page.t("growth-checked"), &format!("{name}, {}", page.lang.moment(at))));
        rows.push(SummaryRow::text(page.t("growth-papers-seen"), award.papers_seen.as_deref().unwrap_or("–")));
    }
    if let Some(adviser) = award.adviser_id {
        let name = officer_name(tx, OfficerId(adviser)).await?;
        let waits = helped.is_empty() && !award.state().is_over();
        rows.push(SummaryRow::new(
            page.t("growth-adviser"),
            html! {
                (name) @if waits { " " (tag(Tone::Attention, &page.t("growth-help-waits"))) }
            },
        ));
    }
    if let Some(day) = award.decided_on {
        rows.push(SummaryRow::text(page.t("growth-decided-on"), &page.lang.date(day)));
    }
    if award.granted > 0 {
        rows.push(SummaryRow::text(page.t("growth-granted"), &page.lang.money(Money::from_qepik(award.granted))));
    }
    if let Some(reason) = &award.reason {
        rows.push(SummaryRow::text(page.t("growth-reason"), reason));
    }
    Ok(summary_list(&rows))
}

/// How far the award is on its way.
fn steps(page: &Page, award: &Award) -> Markup {
    const WAY: [Stage; 8] = [
        Stage::Applied,
        Stage::Eligible,
        Stage::Scored,
        Stage::Granted,
        Stage::Contracted,
        Stage::Delivered,
        Stage::Accounted,
        Stage::Closed,
    ];
    let state = award.state();
    html! {
        @if WAY.contains(&state) {
            ol class="govuk-list govuk-list--number" aria-label=(page.t("growth-steps")) {
                @for step in WAY {
                    li aria-current=[(step == state).then_some("step")] {
                        @if step == state { strong { (page.t(&format!("growth-state-{}", step.code()))) } }
                        @else { (page.t(&format!("growth-state-{}", step.code()))) }
                        @if step <= state { " ✓" }
                    }
                }
            }
        }
    }
}

/// What whoever reads may do next.
fn acts(page: &Page, award: &Award, contract: Option<&contract::store::Contract>, account: Option<&account::Account>) -> Markup {
    let id = award.id();
    let to = |noun: &str| format!("{}/{noun}", link(id));
    let state = award.state();
    let officer = page.officer().ok().map(|officer| officer.0);
    let drafted = contract.is_some();
    buttons(html! {
        @if state == Stage::Applied && page.may(&CHECK) && officer != Some(award.lodged_by) {
            (button_link(&page.t("growth-check"), &to("check")))
        }
        @if state == Stage::Eligible && page.may(&scoring::ASSIGN) { (button_link(&page.t("growth-assign"), &to("evaluators"))) }
        @if state == Stage::Granted && page.may(&PREPARE) { (button_link(&page.t("growth-contract-draft"), &to("contract"))) }
        @if state == Stage::Granted && drafted && page.may(&SIGN) { (button_link(&page.t("growth-contract-sign"), &to("signature"))) }
        @if state == Stage::Contracted && page.may(&ORDER) { (button_link(&page.t("growth-order"), &to("order"))) }
        @if state == Stage::Contracted && page.may(&DELIVER) { (button_link(&page.t("growth-deliver"), &to("delivery"))) }
        @if state == Stage::Delivered && page.may(&ACCOUNT) { (button_link(&page.t("growth-account-write"), &to("account"))) }
        @if state == Stage::Accounted && page.may(&CLOSE) && account.is_some_and(|one| Some(one.accounted_by) != officer) {
            (button_link(&page.t("growth-close"), &to("closure")))
        }
        @if !state.is_over() && page.may(&HELP) { (quiet_button_link(&page.t("growth-help"), &to("help"))) }
        @if help::may_withdraw(award) && page.may(&APPLY) { (quiet_button_link(&page.t("growth-withdraw"), &to("withdrawal"))) }
        @if state == Stage::Refused && page.may(&appeal::LODGE) {
            (quiet_button_link(&page.t("appeal-new"), &format!("{}/new", appeal::case_link(award.case()))))
        }
        @if letter::is_decided(award) { (quiet_button_link(&page.t("growth-letter"), &to("decision.pdf"))) }
        @if drafted { (quiet_button_link(&page.t("growth-contract-paper"), &to("contract.pdf"))) }
    })
}

/// What is asked for and why.
pub(super) fn summary(page: &Page, app: &App, award: &Award, lines: &[Line]) -> Result<Markup, Fault> {
    let programme = programme::current(app)?;
    let lang = page.lang;
    let money = |qepik: i64| lang.money(Money::from_qepik(qepik));
    let jobs = match award.jobs_by.filter(|_| award.jobs > 0) {
        Some(day) => lang.with("growth-jobs-until", &[("jobs", award.jobs.into()), ("day", lang.date(day).into())]),
        None => award.jobs.to_string(),
    };
    let direction = programme.direction(&award.direction).map_or(award.direction.as_str(), |d| d.name.text(lang));
    let grants = if award.other_grants.is_empty() { page.t("growth-none") } else { award.other_grants.clone() };
    let proof = page.t(&format!("growth-proof-{}", award.own_proof));
    Ok(html! {
        (summary_list(&[
            SummaryRow::text(page.t("commission-direction"), direction),
            SummaryRow::text(page.t("growth-plan"), &award.plan),
            SummaryRow::text(page.t("growth-market"), &award.market),
            SummaryRow::text(page.t("growth-sales-now"), &money(award.sales_now)),
            SummaryRow::text(page.t("growth-sales-after"), &money(award.sales_after)),
            SummaryRow::text(page.t("growth-jobs"), &jobs),
            SummaryRow::text(page.t("growth-own-share"), &format!("{} · {proof} · {}", money(award.own_share), award.own_paper)),
            SummaryRow::text(page.t("growth-other-grants"), &grants),
        ]))
        (line_table(page, &programme, award, lines))
    })
}

/// The things asked for, with their sum.
pub(super) fn line_table(page: &Page, programme: &InForce, award: &Award, lines: &[Line]) -> Markup {
    let lang = page.lang;
    let money = |qepik: i64| lang.money(Money::from_qepik(qepik));
    let day = clock::local(award.lodged_at).date();
    let rows = lines.iter().map(|line| {
        vec![
            html! { (item_name(programme, page, &line.item, day)) },
            html! { @if line.quoted_by.is_empty() { (page.t("growth-from-catalogue")) } @else { (line.quoted_by) } },
            html! { (line.quantity) },
            html! { (money(line.unit_price)) },
            html! { (money(line.amount())) },
        ]
    });
    let table = Table::new(&page.lang, "award-lines", page.t("growth-asked-for"))
        .column(Column::new(page.t("growth-item")))
        .column(Column::new(page.t("growth-quoted-by")))
        .column(Column::numeric(page.t("growth-quantity")))
        .column(Column::numeric(page.t("growth-unit-price")))
        .column(Column::numeric(page.t("growth-sum")))
        .rows(rows)
        .foot(vec![html! { (page.t("growth-asked")) }, html! {}, html! {}, html! {}, html! { (money(award.asked)) }]);
    html! { (table) }
}

/// The name of a thing: of the catalogue, or as quoted.
pub(super) fn item_name(programme: &InForce, page: &Page, item: &str, day: chrono::NaiveDate) -> String {
    programme.item(item, day).map_or_else(|| item.to_owned(), |item| page.lang.sentence(item.name.text(page.lang)))
}

/// The conditions, each met or not, with what it rests on.
pub(super) fn findings(page: &Page, findings: &[Finding]) -> Markup {
    let rows = findings.iter().map(|finding| {
        let mark = match finding.met {
            true => tag(Tone::Good, &page.t("growth-met")),
            false => tag(Tone::Bad, &page.t("growth-unmet")),
        };
        vec![html! { (finding.message.text(page.lang)) }, mark]
    });
    let table = Table::new(&page.lang, "conditions", page.t("growth-conditions"))
        .quiet_caption()
        .column(Column::new(page.t("growth-condition")))
        .column(Column::short(page.t("growth-state")))
        .rows(rows);
    html! { (table) }
}

fn help_table(page: &Page, helped: &[Help]) -> Markup {
    let rows = helped
        .iter()
        .map(|help| vec![html! { (page.lang.date(help.helped_on)) }, html! { (help.minutes) }, html! { (help.done) }]);
    let table = Table::new(&page.lang, "help", page.t("growth-help-panel"))
        .quiet_caption()
        .column(Column::new(page.t("growth-helped-on")))
        .column(Column::numeric(page.t("growth-minutes")))
        .column(Column::new(page.t("growth-help-done")))
        .rows(rows);
    html! { (table) }
}

/// The awards' part of a case's page.
pub(super) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case.filter(|_| page.may(&READ)) else { return Ok(None) };
    let awards = store::of_case(tx, subject.person, case).await?;
    let may = may_apply(tx, page, case, &awards).await?;
    if awards.is_empty() && !may {
        return Ok(None);
    }
    let rows = awards.iter().map(|award| {
        vec![
            html! { a class="govuk-link" href=(link(award.id())) { (award.number) } },
            html! { (page.lang.date(clock::local(award.lodged_at).date())) },
            award.state().tag(page),
            html! { (page.lang.money(Money::from_qepik(if award.granted > 0 { award.granted } else { award.asked }))) },
        ]
    });
    let table = Table::new(&page.lang, "awards", page.t("growth-panel"))
        .quiet_caption()
        .column(Column::new(page.t("growth-number")))
        .column(Column::new(page.t("growth-lodged-on")))
        .column(Column::new(page.t("growth-state")))
        .column(Column::numeric(page.t("growth-sum")))
        .rows(rows);
    Ok(Some(html! {
        @if awards.is_empty() { p class="govuk-body" { (page.t("growth-panel-none")) } } @else { (table) }
        @if may { (buttons(html! { (button_link(&page.t("growth-apply"), &format!("/cases/{case}/award"))) })) }
    }))
}

/// Whether an application could be written down now: the conditions themselves stand on its page.
async fn may_apply(tx: &mut Tx, page: &Page, case: CaseId, awards: &[Award]) -> Result<bool> {
    if !page.may(&APPLY) {
        return Ok(false);
    }
    let open = rounds::open(tx, page.today).await?;
    let fresh = open.iter().any(|round| awards.iter().all(|award| award.round_id != round.round_id));
    let file = case::store::find(tx, case).await?;
    let stages = [CaseStage::Operating, CaseStage::Owner].map(|stage| stage as i16);
    Ok(fresh && file.is_some_and(|file| stages.contains(&file.stage)))
}
