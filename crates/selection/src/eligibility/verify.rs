//! `GET /cases/{case}/eligibility`: the evidence beside the rules' answers, and the decision that follows from them.
//! `POST` confirms or refuses.

use super::{
    DECIDE, READ, gather,
    ground::{Decided, Ground},
    known::evidence,
    rules::{first_failing, may_decide},
    ruleset::RuleSet,
    store::{self, Decision, OpenPapers},
    types::{Evidence, Outcome},
    words::{self, FactLine, RuleLine},
};
use ::rules::Verdict;
use anyhow::{Context, anyhow};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{Column, Table, Tone, action::quiet_button_link, notice, tag},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Code, Facts, Happening, Stage, heading},
    programme::{self, Assessment, Programme, Step},
};
use serde::Serialize;
use uuid::Uuid;
use values::id::{CaseId, OfficeId};

/// The page of the decision.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/eligibility")
}

/// What the rules say of a case today.
pub(super) struct Question {
    pub loaded: case::Loaded,
    pub evidence: Evidence,
    pub assessment: Assessment,
}

impl Question {
    /// Asks the rules of eligibility about a case.
    pub async fn ask(tx: &mut Tx, programme: &Programme, loaded: case::Loaded, today: NaiveDate) -> anyhow::Result<Self> {
        let known = gather::known(tx, &loaded, today).await?;
        let evidence = evidence(&known, programme, today);
        let assessment = programme.assess(Step::Eligibility, &evidence.facts(), today);
        Ok(Self { loaded, evidence, assessment })
    }
}

#[derive(Serialize)]
struct View {
    case: case::CaseFile,
    verdict: Verdict,
    facts_checked_on: NaiveDate,
    rules: Vec<RuleLine>,
    facts: Vec<FactLine>,
    decision: Option<Decision>,
    papers: Option<OpenPapers>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<CaseId>) -> Answer {
    show(&app, &page, id, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match decide(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, id, &form, stop.errors()?).await
        }
    }
}

async fn decide(tx: &mut Tx, app: &App, page: &Page, id: CaseId, form: &Posted) -> Result<String, Stop> {
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    let loaded = case::store::load_for(tx, &law, id, form).await?;
    let mut question = Question::ask(tx, &programme, loaded, page.today).await?;
    let (outcome, reason) = read(form)?;
    may_decide(outcome, &question.assessment, &question.evidence, &programme).map_err(|why| Stop::refused(&why))?;
    let rules = RuleSet::of(&programme, Step::Eligibility, page.today);
    let version = store::rule_version(tx, &rules, programme.version, page.today).await?;
    let happening = happening(outcome, &question, version, page.today, &reason)?;
    case::store::append(tx, &law, &mut question.loaded, vec![happening]).await?;
    let ground =
        Ground { programme: &programme, rules: &rules, version, evidence: &question.evidence, assessment: &question.assessment };
    let row = ground.row(Decided {
        decision: Uuid::now_v7(),
        person: question.loaded.file.person(),
        case: id,
        office: OfficeId(question.loaded.file.office),
        officer: tx.who().officer,
        on: page.today,
        at: tx.now(),
        outcome,
        reason,
    })?;
    store::insert(tx, &[row]).await?;
    Ok(link(id))
}

fn read(form: &Posted) -> Result<(Outcome, String), Errors> {
    let mut read = form.reader();
    let outcome = read.choice("outcome", &[Outcome::Confirmed.code(), Outcome::Refused.code()]);
    let reason = match Outcome::from_code(&outcome) {
        Some(Outcome::Refused) => read.reason("reason", case::action::LEAST_REASON),
        _ => read.text("reason"),
    };
    read.finish(Outcome::from_code(&outcome).map(|outcome| (outcome, reason)))
}

