//! Blind scores, defences, sittings with their agendas and votes.

use crate::demo::{
    history::{CaseNo, Defence as Held, Plan, PlanOutcome, PutBackFor},
    programme::{self as called, Simulated},
};
use anyhow::{Context, Result};
use preparation::{
    blind_score::{Marked, Marks},
    commission::{
        rules::{Decision, sitting_number},
        store::{Assignment, Defence, Item, Member, Score, Sitting, Vote},
    },
};
use registry::{case::Duty, programme::ScoreSheet};
use std::collections::BTreeMap;
use values::id::OfficeId;

/// Sittings with their members: shared work that agendas refer to.
pub fn sittings(made: &Simulated) -> (Vec<Sitting>, Vec<Member>) {
    let mut counts: BTreeMap<(i32, u8), i64> = BTreeMap::new();
    let (mut sittings, mut members) = (Vec::new(), Vec::new());
    for (number, sitting) in (0u32..).zip(&made.sittings).filter(|(_, sitting)| sitting.region > 0) {
        let sits_on = sitting.at.date();
        let which = counts.entry((sitting.at.day.year(), sitting.region)).or_default();
        *which += 1;
        let region = made.setting.regions[usize::from(sitting.region)].clone();
        let sitting_id = made.sitting_id(number).0;
        let approved = sitting.agenda.iter().map(|item| &made.history(item.case).plans[usize::from(item.plan)]);
        let granted = approved
            .filter(|plan| plan.sitting == Some(number) && plan.decision.is_some_and(|d| d.outcome == PlanOutcome::Approved))
            .map(|plan| plan.items_total)
            .sum::<i64>();
        let home = made.setting.offices.iter().find(|office| office.region == sitting.region);
        sittings.push(Sitting {
            sitting_id,
            office: OfficeId::CENTRE.0,
            number: sitting_number(sitting.at.day.year(), &region, *which),
            region,
            place: home.map(|office| office.name.clone()).unwrap_or_default(),
            sits_on,
            called_at: sitting.called.at.utc(),
            called_by: made.officer_id(sitting.called.by).0,
            head_id: made.officer_id(sitting.head).0,
            budget: budget(made, number, sitting, granted),
            granted,
            closed_at: sitting.closed.map(|act| act.at.utc()),
            closed_by: sitting.closed.map(|act| made.officer_id(act.by).0),
        });
        members.extend(sitting.members.iter().map(|member| Member {
            sitting_id,
            officer_id: made.officer_id(*member).0,
            office: OfficeId::CENTRE.0,
            present: sitting.closed.map(|_| !sitting.absent.contains(member)),
        }));
    }
    (sittings, members)
}

/// What a sitting may grant, in qəpik: where the money did not reach for a plan, less than that would have taken.
fn budget(made: &Simulated, number: u32, sitting: &called::Sitting, granted: i64) -> i64 {
    /// Budgets are in whole hundreds of manat.
    const HUNDRED: i64 = 10_000;
    let plans = sitting.agenda.iter().map(|item| &made.history(item.case).plans[usize::from(item.plan)]);
    let is_lacking =
        |plan: &&Plan| plan.put_back.is_some_and(|back| back.sitting == number && matches!(back.why, PutBackFor::Money));
    let least = plans.filter(is_lacking).map(|plan| plan.items_total).min();
    least.map_or(sitting.budget, |least| (granted + least - 1) / HUNDRED * HUNDRED).max(granted)
}

/// What one case leaves before evaluators and commissions.
#[derive(Default)]
pub struct Rows {
    pub scores: Vec<Score>,
    pub defences: Vec<Defence>,
    pub items: Vec<Item>,
    pub votes: Vec<Vote>,
    pub assignments: Vec<Assignment>,
}

impl Rows {
    /// Joins the rows of many cases.
    pub fn join(mut self, other: Self) -> Self {
        self.scores.extend(other.scores);
        self.defences.extend(other.defences);
        self.items.extend(other.items);
        self.votes.extend(other.votes);
        self.assignments.extend(other.assignments);
        self
    }
}

