//! Rounds of incentive awards: who applies, how they are scored, who wins and when the goods come.

use super::afterwards::{Award, AwardRound, AwardSitting};
use super::business::Scene;
use super::cast;
use super::day::{Day, Moment};
use super::draw::Draw;
use super::history::{Act, CaseNo, History};
use super::programme::Simulated;
use super::rows::monitoring;
use super::shape::{self, Round};
use followup::growth::{
    gather::{self, Standing},
    rules::{Facts, failed, of_business},
};
use platform::role::Role;

/// Commission of the awards: the heads of this many regions' commissions, that of the cast's region first.
const MEMBERS: usize = 5;
/// Of those who do not meet the conditions so many apply all the same.
const HOPEFUL: f64 = 0.06;
/// The usual award, in qəpik: by it a round's money gives its places.
const USUAL: i64 = 560_000;
/// Two scores differ by no more, or a third would be needed.
const APART: u8 = 16;
/// The term of an award's contract.
pub const TERM_MONTHS: u32 = 12;
/// Points below which the commission gives nothing.
const PASS_MARK: u32 = 65;

/// All rounds that have opened, with their applications; each history learns of its own.
pub fn hold(scene: Scene<'_>, scale: f64, made: &mut Simulated) {
    for (number, shape) in shape::AWARD_ROUNDS.iter().enumerate().filter(|(_, round)| round.opens <= scene.today) {
        let mut round = open(scene, scale, shape);
        let mut applied = applications(scene, scale, number, shape, made);
        match shape.decides <= scene.today {
            true => decide_all(scene, shape, &mut round, &mut applied, made),
            false if shape.first_sitting.is_some() => {
                go_on(scene, shape, &mut round, &mut applied, made);
                leave_to_the_adviser(scene, &mut applied);
            }
            false => {}
        }
        for award in applied {
            made.histories[award.case as usize].award.get_or_insert(made.awards.len() as u32);
            made.awards.push(award);
        }
        made.rounds.push(round);
    }
}

fn open(scene: Scene<'_>, scale: f64, shape: &Round) -> AwardRound {
    let days = &scene.setting.days;
    let home = scene.setting.office_in(cast::HOME).map_or(1, |office| scene.setting.offices[usize::from(office)].region);
    let regions = std::iter::once(home).chain((1..).filter(|region| *region != home)).take(MEMBERS);
    let proposed = days.on_or_before(shape.opens.plus(-30));
    let approved = days.plus(proposed, 4);
    AwardRound {
        title: shape.title,
        opens: shape.opens,
        closes: shape.closes,
        rolling: shape.first_sitting.is_some(),
        budget: (shape.won * scale * USUAL as f64) as i64 / 100_000 * 100_000 + 2_000_000,
        proposed: Act { at: proposed.at(11 * 60), by: scene.roster.national(Role::Manager, 0) },
        approved: Some(Act { at: approved.at(15 * 60), by: scene.roster.national(Role::Finance, 0) }),
        secretary: scene.roster.national(Role::Secretary, 0),
        members: regions.map(|region| scene.roster.commission(region)[0]).collect(),
        sittings: Vec::new(),
    }
}

/// As many owners and holders as the round draws, in an order of chance.
fn applications(scene: Scene<'_>, scale: f64, round: usize, shape: &Round, made: &Simulated) -> Vec<Award> {
    let open = scene.setting.days.between(shape.opens, shape.closes);
    let mut drawn: Vec<(u64, CaseNo, Day, bool)> = Vec::new();
    for (case, history) in made.histories.iter().enumerate().filter(|(_, history)| history.award.is_none()) {
        let mut draw = Draw::new(scene.seed, 0xA3A0 + round as u64, case as u64);
        let order = draw.bits();
        let day = open[draw.below(open.len())];
        let hopes = draw.chance(HOPEFUL);
        if history.business.is_some() && history.receipt().is_some_and(|received| received < day) {
            drawn.push((order, case as CaseNo, day, hopes));
        }
    }
    drawn.sort_unstable();
    let wanted = (shape.applied * scale).round() as usize;
    let may = |(_, case, day, hopes): &(u64, CaseNo, Day, bool)| {
        let running = lives(made.history(*case), *day);
        running && (*hopes || is_eligible(made, *case, *day))
    };
    // Whether the conditions are met is asked of no more people than the round needs.
    let mut drawn: Vec<_> = drawn.into_iter().filter(may).take(wanted).filter(|(_, _, day, _)| *day <= scene.today).collect();
    drawn.sort_unstable_by_key(|(order, _, day, _)| (*day, *order));
    drawn.into_iter().map(|(_, case, day, _)| application(scene, round, shape, case, day, made)).collect()
}