fn happening(outcome: Outcome, question: &Question, version: i32, today: NaiveDate, reason: &str) -> anyhow::Result<Happening> {
    let rules_version = u32::try_from(version).context("the number of a version of the rules")?;
    let facts_as_of = question.evidence.checked_on();
    let facts = match outcome {
        Outcome::Confirmed => Facts::EligibilityConfirmed { rules_version, facts_as_of },
        Outcome::Refused => {
            let failing = first_failing(&question.assessment.findings).context("a refusal without a failing rule")?;
            let rule = Code::new(&failing.code).map_err(|_| anyhow!("the rule {} has too long a code", failing.code))?;
            Facts::EligibilityRefused { rules_version, facts_as_of, rule }
        }
    };
    let happening = Happening::on(today, facts);
    Ok(if reason.is_empty() { happening } else { happening.because(reason) })
}

async fn show(app: &App, page: &Page, id: CaseId, form: &Posted, errors: Errors) -> Answer {
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &law, id).await?;
    let heading = heading::draw(&mut tx, page, &loaded).await?;
    let question = Question::ask(&mut tx, &programme, loaded, page.today).await?;
    let person = question.loaded.file.person();
    let view = View {
        case: question.loaded.file.clone(),
        verdict: question.assessment.verdict,
        facts_checked_on: question.evidence.checked_on(),
        rules: rule_lines(page, &programme, &question),
        facts: fact_lines(page, &programme, &question.evidence),
        decision: store::latest(&mut tx, person, id).await?,
        papers: store::open_papers(&mut tx, person, id).await?,
    };
    let title = page.t("eligibility-title");
    let open = question.loaded.state.stage == Stage::Applied;
    let body = html! {
        (heading)
        h1 class="govuk-heading-l" { (title) }
        @if let Some(decision) = &view.decision { (draw_decision(page, id, decision)) }
        @if let Some(papers) = &view.papers { (super::papers::draw_open(page, &programme, id, papers)) }
        (draw_rules(page, &view.rules))
        (draw_facts(page, id, &view.facts, open))
        @if open && page.may(&DECIDE) { (draw_form(page, id, &view, form, &errors)) }
    };
    page.show_form(&title, &view, &errors, body)
}

fn rule_lines(page: &Page, programme: &Programme, question: &Question) -> Vec<RuleLine> {
    let rules = RuleSet::of(programme, Step::Eligibility, page.today);
    let seen = |name: &str| question.evidence.fact(name).map(|fact| (fact.on, fact.origin));
    words::rule_lines(programme, page.lang, &rules, &question.assessment.findings, seen)
}

fn fact_lines(page: &Page, programme: &Programme, evidence: &Evidence) -> Vec<FactLine> {
    let stale: Vec<&str> = evidence.stale(programme).map(|fact| fact.name).collect();
    let line = |fact| words::fact_line(programme, page.lang, fact, stale.contains(&fact.name));
    evidence.facts.iter().filter(|fact| fact.value.is_some() || !is_an_exception(fact.name)).map(line).collect()
}

/// Facts that most people do not have: that they are unknown says nothing.
fn is_an_exception(name: &str) -> bool {
    matches!(name, "left_training_on" | "fraud_on")
}

/// The rules with their answers and what these rest on.
pub(super) fn draw_rules(page: &Page, lines: &[RuleLine]) -> Markup {
    let lang = page.lang;
    let row = |line: &RuleLine| {
        let (tone, verdict) = words::verdict_words(lang, line.verdict);
        let cells = [
            html! { (line.name) br; span class="govuk-hint" { (line.article) } },
            html! { @for used in &line.used { div {
                (used.name) ": " strong { (used.value) }
                @if let (Some(on), Some(origin)) = (used.on, used.origin) {
                    " " span class="govuk-hint" { (words::origin_words(lang, origin)) ", " (lang.date(on)) }
                }
            } } },
            tag(tone, &verdict),
            html! { (line.words) @if let Some(next) = &line.next { " " (next) } },
        ];
        platform::page::Row::new(cells).tone(if line.verdict == Verdict::Pass { Tone::Neutral } else { tone })
    };
    html! {
        (Table::new(&lang, "rules", page.t("eligibility-rules"))
            .column(Column::new(page.t("eligibility-rule")))
            .column(Column::new(page.t("eligibility-evidence")))
            .column(Column::new(page.t("eligibility-answer")))
            .column(Column::new(page.t("eligibility-reason")))
            .rows(lines.iter().map(row)))
    }
}

