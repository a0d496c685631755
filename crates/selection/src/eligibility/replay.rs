//! `GET /cases/{case}/eligibility/replay`: the decision asked again from its kept facts under the rules of its day.

use super::{
    ruleset::{self, RuleSet},
    store::{self, Decision},
    types::{Kept, Origin, Outcome},
    verify,
    words::{self, RuleLine},
};
use ::rules::{Finding, Verdict};
use anyhow::Result;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{SummaryRow, Tone, notice, summary_list, tag},
    request::Page,
};
use registry::{
    case::{self, heading},
    programme::{self, Programme},
};
use serde::Serialize;
use values::id::CaseId;

/// The page.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/eligibility/replay")
}

/// A decision asked again.
#[derive(Clone, Debug)]
pub struct Replay {
    pub findings: Vec<Finding>,
    /// The codes of the rules that answer otherwise than they did.
    pub different: Vec<String>,
    /// Whether the outcome follows from the answers.
    pub outcome_follows: bool,
}

impl Replay {
    /// Whether everything came out as it was decided.
    pub fn is_equal(&self) -> bool {
        self.different.is_empty() && self.outcome_follows
    }
}

/// Asks a decision's rules again about its kept facts.
pub fn replay(rules: &RuleSet, kept: &Kept, decided: &str, outcome: Outcome) -> Result<Replay> {
    let (verdict, findings) = rules.ask(&kept.facts())?;
    let same = |finding: &&Finding| ruleset::verdict_in(decided, &finding.code) == Some(finding.verdict);
    let mut different: Vec<String> = findings.iter().filter(|f| !same(f)).map(|f| f.code.clone()).collect();
    let asked_then = decided.split(' ').filter_map(|each| each.split_once(':')).map(|(code, _)| code);
    different.extend(asked_then.filter(|code| rules.rule(code).is_none()).map(str::to_owned));
    let outcome_follows = match outcome {
        Outcome::Confirmed => verdict == Verdict::Pass,
        Outcome::Refused => verdict == Verdict::Fail,
    };
    Ok(Replay { findings, different, outcome_follows })
}

#[derive(Serialize)]
struct View {
    decision: Decision,
    equal: bool,
    different: Vec<String>,
    rules: Vec<RuleLine>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<CaseId>) -> Answer {
    let (law, programme) = (case::law(&app)?, programme::current(&app)?);
    let mut tx = app.read(&page).await?;
    let loaded = case::store::load(&mut tx, &law, id).await?;
    let decision = store::latest(&mut tx, loaded.file.person(), id).await?.ok_or(Fault::NotFound)?;
    let rules = store::rules_of(&mut tx, decision.rules_version).await?;
    let kept = decision.kept()?;
    let replay = replay(&rules, &kept, &decision.verdicts, decision.outcome()?)?;
    let view = View {
        equal: replay.is_equal(),
        rules: rule_lines(&page, &programme, &rules, &kept, &replay.findings),
        different: replay.different,
        decision,
    };
    let heading = heading::draw(&mut tx, &page, &loaded).await?;
    let title = page.t("eligibility-replay-title");
    page.show(&title, &view, html! { (heading) (draw_replay(&page, id, &title, &view)) })
}

/// The kept rules with their answers, each fact with the day and the origin that were kept with it.
pub(super) fn rule_lines(
    page: &Page,
    programme: &Programme,
    rules: &RuleSet,
    kept: &Kept,
    findings: &[Finding],
) -> Vec<RuleLine> {
    words::rule_lines(programme, page.lang, rules, findings, |name| seen(kept, name))
}

fn seen(kept: &Kept, name: &str) -> Option<(NaiveDate, Origin)> {
    let group = kept.0.iter().find(|group| group.facts.contains_key(name))?;
    Some((group.on, group.origin))
}

fn draw_replay(page: &Page, id: CaseId, title: &str, view: &View) -> Markup {
    let lang = page.lang;
    let decision = &view.decision;
    let (tone, key) = match view.equal {
        true => (Tone::Good, "eligibility-replay-equal"),
        false => (Tone::Bad, "eligibility-replay-different"),
    };
    html! {
        h1 class="govuk-heading-l" { (title) }
        p class="govuk-body" { (page.t("eligibility-replay-hint")) }
        p class="govuk-body" { (tag(tone, &page.t(key))) }
        @if !view.different.is_empty() {
            (notice::warning(&lang, &lang.with("eligibility-replay-rules", &[("rules", view.different.join(", ").into())])))
        }
        (summary_list(&[
            SummaryRow::text(page.t("eligibility-decided-on"), &lang.moment(decision.decided_at)),
            SummaryRow::text(page.t("eligibility-decided-by"), &decision.officer_name),
            SummaryRow::text(page.t("eligibility-rules-version"), &lang.number(decision.rules_version.into())),
            SummaryRow::text(page.t("eligibility-facts-as-of"), &lang.date(decision.facts_as_of)),
        ]))
        (verify::draw_rules(page, &view.rules))
        p class="govuk-body" { a class="govuk-link" href=(verify::link(id)) { (page.t("eligibility-back")) } }
    }
}