/// Whether the programme's own rules find the business fit on a day.
fn is_eligible(made: &Simulated, case: CaseNo, day: Day) -> bool {
    failed(&of_business(&facts(made, case, day))).is_empty()
}

/// What the conditions are judged on, on a day.
pub fn facts(made: &Simulated, case: CaseNo, day: Day) -> Facts {
    let history = made.history(case);
    let visits = monitoring::visits(made, case).unwrap_or_default();
    let business = history.business.as_deref();
    let ended = business.and_then(|b| b.ended).is_some_and(|end| end.recorded.at.day <= day);
    let paused =
        business.is_some_and(|b| b.pauses.iter().any(|p| p.from.at.day <= day && p.resumed.is_none_or(|act| day < act.at.day)));
    let breach = business.and_then(|b| b.breach);
    let breached = breach.is_some_and(|b| b.noticed.at.day <= day && b.outcome.is_none_or(|o| day < o.act.at.day || !o.remedied));
    let started = business.and_then(|b| b.started).is_some_and(|act| act.at.day <= day);
    let closed = history.closing.is_some_and(|closing| closing.act.at.day <= day) || history.death.is_some();
    let standing = Standing {
        in_business: started && !ended && !paused && !breached && !closed,
        suspended: history.suspension.is_some_and(|s| s.suspended.at.day <= day && s.resumed.is_none_or(|act| day < act.at.day)),
        received_on: history.receipt().map(Day::date),
        breach_open: breached,
        held: false,
    };
    gather::of(&made.setting.programme, standing, &visits, day.date())
}

/// The person is there and the case goes on: others do not come to apply.
fn lives(history: &History, day: Day) -> bool {
    let closed = history.closing.is_some_and(|closing| closing.act.at.day <= day);
    let started = history.business.as_deref().and_then(|business| business.started).is_some_and(|act| act.at.day < day);
    started && !closed && history.death.is_none()
}

/// Fit on a day and for some time after, so that what was granted can be handed over.
fn stands(made: &Simulated, case: CaseNo, day: Day) -> bool {
    lives(made.history(case), day) && is_eligible(made, case, day)
}

fn application(scene: Scene<'_>, round: usize, shape: &Round, case: CaseNo, day: Day, made: &Simulated) -> Award {
    let mut draw = Draw::new(scene.seed, 0xA3B0 + round as u64, u64::from(case));
    let days = &scene.setting.days;
    let history = made.history(case);
    let region = scene.setting.offices[usize::from(history.office_now)].region;
    let officer = scene.roster.of(history.office_now, Role::Officer, draw.bits());
    let checker = scene.roster.other(history.office_now, Role::Officer, draw.bits(), officer);
    let checked_on = days.plus(day, draw.between(2, 9) as u32);
    let (low, high) = shape::AWARD_AMOUNTS;
    let asked = i64::from(draw.between(low, high)) / 10_000 * 10_000;
    let evaluators = scene.roster.all_national(Role::Evaluator);
    let at_home = Some(history.office_now) == scene.setting.office_in(cast::HOME);
    let first = draw.below(evaluators.len());
    let first = if at_home { first % 2 } else { first };
    let worth = shape::SCORE_MEAN + 4.0 + 9.0 * draw.normal();
    let total = |draw: &mut Draw| (worth + 5.0 * draw.normal()).round().clamp(10.0, 100.0) as u8;
    let second = if at_home { (first + 1) % 3 } else { (first + 1 + draw.below(evaluators.len() - 1)) % evaluators.len() };
    let sealed = [4, 22].map(|most| days.plus(shape.closes, draw.between(most.min(4), most) as u32));
    let mut scores = [(first, sealed[0]), (second, sealed[1])].map(|(evaluator, on)| {
        let at = on.at(draw.between(9 * 60 + 10, 17 * 60) as u16);
        (evaluators[evaluator], Some(at).filter(|at| at.day <= scene.today), total(&mut draw))
    });
    scores[1].2 = near(scores[0].2, scores[1].2);
    let found = is_eligible(made, case, checked_on);
    let checked = Act { at: checked_on.at(draw.between(9 * 60, 16 * 60) as u16), by: checker };
    let assigned = days.plus(shape.closes, 1).at(10 * 60 + 20);
    Award {
        case,
        round: round as u8,
        lodged: Act { at: day.at(draw.between(9 * 60 + 10, 16 * 60) as u16), by: officer },
        asked,
        own_share: (asked as f64 * (shape::AWARD_OWN_SHARE + 0.1 * draw.unit())) as i64 / 1_000 * 1_000 + 1_000,
        jobs_promised: draw.weighted([30.0, 45.0, 20.0, 5.0].into_iter()) as u8,
        adviser: scene.roster.adviser(region),
        helped: draw.chance(0.7),
        checked: Some((checked, found)).filter(|(act, _)| act.at.day <= scene.today),
        assigned: Some(assigned).filter(|at| found && at.day <= scene.today),
        scores: if found && shape.first_sitting.is_none() && assigned.day <= scene.today { scores.to_vec() } else { Vec::new() },
        sitting: None,
        decided: None,
        drafted: None,
        contracted: None,
        ordered: None,
        arrived: None,
        delivered: None,
        accounted: None,
        ended: false,
        closed: None,
        granted: 0,
    }
}

