//! A few appeals that came after their time: the case had closed by itself, and nobody has yet said whether they are heard.

use super::business::Scene;
use super::cast;
use super::history::{Act, Appeal, AppealAgainst, CloseReason, History};
use platform::role::Role;

/// So many wait.
const WAITING: usize = 2;
/// The closing was at most so many days ago.
const LATELY: i32 = 60;

/// Lodges the late appeals, in the cast's office first.
pub fn lodge(scene: Scene<'_>, histories: &mut [History]) {
    let home = scene.setting.office_in(cast::HOME);
    let closed_lately = |history: &History| {
        let closing = history.closing.filter(|closing| closing.reason == CloseReason::Ineligible)?;
        let fits = history.appeals.is_empty() && history.later.is_none() && scene.today.since(closing.act.at.day) < LATELY;
        fits.then_some((Some(history.office_now) != home, closing.act.at.day))
    };
    let mut found: Vec<_> = (0..histories.len()).filter_map(|case| Some((closed_lately(&histories[case])?, case))).collect();
    found.sort_unstable();
    let day = scene.setting.days.on_or_before(scene.today);
    for (_, case) in found.into_iter().filter(|((_, closed), _)| *closed < day).take(WAITING) {
        let history = &mut histories[case];
        let by = scene.roster.of(history.office_now, Role::Grievance, 0);
        let lodged = Act { at: day.at(14 * 60 + 20), by };
        let due = scene.setting.days.plus(day, 15);
        history.appeals.push(Appeal { against: AppealAgainst::Ineligibility, lodged, late: true, due, decided: None });
    }
}
