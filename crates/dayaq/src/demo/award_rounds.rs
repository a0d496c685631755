//! Rounds of incentive awards: who applies, how they are scored, who wins and when the goods come.

use super::afterwards::{Award, AwardRound, Business};
use super::business::Scene;
use super::day::{Day, Moment};
use super::draw::Draw;
use super::history::{Act, CaseNo, History};
use super::shape::{self, Round};
use platform::role::Role;

/// Commission of the awards: the heads of this many regions' commissions.
const MEMBERS: u8 = 5;
/// Months in business before one may apply.
const MONTHS_BEFORE: u32 = 6;

/// All rounds that have opened, with their applications; each history learns of its own.
pub fn hold(scene: Scene<'_>, scale: f64, histories: &mut [History]) -> (Vec<AwardRound>, Vec<Award>) {
    let (mut rounds, mut awards) = (Vec::new(), Vec::new());
    for (number, shape) in shape::AWARD_ROUNDS.iter().enumerate().filter(|(_, round)| round.opens <= scene.today) {
        let decided = scene.setting.days.on_or_after(shape.decides).at(14 * 60 + 40);
        rounds.push(AwardRound {
            opens: shape.opens,
            closes: shape.closes,
            budget: (shape.won * scale * 560_000.0) as i64,
            decided: Some(decided).filter(|at| at.day <= scene.today),
            secretary: scene.roster.national(Role::Secretary, 0),
            members: (1..=MEMBERS).map(|region| scene.roster.commission(region)[0]).collect(),
        });
        let mut applied = applications(scene, scale, number, shape, histories);
        if decided.day <= scene.today {
            decide(scene, scale, shape, decided, &mut applied, histories);
        }
        for award in applied {
            histories[award.case as usize].award.get_or_insert(awards.len() as u32);
            awards.push(award);
        }
    }
    (rounds, awards)
}

/// As many owners and holders as the round draws, in an order of chance.
fn applications(scene: Scene<'_>, scale: f64, round: usize, shape: &Round, histories: &[History]) -> Vec<Award> {
    let open = scene.setting.days.between(shape.opens, shape.closes);
    let mut drawn: Vec<(u64, CaseNo, Day)> = Vec::new();
    for (case, history) in histories.iter().enumerate().filter(|(_, history)| history.award.is_none()) {
        let mut draw = Draw::new(scene.seed, 0xA3A0 + round as u64, case as u64);
        let order = draw.bits();
        let day = open[draw.below(open.len())];
        if may_apply(history, day) {
            drawn.push((order, case as CaseNo, day));
        }
    }
    drawn.sort_unstable();
    drawn.truncate((shape.applied * scale).round() as usize);
    drawn.retain(|(_, _, day)| *day <= scene.today);
    drawn.sort_unstable_by_key(|(order, _, day)| (*day, *order));
    drawn.into_iter().map(|(_, case, day)| application(scene, round, shape, case, day, &histories[case as usize])).collect()
}

fn may_apply(history: &History, day: Day) -> bool {
    let (Some(business), Some(received)) = (history.business.as_deref(), history.receipt()) else { return false };
    received.plus_months(MONTHS_BEFORE) <= day && stands(history, business, day)
}

/// In business on a day, with duties met and nothing closed.
fn stands(history: &History, business: &Business, day: Day) -> bool {
    let started = business.started.is_some_and(|act| act.at.day < day);
    let ended = business.ended.is_some_and(|end| end.on.plus(-10) <= day);
    let paused = business.pauses.iter().any(|p| p.from.at.day <= day && p.resumed.is_none_or(|act| day <= act.at.day));
    let resting = history.suspension.is_some_and(|s| s.suspended.at.day <= day && s.resumed.is_none_or(|act| day <= act.at.day));
    let breached = business.breach.is_some_and(|breach| breach.outcome.is_none_or(|outcome| day <= outcome.act.at.day));
    let closed = history.closing.is_some_and(|closing| closing.act.at.day <= day) || history.death.is_some();
    started && !ended && !paused && !resting && !breached && !closed
}