/// The cast's adviser has not yet looked at the latest plan of their region.
fn leave_to_the_adviser(scene: Scene<'_>, applied: &mut [Award]) {
    let Some(home) = scene.setting.office_in(cast::HOME) else { return };
    let adviser = scene.roster.adviser(scene.setting.offices[usize::from(home)].region);
    let latest = applied.iter_mut().rev().find(|award| award.adviser == adviser && award.assigned.is_none());
    if let Some(award) = latest {
        award.helped = false;
    }
}

/// A round whose time is over: everything is heard at one sitting.
fn decide_all(scene: Scene<'_>, shape: &Round, round: &mut AwardRound, applied: &mut [Award], made: &Simulated) {
    let days = &scene.setting.days;
    if shape.first_sitting.is_some() {
        for award in applied.iter_mut().filter(|award| award.checked.is_some_and(|(_, found)| found)) {
            let closes = shape.closes;
            score(scene, made, award, days.plus(closes, 1), [days.plus(closes, 6), days.plus(closes, 12)]);
        }
    }
    let sits = days.on_or_after(shape.decides);
    let closed = sits.at(14 * 60 + 40);
    round.sittings.push(AwardSitting { called: days.on_or_before(sits.plus(-9)).at(11 * 60), sits, closed: Some(closed) });
    let heard: Vec<usize> = (0..applied.len()).filter(|at| !applied[*at].scores.is_empty()).collect();
    give(scene, round, 0, closed, applied, heard, made);
}

/// The best of those still in business win, as far as marks and money go; the goods follow where the business still stands.
fn give(
    scene: Scene<'_>,
    round: &AwardRound,
    sitting: u8,
    closed: Moment,
    applied: &mut [Award],
    mut heard: Vec<usize>,
    made: &Simulated,
) {
    let sum = |award: &Award| award.scores.iter().map(|score| u32::from(score.2)).sum::<u32>();
    heard.sort_by_key(|at| std::cmp::Reverse(sum(&applied[*at])));
    let (mut left, mut places) = (round.budget, round.budget / USUAL);
    for at in heard {
        let award = &mut applied[at];
        let marks = sum(award) >= PASS_MARK * award.scores.len() as u32;
        let wins = marks && places > 0 && award.asked <= left && stands(made, award.case, closed.day);
        award.sitting = Some(sitting);
        award.decided = Some((closed, wins));
        if wins {
            left -= award.asked;
            places -= 1;
            award.granted = award.asked;
            hand_over(scene, award, made, closed.day);
        }
    }
}

