use super::day::{Day, Moment};
use super::events::events;
use super::history::{Course, History};
use super::open_work::{self, Work};
use super::programme::Simulated;
use super::setting::Setting;
use super::simulate::{Wanted, simulate};
use super::{cast, report, shape, vacancy};
use chrono::Timelike;
use registry::programme::Programme;
use std::path::Path;
use std::sync::LazyLock;

const LAST: Day = Day::of(2025, 12, 31);

/// A small programme to its end, shared by tests that only read.
pub(super) static SMALL: LazyLock<Simulated> = LazyLock::new(|| simulate(setting(), wanted(5_000, LAST)));

pub(super) fn setting() -> Setting {
    Setting::new(&programme())
}

pub(super) fn programme() -> Programme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/employment-support");
    registry::programme::load(&folder).expect("the programme")
}

pub(super) fn wanted(people: u32, today: Day) -> Wanted {
    Wanted { people, seed: 1, today }
}

#[test]
fn a_small_programme_keeps_to_the_cumulative_points() {
    let scale = 5_000.0 / shape::FULL_SIZE;
    for (found, aim) in report::reached(&SMALL).iter().zip(&shape::POINTS) {
        let close = |what: &str, found: usize, aim: f64| {
            // Two per cent, and what a list or a course more or less makes in a small programme.
            let allowed = 0.02 * aim * scale + 30.0;
            let off = found as f64 - aim * scale;
            assert!(off.abs() <= allowed, "{what}: {found}, aim {:.0}", aim * scale);
        };
        close("applications", found.applications, aim.applications);
        close("selected", found.selected, aim.selected);
        close("trained", found.trained, aim.trained);
        close("equipped", found.equipped, aim.equipped);
    }
}

#[test]
fn the_same_seed_makes_the_same_programme_on_any_number_of_threads() {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one");
    let one = alone.install(|| simulate(setting(), wanted(600, LAST)));
    let many = simulate(setting(), wanted(600, LAST));
    assert_eq!(format!("{one:?}"), format!("{many:?}"));
}

/// A case is decided up to three months after its application: a direction that ends before could not be confirmed.
#[test]
fn nobody_applies_for_a_direction_that_ends_before_their_case_is_decided() {
    let ends = |direction: u8| SMALL.setting.directions[usize::from(direction)].offered_until;
    let ending = SMALL.histories.iter().filter_map(|history| Some((history, ends(history.application.direction)?)));
    let mut seen = 0;
    for (history, end) in ending {
        let lodged = history.application.lodged.at.day;
        assert!(end.since(lodged) >= 100, "applied on {} for what ended on {}", lodged.date(), end.date());
        seen += 1;
    }
    assert!(seen > 30, "only {seen} applied for a direction that ended");
}

#[test]
fn another_seed_makes_other_people() {
    let made = |seed| simulate(setting(), Wanted { people: 300, seed, today: Day::of(2021, 6, 1) });
    let names = |made: &Simulated| made.people.iter().map(|person| person.full_name()).collect::<Vec<_>>();
    assert_ne!(names(&made(1)), names(&made(2)));
}

#[test]
fn an_earlier_today_only_cuts_the_story_short() {
    let early = simulate(setting(), wanted(6_000, shape::SEASON));
    let late = simulate(setting(), wanted(6_000, LAST));
    let home = early.setting.office_in(cast::HOME).expect("Gəncə");
    // The cast's office is dressed for its opening day.
    let elsewhere = |history: &History| history.office != home && history.office_now != home;
    let decided = |history: &History| history.eligibility.map(|e| e.decided.at).filter(|at| at.day < shape::SEASON);
    let received = |history: &History| history.receipt().filter(|day| *day < shape::SEASON);
    for (short, long) in early.histories.iter().zip(&late.histories).filter(|(short, _)| elsewhere(short)) {
        assert_eq!(short.application.lodged, long.application.lodged);
        assert_eq!(decided(short), decided(long));
        assert_eq!(received(short), received(long));
    }
}

#[test]
fn nothing_happens_outside_working_hours() {
    let days = &SMALL.setting.days;
    for case in 0..SMALL.histories.len() as u32 {
        for event in events(&SMALL, case) {
            let local = event.recorded_at + chrono::Duration::hours(4);
            let minute = local.hour() * 60 + local.minute();
            assert!((9 * 60..18 * 60).contains(&minute), "{:?} at {local}", event.kind());
            assert!(days.is_open(Day::from(local.date_naive())), "{:?} on {local}", event.kind());
            assert!(local.date_naive() <= LAST.date(), "{:?} after today on {local}", event.kind());
        }
    }
}

#[test]
fn moments_are_told_by_the_clock_of_baku() {
    let moment = Moment { day: shape::SEASON, minute: 9 * 60 + 30 };
    assert_eq!(moment.utc().to_rfc3339(), "2024-09-02T05:30:00+00:00");
}

#[test]
fn every_person_has_a_code_of_their_own() {
    let own: Vec<_> = SMALL.people.iter().filter(|p| p.duplicate_of.is_none()).filter_map(|p| p.fin).collect();
    let different: std::collections::HashSet<_> = own.iter().collect();
    assert_eq!(own.len(), different.len());
    assert!(own.iter().all(|fin| std::str::from_utf8(fin).is_ok_and(|text| text.parse::<values::Fin>().is_ok())));
}