fn application(scene: Scene<'_>, round: usize, shape: &Round, case: CaseNo, day: Day, history: &History) -> Award {
    let mut draw = Draw::new(scene.seed, 0xA3B0 + round as u64, u64::from(case));
    let days = &scene.setting.days;
    let region = scene.setting.offices[usize::from(history.office_now)].region;
    let officer = scene.roster.of(history.office_now, Role::Officer, draw.bits());
    let told = |act: Act| Some(act).filter(|act| act.at.day <= scene.today);
    let checked_on = days.plus(day, draw.between(2, 9) as u32);
    let (low, high) = shape::AWARD_AMOUNTS;
    let asked = i64::from(draw.between(low, high)) / 10_000 * 10_000;
    let evaluators = scene.roster.all_national(Role::Evaluator);
    let first = draw.below(evaluators.len());
    let worth = shape::SCORE_MEAN + 9.0 * draw.normal();
    let scores = [0, 1 + draw.below(evaluators.len() - 1)].map(|step| {
        let sealed = days.plus(shape.closes, draw.between(4, 22) as u32).at(draw.between(9 * 60 + 10, 17 * 60) as u16);
        let total = (worth + 6.0 * draw.normal()).round().clamp(10.0, 100.0) as u8;
        let sealed = Some(sealed).filter(|at| at.day <= scene.today);
        (evaluators[(first + step) % evaluators.len()], sealed, if sealed.is_some() { total } else { 0 })
    });
    Award {
        case,
        round: round as u8,
        lodged: Act { at: day.at(draw.between(9 * 60 + 10, 16 * 60) as u16), by: officer },
        asked,
        own_share: (asked as f64 * (shape::AWARD_OWN_SHARE + 0.1 * draw.unit())) as i64 / 1_000 * 1_000 + 1_000,
        jobs_promised: draw.weighted([30.0, 45.0, 20.0, 5.0].into_iter()) as u8,
        adviser: scene.roster.adviser(region),
        checked: told(Act { at: checked_on.at(draw.between(9 * 60, 16 * 60) as u16), by: officer }),
        scores: scores.to_vec(),
        decided: None,
        contracted: None,
        delivered: None,
        granted: 0,
    }
}

/// The best of those still in business win; the goods follow where the business still stands.
fn decide(scene: Scene<'_>, scale: f64, shape: &Round, decided: Moment, applied: &mut [Award], histories: &[History]) {
    let mut order: Vec<usize> = (0..applied.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(applied[*at].scores.iter().map(|score| u32::from(score.2)).sum::<u32>()));
    let mut places = (shape.won * scale).round() as usize;
    for at in order {
        let award = &mut applied[at];
        let history = &histories[award.case as usize];
        let Some(business) = history.business.as_deref() else { continue };
        let wins = places > 0 && stands(history, business, decided.day);
        award.decided = Some((decided, wins));
        if wins {
            places -= 1;
            award.granted = award.asked;
            hand_over(scene, award, history, business, decided.day);
        }
    }
}

fn hand_over(scene: Scene<'_>, award: &mut Award, history: &History, business: &Business, decided: Day) {
    let mut draw = Draw::new(scene.seed, 0xA3C0 + u64::from(award.round), u64::from(award.case));
    let days = &scene.setting.days;
    let signed = days.plus(decided, draw.between(5, 15) as u32);
    let head = scene.roster.of(history.office_now, Role::OfficeHead, 0);
    let keeper = scene.roster.of(history.office_now, Role::Storekeeper, 0);
    let delivered = days.on_or_after(signed.plus(draw.between(25, 70)));
    let told = |day: Day, by, draw: &mut Draw| {
        let act = Act { at: day.at(draw.between(10 * 60, 16 * 60) as u16), by };
        Some(act).filter(|_| day <= scene.today && stands(history, business, day))
    };
    award.contracted = told(signed, head, &mut draw);
    award.delivered = award.contracted.and_then(|_| told(delivered, keeper, &mut draw));
}
