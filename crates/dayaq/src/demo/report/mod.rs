//! How close a made-up programme comes to the shape that it was drawn to.

pub mod disputes;
#[cfg(test)]
mod disputes_tests;

use super::afterwards::{Business, Seen};
use super::day::Day;
use super::history::{Answer, History};
use super::programme::Simulated;
use super::{cast, open_work, people::Groups, shape};
use std::fmt::Write;

/// Cumulative counts on a day, people counted once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    pub day: Day,
    pub applications: usize,
    pub selected: usize,
    pub trained: usize,
    pub equipped: usize,
}

/// Counts at each of the shape's points up to today.
pub fn reached(made: &Simulated) -> Vec<Reached> {
    let days = shape::POINTS.iter().map(|point| point.day).filter(|day| *day <= made.today);
    let selected = firsts(made, selected);
    let trained = firsts(made, History::trained);
    let equipped = firsts(made, History::receipt);
    let by = |days: &[Day], until: Day| days.partition_point(|day| *day <= until);
    let mut lodged: Vec<Day> = made.histories.iter().map(|history| history.application.lodged.at.day).collect();
    lodged.sort_unstable();
    days.map(|day| Reached {
        day,
        applications: by(&lodged, day),
        selected: by(&selected, day),
        trained: by(&trained, day),
        equipped: by(&equipped, day),
    })
    .collect()
}

/// The day a place was first offered.
pub fn selected(history: &History) -> Option<Day> {
    history.offer.map(|offer| offer.made.day)
}

/// The first such day of each person who has one, sorted.
fn firsts(made: &Simulated, of: impl Fn(&History) -> Option<Day>) -> Vec<Day> {
    let mut first: Vec<Option<Day>> = vec![None; made.people.len()];
    for history in &made.histories {
        if let Some(day) = of(history) {
            let known = &mut first[history.person as usize];
            *known = Some(known.map_or(day, |earlier: Day| earlier.min(day)));
        }
    }
    let mut days: Vec<Day> = first.into_iter().flatten().collect();
    days.sort_unstable();
    days
}

/// Everything that the shape names, found beside wanted.
pub fn text(made: &Simulated, scale: f64) -> String {
    let mut out = String::from("day         applications        selected         trained        equipped\n");
    for (found, wanted) in reached(made).iter().zip(&shape::POINTS) {
        let cell = |found: usize, wanted: f64| {
            let wanted = wanted * scale;
            let off = if wanted > 0.0 { (found as f64 / wanted - 1.0) * 100.0 } else { 0.0 };
            format!("{found:>7} {off:>+6.1}%")
        };
        let _ = writeln!(
            out,
            "{}  {}  {}  {}  {}",
            found.day.date(),
            cell(found.applications, wanted.applications),
            cell(found.selected, wanted.selected),
            cell(found.trained, wanted.trained),
            cell(found.equipped, wanted.equipped)
        );
    }
    shares(made, &mut out);
    delays(made, &mut out);
    businesses(made, &mut out);
    disputes::told(made, &mut out);
    work(made, &mut out);
    out
}

fn shares(made: &Simulated, out: &mut String) {
    let equipped: Vec<_> = made.histories.iter().filter(|history| history.receipt().is_some()).collect();
    let total = equipped.len().max(1) as f64;
    let share = |count: usize| 100.0 * count as f64 / total;
    let _ = write!(out, "groups of the equipped, per cent:");
    for (group, code) in Groups::ALL {
        let _ = write!(out, " {code} {:.1}", share(equipped.iter().filter(|h| h.application.groups.has(group)).count()));
    }
    let none = equipped.iter().filter(|h| !h.application.groups.any_of(Groups::COUNTED)).count();
    let _ = writeln!(out, " none {:.1}", share(none));
    for year in 2020..=made.today.year() {
        let until = |day: Option<Day>| day.is_some_and(|day| day.year() <= year);
        let women = |of: &dyn Fn(&History) -> Option<Day>| {
            let all: Vec<_> = made.histories.iter().filter(|h| until(of(h))).collect();
            let women = all.iter().filter(|h| made.people[h.person as usize].female).count();
            100.0 * women as f64 / all.len().max(1) as f64
        };
        let _ = writeln!(
            out,
            "women by end {year}: trained {:.1}, equipped {:.1}",
            women(&History::trained),
            women(&History::receipt)
        );
    }
    let _ = write!(out, "regions, per cent of applications:");
    for region in 1..15 {
        let count = made.histories.iter().filter(|h| made.setting.offices[usize::from(h.office)].region == region).count();
        let _ = write!(out, " {region}:{:.1}", 100.0 * count as f64 / made.histories.len().max(1) as f64);
    }
    let _ = writeln!(out);
    let admitted = made.histories.iter().filter(|h| h.offer.and_then(|o| o.answer).is_some_and(|a| a.answer == Answer::Accepted));
    let (land, all) =
        admitted.fold((0, 0), |(land, all), h| (land + usize::from(made.people[h.person as usize].landholder()), all + 1));
    let _ = writeln!(out, "landholders of admitted: {:.1} %", 100.0 * land as f64 / all.max(1) as f64);
}

