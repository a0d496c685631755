//! `GET` and `POST /cases/{case}/defence`: the defence before a panel, marked apart from the sealed scores.

use super::{
    rules::Refusal,
    store::{self, Defence},
};
use crate::blind_score::{Marked, Marks};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{form::group, shell::heading},
    request::Page,
    role::Role,
    scope::Tx,
};
use registry::{
    case::{self, Facts, Happening, Stage, heading as case_heading},
    programme::{self, ScoreSheet, keys},
};
use serde_json::json;
use uuid::Uuid;
use values::id::{CaseId, OfficerId};

/// The sheet by which defences are marked.
const SHEET: &str = "DEFENCE";

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
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let plan = loaded.state.plan.filter(|_| loaded.state.stage == Stage::Scored);
    let plan = plan.ok_or_else(|| Stop::refused(&Refusal::NotScored))?;
    let sheet = programme.score_sheet(SHEET, page.today).context("the programme has no sheet for defences")?;
    let (panel, marks) = read(form, sheet)?;
    let needed = programme.parameter(&keys::DEFENCE_PANEL, page.today);
    if panel.len() < needed as usize {
        return Err(Stop::refused(&Refusal::PanelTooSmall { needed }));
    }
    let points = sheet.points(|code| marks.get(code).and_then(|marked| marked.mark)).map_err(anyhow::Error::from)?;
    let mark = u8::try_from(points.0).context("points above 100")?;
    let panel = panel.into_iter().map(OfficerId).collect();
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, Facts::DefenceHeld { plan, panel, mark })]).await?;
    let row = Defence {
        person_id: loaded.file.person_id,
        plan_id: plan.0,
        case_id: case.0,
        office: loaded.file.office,
        held_on: page.today,
        marks: serde_json::to_string(&marks)?,
        points: mark.into(),
        recorded_by: page.officer()?.0,
    };
    store::insert_defences(tx, &[row]).await?;
    Ok(case_heading::link(case))
}

fn read(form: &Posted, sheet: &ScoreSheet) -> Result<(Vec<Uuid>, Marks), Errors> {
    let mut read = form.reader();
    let panel: Vec<Uuid> = read.many("panel").iter().filter_map(|id| id.parse().ok()).collect();
    let mut marks = Marks::new();
    for criterion in &sheet.criteria {
        let points = read.integer(&format!("mark-{}", criterion.code), 0..=i64::from(sheet.scale));
        if let Some(mark) = points.and_then(|points| u32::try_from(points).ok()) {
            marks.insert(criterion.code.to_string(), Marked { mark: Some(mark), reason: String::new() });
        }
    }
    read.finish(Some((panel, marks)))
}

const JUDGES: &str = "
    select distinct o.officer_id, o.name
    from officer o
    join officer_role r using (officer_id)
    where r.role = $1
    and o.disabled_on is null
    order by o.name";

/// Members of commissions by name.
pub(super) async fn judges(tx: &mut Tx) -> Result<Vec<(Uuid, String)>> {
    sqlx::query_as(JUDGES).bind(Role::Member as i16).fetch_all(tx.conn()).await.context("finding members of commissions")
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let judges = judges(&mut tx).await?;
    let sheet = programme.score_sheet(SHEET, page.today).context("the programme has no sheet for defences")?;
    let options = judges.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>();
    let fields: Vec<_> = sheet.criteria.iter().map(|criterion| (criterion, format!("mark-{}", criterion.code))).collect();
    let title = page.t("commission-defence");
    let scale = page.lang.with("score-mark", &[("scale", sheet.scale.into())]);
    let view = json!({ "case": loaded.file, "judges": options, "criteria": sheet.criteria });
    let body = html! {
        (head)
        (heading(&page.t("commission-panel"), &title))
        @if loaded.state.stage != Stage::Scored { p class="govuk-body" { (page.t("commission-refusal-not-scored")) } }
        @else {
            (draw::form(page, &format!("/cases/{case}/defence"), Some(loaded.file.version), &page.t("commission-defence-submit"), html! {
                (draw::boxes(page, form, &errors, "panel", "commission-defence-panel", options).compact())
                @for (criterion, name) in &fields {
                    (group(&page.lang.sentence(criterion.name.text(page.lang)), html! {
                        p class="govuk-hint" { (criterion.guide.text(page.lang)) }
                        (draw::number(page, form, &errors, name, "").labelled(scale.as_str()).of(page.lang.sentence(criterion.name.text(page.lang))))
                    }))
                }
            }))
        }
    };
    page.show_form(&title, &view, &errors, body)
}