#[test]
fn the_smallest_demo_has_work_for_everyone_and_the_whole_cast() {
    let made = simulate(setting(), wanted(200, shape::SEASON));
    assert!((150..260).contains(&made.histories.len()), "{} cases", made.histories.len());
    let waiting = open_work::waiting(&made);
    let home = made.setting.office_in(cast::HOME);
    let in_home = |works: &[Work]| {
        waiting.iter().any(|(work, _, case)| works.contains(work) && made.history(*case).office_now == home.expect("Gəncə"))
    };
    for (who, works) in AT_HOME {
        assert!(in_home(works), "nothing waits for the {who}");
    }
    let keys: Vec<_> = made.cast.iter().map(|member| member.key).collect();
    assert_eq!(keys, cast::PEOPLE.iter().map(|part| part.key).collect::<Vec<_>>());
    assert!(made.grievances.iter().any(|grievance| Some(grievance.office) == home && grievance.closed.is_none()));
    assert!(made.awards.iter().any(|award| award.decided.is_none()));
}

/// Whose work waits in the cast's office.
const AT_HOME: [(&str, &[Work]); 11] = [
    ("officer", &[Work::Decide, Work::FillForm, Work::ProposeOwnership]),
    ("counsellor", &[Work::Assess]),
    ("head of the office", &[Work::SignContract, Work::ApproveOwnership]),
    ("trainer", &[Work::Teach, Work::CommentPlan]),
    ("specialist", &[Work::ClearScreening]),
    ("evaluators", &[Work::Score]),
    ("members", &[Work::HoldSitting]),
    ("secretary", &[Work::CallSitting]),
    ("procurement officer", &[Work::PlaceOrder]),
    ("storekeeper", &[Work::HandOver, Work::Receive]),
    ("monitor", &[Work::ConfirmStart, Work::VisitOverdue]),
];

#[test]
fn a_place_stands_empty_beside_a_reserve_in_every_demo() {
    for people in [200, 400, 2_000, 6_500] {
        let made = simulate(setting(), wanted(people, shape::SEASON));
        assert!(vacancy::stands_empty(&made), "{people} people");
    }
}

#[test]
fn a_thinned_programme_holds_together() {
    let made = simulate(setting(), wanted(400, shape::SEASON));
    let cases = 0..made.histories.len() as u32;
    assert!(made.runs.iter().flat_map(|run| &run.candidates).all(|candidate| cases.contains(&candidate.case)));
    for (case, history) in made.histories.iter().enumerate() {
        let seat = |course: &Course| made.cohorts[course.cohort as usize].members.contains(&(case as u32));
        assert!(history.courses.iter().all(seat), "case {case} sits in its cohorts");
        let heard = |sitting: u32| made.sittings[sitting as usize].agenda.iter().any(|item| item.case == case as u32);
        assert!(history.plans.iter().filter_map(|plan| plan.sitting).all(heard), "case {case} is on its agendas");
        let order = history.delivery.as_ref().and_then(|delivery| delivery.order);
        assert!(order.is_none_or(|order| made.orders[order as usize].cases.contains(&(case as u32))));
        assert!(history.later.is_none_or(|later| made.history(later).person == history.person));
    }
}

#[test]
fn every_list_comes_out_again_from_its_inputs() {
    let full = simulate(setting(), wanted(6_500, Day::of(2024, 9, 2)));
    for run in &full.runs {
        let inputs = full.inputs_of(run);
        let placed = selection::ranking::rank(&run.terms, &inputs);
        let made: Vec<_> = run.candidates.iter().map(|c| (full.case_id(c.case), c.outcome, c.position, c.reason)).collect();
        let again: Vec<_> = placed.iter().map(|p| (p.case, super::ranked::listed(p), p.position, p.reason)).collect();
        assert_eq!(made, again);
    }
}

#[test]
fn lists_from_which_people_were_left_out_come_out_as_they_were() {
    for people in [400, 2_000] {
        let mut small = simulate(setting(), wanted(people, Day::of(2024, 9, 2)));
        assert_eq!(super::ranked::settle(&mut small), 0, "{people} people");
    }
}

#[test]
fn every_decision_is_the_one_that_the_rules_give() {
    use super::rows::eligibility::{decision, turning_points};
    use registry::programme::Step;
    use selection::eligibility::{replay, ruleset::RuleSet};
    let programme = programme();
    let points = turning_points(&programme);
    let rules =
        points.into_iter().zip(1..).map(|(from, n)| (from, RuleSet::of(&programme, Step::Eligibility, from), n)).collect();
    let mut refused = 0;
    for case in (0u32..).take(SMALL.histories.len()) {
        let Some(row) = decision(&SMALL, &rules, case).expect("a decision by the rules") else { continue };
        refused += usize::from(row.appeal_until.is_some());
        let frozen = &rules[usize::try_from(row.rules_version - 1).expect("a version")].1;
        let kept = serde_json::from_str(&row.facts).expect("kept facts");
        assert!(replay(frozen, &kept, &row.verdicts, row.outcome).expect("a replay").is_equal(), "case {case}");
    }
    assert!(refused > 100, "{refused} refused");
}

#[test]
fn whoever_is_on_an_approved_list_has_the_event_of_it() {
    use registry::case::Facts;
    for made in [&*SMALL, &simulate(setting(), wanted(400, shape::SEASON))] {
        for (number, run) in made.runs.iter().enumerate() {
            let Some(approved) = run.approved else { continue };
            let listed = |c: &&super::programme::Candidate| {
                matches!(c.outcome, super::history::Listed::Selected | super::history::Listed::Reserve)
            };
            for candidate in run.candidates.iter().filter(listed) {
                let told = events(made, candidate.case).into_iter().any(|event| {
                    event.officer == made.officer_id(approved.by)
                        && matches!(event.facts, Facts::RankingApproved { run, position, .. }
                            if run == made.run_id(number as u32) && position == candidate.position)
                });
                assert!(
                    told,
                    "case {} of run {number}: {:?} {:?}",
                    candidate.case,
                    candidate,
                    made.history(candidate.case).listings
                );
            }
        }
    }
}