fn hand_over(scene: Scene<'_>, award: &mut Award, made: &Simulated, decided: Day) {
    let mut draw = Draw::new(scene.seed, 0xA3C0 + u64::from(award.round), u64::from(award.case));
    let days = &scene.setting.days;
    let office = made.history(award.case).office_now;
    let signed = days.plus(decided, draw.between(5, 15) as u32);
    let delivered = days.on_or_after(signed.plus(draw.between(25, 70)));
    let told = |day: Day, role: Role, salt: u64, minute: i32| {
        let national = matches!(role, Role::Procurement);
        let by = if national { scene.roster.national(role, salt) } else { scene.roster.of(office, role, salt) };
        Act { at: day.at(minute as u16), by }
    };
    let reached = |act: Act| Some(act).filter(|act| act.at.day <= scene.today && stands(made, award.case, act.at.day));
    let minute = draw.between(10 * 60, 16 * 60);
    let salt = draw.bits();
    award.drafted = reached(told(days.on_or_before(signed.plus(-3)).max(decided), Role::Officer, salt, minute));
    award.contracted = award.drafted.and_then(|_| reached(told(signed, Role::OfficeHead, 0, minute)));
    let Some(_) = award.contracted else { return };
    let placed = told(days.plus(signed, 2), Role::Procurement, salt, minute);
    let approved = told(days.plus(signed, 3), Role::Procurement, salt.wrapping_add(1), minute);
    award.ordered = Some((placed, approved)).filter(|(_, act)| act.at.day <= scene.today);
    let arrived = days.on_or_before(delivered.plus(-4)).max(days.plus(signed, 4));
    let arrived = told(arrived, Role::Storekeeper, 0, 10 * 60);
    award.arrived = award.ordered.and(Some(arrived)).filter(|act| act.at.day <= scene.today);
    award.delivered = award.arrived.and_then(|_| reached(told(delivered, Role::Storekeeper, 0, minute)));
    let accounted = told(days.on_or_after(delivered.plus(draw.between(30, 58))), Role::Officer, salt, minute);
    // Some have not brought their receipts yet.
    let brings = !draw.chance(0.15);
    award.accounted = award.delivered.and(Some(accounted)).filter(|act| brings && act.at.day <= scene.today);
    let ends = signed.plus_months(TERM_MONTHS);
    award.ended = ends <= scene.today;
    let closed = told(days.plus(ends, draw.between(2, 12) as u32), Role::OfficeHead, 0, 11 * 60);
    award.closed = award.accounted.and(Some(closed)).filter(|act| act.at.day <= scene.today);
}

/// Evaluators get an application on a day and seal on others.
fn score(scene: Scene<'_>, made: &Simulated, award: &mut Award, given: Day, sealed: [Day; 2]) {
    let mut draw = Draw::new(scene.seed, 0xA3D0 + u64::from(award.round), u64::from(award.case));
    let evaluators = scene.roster.all_national(Role::Evaluator);
    let at_home = award.scores.is_empty() && scene.setting.office_in(cast::HOME) == Some(made.history(award.case).office_now);
    let first = if at_home { draw.below(2) } else { draw.below(evaluators.len()) };
    let worth = shape::SCORE_MEAN + 8.0 + 8.0 * draw.normal();
    award.assigned = Some(given.at(10 * 60 + 20));
    award.scores = [first, (first + 1) % evaluators.len()]
        .into_iter()
        .zip(sealed)
        .map(|(evaluator, day)| {
            let at = day.at(draw.between(9 * 60 + 10, 17 * 60) as u16);
            let total = (worth + 4.0 * draw.normal()).round().clamp(40.0, 98.0) as u8;
            (evaluators[evaluator], Some(at).filter(|at| at.day <= scene.today), total)
        })
        .collect();
    award.scores[1].2 = near(award.scores[0].2, award.scores[1].2);
}

/// A second score, no farther from the first than needs no third.
fn near(first: u8, second: u8) -> u8 {
    second.clamp(first.saturating_sub(APART), first.saturating_add(APART).min(100))
}

