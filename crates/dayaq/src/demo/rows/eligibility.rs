//! Decisions by the programme's rules over what was known of each applicant; papers asked for; readiness.

use crate::demo::{
    day::Moment,
    draw::Draw,
    history::{Act, CaseNo, CloseReason, History, Ineligible, MissingPaper},
    ids::{self, Noun},
    people::{Education, Groups, Person},
    programme::Simulated,
};
use anyhow::{Context, Result, ensure};
use chrono::NaiveDate;
use registry::programme::{Programme, Step};
use rules::Value;
use selection::eligibility::{
    Check, Decided, Elsewhere, Ground, Known, Origin, Outcome, evidence,
    known::{JOBSEEKER, UNEMPLOYED},
    readiness_score,
    rules::{first_failing, may_decide},
    ruleset::RuleSet,
    store::{DecisionRow, PaperRow, ReadinessRow},
};
use values::{
    Sex,
    id::{OfficeId, OfficerId},
};

/// The rules of eligibility of each time, with the first day of each and its number; the oldest first.
pub type RulesInForce = Vec<(NaiveDate, RuleSet, i32)>;

/// The first days of all versions of the rules of eligibility.
pub fn turning_points(programme: &Programme) -> Vec<NaiveDate> {
    let asked = programme.rules().iter().filter(|rule| rule.steps.contains(&Step::Eligibility));
    let mut days: Vec<NaiveDate> =
        asked.flat_map(|rule| [Some(rule.validity.from), rule.validity.to.and_then(|day| day.succ_opt())]).flatten().collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The decision on a case, if one was taken. It must be the one that the rules give.
pub fn decision(made: &Simulated, rules: &RulesInForce, case: CaseNo) -> Result<Option<DecisionRow>> {
    let history = made.history(case);
    let Some(eligibility) = history.eligibility else { return Ok(None) };
    let on = eligibility.decided.at.date();
    let at = rules.partition_point(|(from, ..)| *from <= on).saturating_sub(1);
    let (_, rules, version) = rules.get(at).context("no rules are in force")?;
    let programme = &made.setting.programme;
    let known = known(made, history, on);
    let evidence = evidence(&known, programme, on);
    let assessment = programme.assess(Step::Eligibility, &evidence.facts(), on);
    let (outcome, reason) = match eligibility.failed {
        None => (Outcome::Confirmed, ""),
        Some(failed) => (Outcome::Refused, failed.words()),
    };
    let failing = first_failing(&assessment.findings).map(|finding| finding.code.as_str());
    may_decide(outcome, &assessment, &evidence, programme)
        .map_err(|why| anyhow::anyhow!("made-up case {case} is {} against the rules: {why:?} {failing:?}", outcome.code()))?;
    let told = eligibility.failed.map(|failed| failed.rule(made.person_of(case)));
    ensure!(failing == told, "made-up case {case} was refused by {told:?}, the rules say {failing:?}");
    let ground = Ground { programme, rules, version: *version, evidence: &evidence, assessment: &assessment };
    let row = ground.row(Decided {
        decision: detail(made, case, 1, eligibility.decided.at),
        person: made.person_id(history.person),
        case: made.case_id(case),
        office: office(made, history),
        officer: made.officer_id(eligibility.decided.by),
        on,
        at: eligibility.decided.at.utc(),
        outcome,
        reason: reason.to_owned(),
    })?;
    Ok(Some(row))
}

/// What was known of the applicant on the day of the decision, when the officer looked everything up that may change.
pub fn known(made: &Simulated, history: &History, on: NaiveDate) -> Known {
    let person = &made.people[history.person as usize];
    let failed = history.eligibility.and_then(|eligibility| eligibility.failed);
    let lodged = history.application.lodged.at.day;
    let call = made.setting.call_on(lodged);
    let status = if person.landholder() { JOBSEEKER } else { UNEMPLOYED };
    let since = person.unemployed_since.date().min(person.registered.date());
    let registered = failed != Some(Ineligible::StatusLost);
    let draws_insurance = failed == Some(Ineligible::InsurancePayment);
    Known {
        applied_on: lodged.date(),
        call: call.map(|call| call.code.clone()).unwrap_or_default(),
        phase: call.map(|call| call.phase.clone()).unwrap_or_default(),
        wished: match failed {
            Some(Ineligible::FarmingWish) => "FARMING".to_owned(),
            _ => made.direction(history.application.direction).to_owned(),
        },
        registered_on: person.registered.date(),
        birth_date: Some(person.born.date()),
        sex: Some(if person.female { Sex::Female } else { Sex::Male }),
        education: Some(education(person.education).to_owned()),
        household_size: Some(person.household.into()),
        children: Some(person.children.into()),
        income: Some(person.income_per_head * i64::from(person.household.max(1))),
        has_farm_land: person.landholder(),
        may_work_here: Some(true),
        draws_insurance,
        status: registered.then_some((status, since)),
        groups: groups(person, history.application.groups),
        consent_on: Some(person.registered.date()),
        earlier_support: Some(failed == Some(Ineligible::EarlierSupport)),
        elsewhere: elsewhere(made, history),
        checks: vec![
            check("status", Value::codes(registered.then_some(status)), on, Origin::EmploymentRegister),
            check("has_work", Value::Bool(failed == Some(Ineligible::Working)), on, Origin::ContractRegister),
            check("has_farm_land", Value::Bool(person.landholder()), on, Origin::PropertyRegister),
            check("draws_insurance", Value::Bool(draws_insurance), on, Origin::InsuranceRegister),
            check("draws_pension", Value::Bool(false), on, Origin::PensionRegister),
            check("may_work_here", Value::Bool(true), on, Origin::Document),
            check("earlier_state_support", Value::Bool(failed == Some(Ineligible::EarlierSupport)), on, Origin::SupportRegister),
        ],
    }
}

fn check(fact: &str, value: Value, observed_on: NaiveDate, origin: Origin) -> Check {
    Check { fact: fact.to_owned(), value, observed_on, origin }
}

/// Groups that need evidence; the others follow from facts.
fn groups(person: &Person, groups: Groups) -> Vec<(String, NaiveDate)> {
    groups.codes().map(|code| (code.to_owned(), person.registered.date())).collect()
}

/// What the person's earlier cases say.
fn elsewhere(made: &Simulated, history: &History) -> Elsewhere {
    let mut found = Elsewhere::default();
    let mut earlier = history.earlier;
    while let Some(case) = earlier {
        let before = made.history(case);
        let left = before.closing.filter(|closing| matches!(closing.reason, CloseReason::DroppedOut | CloseReason::Failed));
        found.left_training_on = found.left_training_on.max(left.map(|closing| closing.act.at.date()));
        earlier = before.earlier;
    }
    found
}

/// The papers asked for.
pub fn papers(made: &Simulated, case: CaseNo) -> Option<PaperRow> {
    let history = made.history(case);
    let papers = history.papers.as_ref()?;
    Some(PaperRow {
        person: made.person_id(history.person),
        case: made.case_id(case),
        office: office(made, history),
        request: detail(made, case, 2, papers.asked.at),
        papers: paper(papers.missing).to_owned(),
        note: String::new(),
        requested_on: papers.asked.at.date(),
        due_on: papers.due.date(),
        requested_by: made.officer_id(papers.asked.by),
        supplied_on: papers.supplied.map(|act| act.at.date()),
        supplied_by: papers.supplied.map(|act| made.officer_id(act.by)),
    })
}

fn paper(missing: MissingPaper) -> &'static str {
    match missing {
        MissingPaper::IdentityDocument => "IDENTITY_DOCUMENT",
        MissingPaper::AssistanceAward => "ASSISTANCE_AWARD",
        MissingPaper::DisabilityCertificate => "DISABILITY_CERTIFICATE",
        MissingPaper::PremisesEvidence => "PREMISES_PROOF",
        MissingPaper::LandExtract => "LAND_EXTRACT",
    }
}

