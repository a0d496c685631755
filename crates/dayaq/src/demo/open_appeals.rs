//! Appeals that wait on the morning on which the programme opens: some in time, to be decided; some that came after the case
//! had closed by itself, and of which nobody has yet said whether they are heard.

use super::business::Scene;
use super::cast;
use super::day::Day;
use super::history::{Act, Appeal, AppealAgainst, CloseReason, History};
use platform::role::Role;

/// So many of each kind are lodged.
const IN_TIME: usize = 3;
const LATE: usize = 2;
/// The closing was at most so many days ago.
const LATELY: i32 = 60;
/// Days after a decision in which an appeal is in time, with some to spare.
const TIME_TO_APPEAL: i32 = 25;

/// Lodges the appeals that wait, in the cast's office first.
pub fn lodge(scene: Scene<'_>, histories: &mut [History]) {
    let yesterday = scene.setting.days.on_or_before(scene.today);
    let refused_lately = |history: &History| {
        let decided = history.eligibility.filter(|decision| decision.failed.is_some())?.decided.at.day;
        let waits = history.closing.is_none() && history.withdrawal.is_none() && history.death.is_none();
        (waits && scene.today.since(decided) < TIME_TO_APPEAL).then_some(decided)
    };
    let closed_lately = |history: &History| {
        let closing = history.closing.filter(|closing| closing.reason == CloseReason::Ineligible)?;
        let fits = history.later.is_none() && scene.today.since(closing.act.at.day) < LATELY;
        fits.then_some(closing.act.at.day)
    };
    let in_time = chosen(scene, histories, IN_TIME, yesterday, refused_lately);
    let late = chosen(scene, histories, LATE, yesterday, closed_lately);
    for (case, late) in in_time.into_iter().map(|case| (case, false)).chain(late.into_iter().map(|case| (case, true))) {
        let history = &mut histories[case];
        let by = scene.roster.of(history.office_now, Role::Grievance, 0);
        let lodged = Act { at: yesterday.at(14 * 60 + 20), by };
        let due = scene.setting.days.plus(yesterday, 15);
        history.appeals.push(Appeal { against: AppealAgainst::Ineligibility, lodged, late, due, decided: None });
    }
}

/// Cases without an appeal to which something happened before a day, those of the cast's office first.
fn chosen(
    scene: Scene<'_>,
    histories: &[History],
    wanted: usize,
    before: Day,
    happened: impl Fn(&History) -> Option<Day>,
) -> Vec<usize> {
    let home = scene.setting.office_in(cast::HOME);
    let fits = |case: usize| {
        let history = &histories[case];
        let day = happened(history).filter(|day| history.appeals.is_empty() && *day < before)?;
        Some((Some(history.office_now) != home, day, case))
    };
    let mut found: Vec<_> = (0..histories.len()).filter_map(fits).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, _, case)| case).take(wanted).collect()
}