fn delays(made: &Simulated, out: &mut String) {
    let median = |name: &str, of: &dyn Fn(&History) -> Option<(Day, Day)>, out: &mut String| {
        let _ = write!(out, "{name:<22}");
        for year in 2020..=made.today.year() {
            let mut days: Vec<i32> = made
                .histories
                .iter()
                .filter_map(of)
                .filter(|(from, _)| from.year() == year)
                .map(|(from, to)| to.since(from))
                .collect();
            days.sort_unstable();
            let _ = write!(out, " {year}: {:>4} ({:>5})", days.get(days.len() / 2).copied().unwrap_or(0), days.len());
        }
        let _ = writeln!(out);
    };
    median("application-decision", &|h| Some((h.application.lodged.at.day, h.eligibility?.decided.at.day)), out);
    median("decision-selection", &|h| Some((h.eligibility?.decided.at.day, h.offer?.made.day)), out);
    median("offer-trained", &|h| Some((h.offer?.made.day, h.trained()?)), out);
    median("trained-plan", &|h| Some((h.trained()?, h.plans.first()?.submitted?.at.day)), out);
    median("plan-decision", &|h| Some((h.plans.first()?.submitted?.at.day, h.plans.first()?.decision?.at.day)), out);
    median("approval-contract", &|h| Some((h.approved_plan()?.decision?.at.day, h.contract.as_ref()?.signed?.at.day)), out);
    median("contract-receipt", &|h| Some((h.contract.as_ref()?.signed?.at.day, h.receipt()?)), out);
}

fn businesses(made: &Simulated, out: &mut String) {
    let all: Vec<_> = made.histories.iter().filter_map(|history| Some((history, history.business.as_deref()?))).collect();
    for months in [6, 12, 24] {
        let seen: Vec<Seen> = all
            .iter()
            .filter_map(|(_, business)| business.follow_ups.iter().find(|f| f.months == months)?.made.map(|(_, seen)| seen))
            .collect();
        let count = |wanted: &[Seen]| seen.iter().filter(|seen| wanted.contains(seen)).count() as f64;
        let (alive, dead) = (count(&[Seen::InBusiness, Seen::Paused]), count(&[Seen::Ended]));
        let _ = writeln!(
            out,
            "after {months} months: {} seen, in business {:.1} %, unreachable {:.1} %",
            seen.len(),
            100.0 * alive / (alive + dead).max(1.0),
            100.0 * count(&[Seen::Unreachable]) / (seen.len() as f64).max(1.0)
        );
    }
    let over: Vec<_> = all.iter().filter(|(_, business)| business.term_ends.plus(60) < made.today).collect();
    let of =
        |test: &dyn Fn(&Business) -> bool| 100.0 * over.iter().filter(|(_, b)| test(b)).count() as f64 / over.len().max(1) as f64;
    let _ = writeln!(
        out,
        "terms over {}: owner {:.1} %, recovery {:.1} %, breach {:.1} %; extended ever {:.1} %",
        over.len(),
        of(&|b| b.ownership.is_some_and(|title| title.approved.is_some())),
        of(&|b| b.recovery.is_some()),
        of(&|b| b.breach.is_some()),
        of(&|b| b.extension.is_some())
    );
    let of_term = all.iter().flat_map(|(_, b)| &b.visits).map(|v| (v.due, v.made.map(|m| m.at.day)));
    let later = all.iter().flat_map(|(_, b)| &b.follow_ups).map(|f| (f.due, f.made.map(|(act, _)| act.at.day)));
    let visits: Vec<(Day, Option<Day>)> = of_term.chain(later).collect();
    let due = visits.iter().filter(|(due, _)| *due <= made.today).count().max(1) as f64;
    let on_time = visits.iter().filter(|(due, at)| *due <= made.today && at.is_some_and(|at| at <= *due)).count() as f64;
    let overdue = visits.iter().filter(|(due, at)| *due < made.today && at.is_none()).count();
    let _ = writeln!(out, "visits {}: on time {:.1} %, overdue now {overdue}", visits.len(), 100.0 * on_time / due);
}

/// What waits this morning: in the cast's office, and in the country.
fn work(made: &Simulated, out: &mut String) {
    let home = made.setting.office_in(cast::HOME);
    let waiting = open_work::waiting(made);
    for work in open_work::ALL {
        let all: Vec<_> = waiting.iter().filter(|(kind, _, _)| *kind == work).collect();
        let here = all.iter().filter(|(_, _, case)| Some(made.history(*case).office_now) == home).count();
        let oldest = all.first().map_or(0, |(_, since, _)| made.today.since(*since));
        let _ = writeln!(out, "{:<18} {here:>5} of {:>6}, oldest {oldest} days", format!("{work:?}"), all.len());
    }
    let open = made.grievances.iter().filter(|grievance| grievance.closed.is_none());
    for member in &made.cast {
        let person = &made.people[member.person as usize];
        let history = made.history(member.case);
        let office = &made.setting.offices[usize::from(history.office_now)].name;
        let _ = writeln!(out, "{:<16} {} ({office}), {}", member.key, person.full_name(), made.direction(history.direction()));
    }
    let _ = writeln!(out, "grievances {}, open {}; awards {}", made.grievances.len(), open.count(), made.awards.len());
}