fn draw_facts(page: &Page, id: CaseId, facts: &[FactLine], open: bool) -> Markup {
    let lang = page.lang;
    let row = |fact: &FactLine| {
        let state = match (&fact.value, fact.stale) {
            (None, _) => tag(Tone::Attention, &page.t("eligibility-fact-unknown")),
            (_, true) => tag(Tone::Attention, &page.t("eligibility-fact-stale")),
            _ => html! {},
        };
        [
            html! { (fact.words) },
            html! { (fact.value.as_deref().unwrap_or("—")) },
            html! { @if fact.value.is_some() { (lang.date(fact.on)) } },
            html! { @if fact.value.is_some() { (words::origin_words(lang, fact.origin)) } },
            state,
        ]
    };
    html! {
        (Table::new(&lang, "facts", page.t("eligibility-facts"))
            .column(Column::new(page.t("eligibility-fact")))
            .column(Column::new(page.t("eligibility-value")))
            .column(Column::new(page.t("eligibility-seen-on")))
            .column(Column::new(page.t("eligibility-seen-in")))
            .column(Column::new(page.t("eligibility-state")))
            .rows(facts.iter().map(row)))
        @if open && page.may(&DECIDE) {
            (platform::page::buttons(html! {
                (quiet_button_link(&page.t("eligibility-check-again"), &super::check::link(id)))
                (quiet_button_link(&page.t("eligibility-ask-papers"), &super::papers::link(id)))
            }))
        }
    }
}

fn draw_form(page: &Page, id: CaseId, view: &View, form: &Posted, errors: &Errors) -> Markup {
    let option = |outcome: Outcome| (outcome.code().to_owned(), page.t(&format!("eligibility-choose-{}", outcome.code())));
    let options = vec![option(Outcome::Confirmed), option(Outcome::Refused)];
    html! {
        h2 class="govuk-heading-m" { (page.t("eligibility-decision")) }
        (draw::form(page, &link(id), Some(view.case.version), &page.t("eligibility-submit"), html! {
            (draw::radios(page, form, errors, "outcome", "eligibility-outcome", options))
            (draw::area(page, form, errors, "reason", "eligibility-reason-field", 3).hint("eligibility-reason-hint"))
        }))
    }
}

/// What was decided, the appeal clock, and where it can be replayed and printed.
pub(super) fn draw_decision(page: &Page, id: CaseId, decision: &Decision) -> Markup {
    let lang = page.lang;
    let refused = decision.outcome == Outcome::Refused as i16;
    let code = if refused { Outcome::Refused.code() } else { Outcome::Confirmed.code() };
    let date = lang.date(decision.decided_on);
    let text = lang
        .with(&format!("eligibility-was-{code}"), &[("date", date.into()), ("officer", decision.officer_name.as_str().into())]);
    notice::inset(html! {
        p class="govuk-body" { strong { (text) } }
        @if !decision.reason.is_empty() { p class="govuk-body" { (decision.reason) } }
        @if let Some(until) = decision.appeal_until {
            p class="govuk-body" { (draw_appeal_clock(page, until)) }
        }
        p class="govuk-body" {
            a class="govuk-link" href=(super::replay::link(id)) { (page.t("eligibility-replay-link")) }
            @if refused && page.may(&READ) {
                " · " a class="govuk-link" href=(super::letter::link(id)) { (page.t("eligibility-letter-link")) }
            }
        }
    })
}

fn draw_appeal_clock(page: &Page, until: NaiveDate) -> Markup {
    let left = (until - page.today).num_days();
    let key = if left < 0 { "eligibility-appeal-over" } else { "eligibility-appeal-until" };
    html! { (page.lang.with(key, &[("date", page.lang.date(until).into()), ("days", left.max(0).into())])) }
}