/// The rows of a case.
pub fn rows(made: &Simulated, case: CaseNo) -> Result<Rows> {
    let mut rows = Rows::default();
    for position in 0..made.history(case).plans.len() {
        score(made, case, position, &mut rows)?;
        hear(made, case, position, &mut rows)?;
    }
    rows.assignments.sort_by_key(|a| (a.officer_id, a.duty));
    rows.assignments.dedup_by_key(|a| (a.officer_id, a.duty));
    Ok(rows)
}

fn score(made: &Simulated, case: CaseNo, position: usize, rows: &mut Rows) -> Result<()> {
    let history = made.history(case);
    let plan = &history.plans[position];
    let office = made.setting.offices[usize::from(history.office_now)].id;
    // Of many that nobody has begun to score the second evaluator stepped aside: the secretary must find another.
    let untouched = plan.scores.iter().all(|score| score.sealed.is_none());
    let assigned = if untouched && case % 4 != 1 { 1 } else { plan.scores.len() };
    for score in plan.scores.iter().take(assigned) {
        let sheet = sheet(made, "PLAN", score.assigned.date())?;
        let marks = score.sealed.map(|_| marks(sheet, score.total, true)).unwrap_or_default();
        rows.scores.push(Score {
            person_id: made.person_id(history.person).0,
            plan_id: made.plan_id(case, position).0,
            officer_id: made.officer_id(score.evaluator).0,
            case_id: made.case_id(case).0,
            office,
            assigned_at: score.assigned.utc(),
            marks: serde_json::to_string(&marks)?,
            points: score.sealed.map(|_| score.total.into()),
            sealed_at: score.sealed.map(|at| at.utc()),
            recused_at: None,
            recusal: None,
        });
        if score.sealed.is_none() {
            rows.assignments.push(assignment(made, case, score.evaluator, Duty::Evaluate, score.assigned.date()));
        }
    }
    Ok(())
}

fn assignment(made: &Simulated, case: CaseNo, officer: u16, duty: Duty, begun_on: chrono::NaiveDate) -> Assignment {
    let history = made.history(case);
    Assignment {
        person_id: made.person_id(history.person).0,
        case_id: made.case_id(case).0,
        officer_id: made.officer_id(officer).0,
        duty: duty as i16,
        office: made.setting.offices[usize::from(history.office_now)].id,
        begun_on,
    }
}

pub(super) fn sheet<'m>(made: &'m Simulated, code: &str, day: chrono::NaiveDate) -> Result<&'m ScoreSheet> {
    made.setting.programme.score_sheet(code, day).with_context(|| format!("the programme has no score sheet {code}"))
}

/// Marks that come to a total by the sheet: all alike, and a point more for some until it is reached.
pub(super) fn marks(sheet: &ScoreSheet, total: u8, with_reasons: bool) -> Marks {
    let even = u32::from(total) * sheet.scale / 100;
    let of = |raised: u32| -> BTreeMap<&str, u32> {
        let mark = |at: usize| if raised >> at & 1 == 1 { (even + 1).min(sheet.scale) } else { even };
        sheet.criteria.iter().enumerate().map(|(at, criterion)| (criterion.code.as_str(), mark(at))).collect()
    };
    let points = |raised: &u32| {
        let marks = of(*raised);
        sheet.points(|code| marks.get(code).copied()).is_ok_and(|points| points.0 == i64::from(total))
    };
    let raised = (0..1u32 << sheet.criteria.len()).find(points).unwrap_or(0);
    let reason = |mark: u32| match mark * 10 / sheet.scale.max(1) {
        _ if !with_reasons => "",
        0..=4 => "rəqəmlər əsaslandırılmayıb",
        5..=7 => "əsasən inandırıcıdır, bəzi yerlər ümumi yazılıb",
        _ => "konkret və inandırıcı yazılıb",
    };
    let marked = |mark: u32| Marked { mark: Some(mark), reason: reason(mark).to_owned() };
    of(raised).into_iter().map(|(code, mark)| (code.to_owned(), marked(mark))).collect()
}

/// The sittings that heard a version: one that put it back, and the one that decided or will.
fn hear(made: &Simulated, case: CaseNo, position: usize, rows: &mut Rows) -> Result<()> {
    let plan = &made.history(case).plans[position];
    if let Some(held) = plan.defence {
        rows.defences.push(defence(made, case, position, held, plan)?);
    }
    let decided = plan.sitting.map(|number| (number, plan.decision.map(|decision| decided(decision.outcome))));
    let put_back = plan.put_back.map(|back| (back.sitting, Some(left(back.why))));
    let again = decided.filter(|(number, _)| put_back.is_none_or(|(before, _)| before != *number));
    for (number, decision) in put_back.into_iter().chain(again) {
        item(made, case, position, number, decision, rows)?;
    }
    Ok(())
}