/// The counsellor's assessment.
pub fn readiness(made: &Simulated, case: CaseNo) -> Option<ReadinessRow> {
    let history = made.history(case);
    let readiness = history.readiness?;
    let mut draw = Draw::new(made.seed, 0x4EAD, u64::from(case));
    let points = points(made, readiness.score, &mut draw);
    let items: Vec<String> = points.iter().map(|(code, points)| format!("{code}:{points}")).collect();
    let differs = readiness.advised != readiness.chosen;
    Some(ReadinessRow {
        person: made.person_id(history.person),
        case: made.case_id(case),
        office: office(made, history),
        readiness: detail(made, case, 3, readiness.assessed.at),
        assessed_on: readiness.assessed.at.date(),
        advised: made.direction(readiness.advised).to_owned(),
        chosen: made.direction(readiness.chosen).to_owned(),
        score: i16::from(readiness.score),
        items: items.join(" "),
        topics: topics(made, &mut draw),
        similar_nearby: i16::try_from(draw.between(0, 6)).unwrap_or(0),
        note: if differs { "şəxs əvvəl seçdiyi istiqamətdə qalır".to_owned() } else { String::new() },
        counsellor: officer(made, readiness.assessed),
    })
}

/// Points of the items that make the score: as even as can be, the odd ones on items drawn.
fn points(made: &Simulated, score: u8, draw: &mut Draw) -> Vec<(String, i64)> {
    let mut points: Vec<(String, i64)> =
        made.setting.programme.readiness_items().iter().map(|item| (item.code.to_string(), 0)).collect();
    let count = points.len();
    while count > 0 && readiness_score(&points) < i16::from(score) {
        let least = points.iter().map(|(_, points)| *points).min().unwrap_or(0);
        let start = draw.between(0, count as i32 - 1) as usize;
        let next = (0..count).map(|step| (start + step) % count).find(|at| points[*at].1 == least);
        match next {
            Some(at) => points[at].1 += 1,
            None => break,
        }
    }
    points
}

fn topics(made: &Simulated, draw: &mut Draw) -> String {
    let topics = made.setting.programme.readiness_topics();
    let told: Vec<&str> =
        topics.iter().enumerate().filter(|(at, _)| *at < 3 || draw.chance(0.4)).map(|(_, topic)| &*topic.code).collect();
    told.join(" ")
}

fn office(made: &Simulated, history: &History) -> OfficeId {
    OfficeId(made.setting.offices[usize::from(history.office_now)].id)
}

fn officer(made: &Simulated, act: Act) -> OfficerId {
    made.officer_id(act.by)
}

fn detail(made: &Simulated, case: CaseNo, what: u64, at: Moment) -> uuid::Uuid {
    ids::id(made.seed, Noun::Detail, 0xE1 << 40 | u64::from(case) << 4 | what, at)
}

fn education(education: Education) -> &'static str {
    match education {
        Education::Primary => "PRIMARY",
        Education::Secondary => "SECONDARY",
        Education::Vocational => "VOCATIONAL",
        Education::Higher => "BACHELOR",
    }
}

/// The score nearest to what was drawn that points of the items can make.
pub fn possible_score(items: usize, drawn: u8) -> u8 {
    let most = 4 * items.max(1);
    let points = (usize::from(drawn.min(100)) * most + 50) / 100;
    u8::try_from((points * 200 + most) / (2 * most)).unwrap_or(100)
}