/// A round that is open and decides as it goes: its first sitting has been, a second is held today, and of the rest some are
/// scored, some with evaluators, some checked and some just lodged.
fn go_on(scene: Scene<'_>, shape: &Round, round: &mut AwardRound, applied: &mut [Award], made: &Simulated) {
    let days = &scene.setting.days;
    let Some(first) = shape.first_sitting.map(|day| days.on_or_after(day)).filter(|day| *day < scene.today) else { return };
    let closed = first.at(14 * 60 + 40);
    round.sittings.push(AwardSitting {
        called: days.on_or_before(first.plus(-4)).at(11 * 60),
        sits: first,
        closed: Some(closed),
    });
    let mut heard = Vec::new();
    for (at, award) in applied.iter_mut().enumerate() {
        hasten(scene, award, made);
        let Some((check, true)) = award.checked else { continue };
        let given = days.plus(check.at.day, 1);
        let sealed = [days.plus(check.at.day, 3), days.plus(check.at.day, 5)];
        if sealed[1] < first {
            score(scene, made, award, given, sealed);
            heard.push(at);
        }
    }
    give(scene, round, 0, closed, applied, heard, made);
    spread(scene, first, applied, made);
    let called = days.on_or_before(scene.today.plus(-2)).at(11 * 60 + 15);
    round.sittings.push(AwardSitting { called, sits: days.on_or_before(made.today), closed: None });
    let waiting = |award: &&mut Award| award.decided.is_none() && award.checked.is_some_and(|(_, found)| found);
    for (nth, award) in applied.iter_mut().filter(waiting).enumerate() {
        let Some((check, _)) = award.checked else { continue };
        let since = days.plus(check.at.day, 1);
        let recent = [days.on_or_before(scene.today.plus(-6)).max(since), days.on_or_before(scene.today.plus(-5)).max(since)];
        let aged = recent[1] <= days.on_or_before(scene.today.plus(-3));
        match nth % 5 {
            0 if aged => {
                score(scene, made, award, since, recent);
                award.sitting = Some(1);
            }
            1 if aged => score(scene, made, award, since, recent),
            2 | 3 => {
                score(scene, made, award, since.min(scene.today), recent);
                award.scores.iter_mut().skip(usize::from(nth % 5 == 3)).for_each(|score| score.1 = None);
            }
            _ => award.assigned = None,
        }
    }
}

/// Of what the first sitting granted something waits at every step from the contract to the handover.
fn spread(scene: Scene<'_>, decided: Day, applied: &mut [Award], made: &Simulated) {
    /// Days after the sitting from which there is room for all steps.
    const ROOM: i32 = 18;
    if scene.today.since(decided) < ROOM {
        return;
    }
    let days = &scene.setting.days;
    let won = |award: &&mut Award| award.granted > 0 && award.delivered.is_none();
    for (nth, award) in applied.iter_mut().filter(won).enumerate() {
        let office = made.history(award.case).office_now;
        let act = |day: Day, role: Role, salt: u64| {
            let by = match role {
                Role::Procurement => scene.roster.national(role, salt),
                _ => scene.roster.of(office, role, salt),
            };
            Act { at: day.at(11 * 60 + 25), by }
        };
        let recent = |before: i32| days.on_or_before(scene.today.plus(-before));
        let step = nth % 5;
        let signed = if step == 3 { recent(3) } else { days.plus(decided, 4) };
        let drafted = if step == 1 { recent(3) } else { days.on_or_before(signed.plus(-1)) };
        award.drafted = (step > 0).then(|| act(drafted, Role::Officer, nth as u64));
        award.contracted = (step > 1).then(|| act(signed, Role::OfficeHead, 0));
        let order = (
            act(days.plus(signed, 1), Role::Procurement, nth as u64),
            act(days.plus(signed, 2), Role::Procurement, nth as u64 + 1),
        );
        award.ordered = (step == 2 || step == 4).then_some(order);
        award.arrived = (step == 2).then(|| act(recent(2), Role::Storekeeper, 0));
        (award.accounted, award.ended, award.closed) = (None, false, None);
    }
}

/// In a round that decides as it goes the offices check quickly, but for what came in the last days.
fn hasten(scene: Scene<'_>, award: &mut Award, made: &Simulated) {
    let days = &scene.setting.days;
    let office = made.history(award.case).office_now;
    let day = days.plus(award.lodged.at.day, 2);
    let by = scene.roster.other(office, Role::Officer, u64::from(award.case), award.lodged.by);
    let act = Act { at: day.at(15 * 60 + 5), by };
    (award.assigned, award.scores) = (None, Vec::new());
    award.checked = Some((act, is_eligible(made, award.case, day))).filter(|_| day <= days.on_or_before(scene.today.plus(-1)));
}