const fn left(why: PutBackFor) -> Decision {
    match why {
        PutBackFor::Money => Decision::Reserve,
        PutBackFor::Recusals => Decision::PutOff,
    }
}

const fn decided(outcome: PlanOutcome) -> Decision {
    match outcome {
        PlanOutcome::Approved => Decision::Approved,
        PlanOutcome::Revise => Decision::Revise,
        PlanOutcome::Refused => Decision::Refused,
    }
}

fn defence(made: &Simulated, case: CaseNo, position: usize, held: Held, plan: &Plan) -> Result<Defence> {
    let history = made.history(case);
    let marks = marks(sheet(made, "DEFENCE", held.held.at.date())?, held.mark, false);
    let secretary = plan.sitting.map_or(held.held.by, |number| made.sittings[number as usize].secretary);
    Ok(Defence {
        person_id: made.person_id(history.person).0,
        plan_id: made.plan_id(case, position).0,
        case_id: made.case_id(case).0,
        office: made.setting.offices[usize::from(history.office_now)].id,
        held_on: held.held.at.date(),
        marks: serde_json::to_string(&marks)?,
        points: held.mark.into(),
        recorded_by: made.officer_id(secretary).0,
    })
}

fn item(made: &Simulated, case: CaseNo, position: usize, number: u32, decision: Option<Decision>, rows: &mut Rows) -> Result<()> {
    let (history, sitting) = (made.history(case), &made.sittings[number as usize]);
    let plan = &history.plans[position];
    let at = sitting.agenda.iter().position(|item| item.case == case).context("a plan off its sitting's agenda")?;
    let (person_id, plan_id) = (made.person_id(history.person).0, made.plan_id(case, position).0);
    let (sitting_id, office) = (made.sitting_id(number).0, made.setting.offices[usize::from(history.office_now)].id);
    let sealed: Vec<u16> = plan.scores.iter().map(|score| u16::from(score.total)).collect();
    let count = u16::try_from(sealed.len()).unwrap_or(1).max(1);
    let reason = match decision {
        Some(Decision::Revise) => Some("qiymət və xərclər dəqiqləşdirilsin"),
        Some(Decision::Refused) => Some("planın gəliri xərcləri örtmür"),
        Some(Decision::Reserve) => Some("bu iclasda vəsait çatmadı"),
        Some(Decision::PutOff) => Some("üzvlərin çoxu müəllifi tanıyır, yetərsay yoxdur"),
        Some(Decision::Approved) | None => None,
    };
    rows.items.push(Item {
        person_id,
        sitting_id,
        case_id: made.case_id(case).0,
        plan_id,
        office,
        position: i16::try_from(at + 1).unwrap_or(i16::MAX),
        amount: plan.items_total,
        mean_tenths: i16::try_from((sealed.iter().sum::<u16>() * 10 + count / 2) / count).unwrap_or(0),
        decision: decision.map(|decision| decision as i16),
        reason: reason.map(str::to_owned),
    });
    let present = sitting.members.iter().filter(|member| !sitting.absent.contains(member));
    for (nth, member) in present.enumerate() {
        // Of a plan that was put off all but one stepped aside.
        let aside = sitting.agenda[at].recused == Some(*member) || decision == Some(Decision::PutOff) && nth > 0;
        match decision {
            Some(decision) => rows.votes.push(Vote {
                person_id,
                sitting_id,
                plan_id,
                officer_id: made.officer_id(*member).0,
                office,
                vote: match (aside, decision) {
                    (true, _) => 4,
                    (false, Decision::Approved | Decision::Reserve | Decision::PutOff) => 1,
                    (false, Decision::Revise | Decision::Refused) => 2,
                },
                reason: aside.then(|| "müraciətçini tanıyır".to_owned()),
            }),
            None => rows.assignments.push(assignment(made, case, *member, Duty::Vote, sitting.called.at.date())),
        }
    }
    Ok(())
}
