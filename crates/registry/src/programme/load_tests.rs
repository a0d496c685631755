use super::{Anchors, GroupList, Programme, keys, load};
use chrono::NaiveDate;
use std::{path::Path, sync::LazyLock};

/// Where it lies.
pub(super) const DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../programmes/employment-support");

/// The programme that the repository carries.
pub(super) fn programme() -> Programme {
    static READ: LazyLock<Programme> = LazyLock::new(|| {
        load(Path::new(DIR)).unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"))
        })
    });
    READ.clone()
}

/// A day from its text.
pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn twenty_nine_directions_in_2022_and_twenty_six_in_2024() {
    let programme = programme();
    let offered = |on| programme.directions_on(day(on)).count();
    assert_eq!((offered("2022-06-01"), offered("2024-09-02")), (29, 26));
    assert_eq!(programme.direction("VIDEO_SERVICES").unwrap().replaced_by.as_deref(), Some("PHOTOGRAPHER"));
}

#[test]
fn the_programme_opens_in_27_units_then_29_then_everywhere_people_live() {
    let programme = programme();
    let units = |on| {
        let mut units: Vec<&str> = programme.offices_on(day(on)).filter_map(|o| o.unit.as_deref()).collect();
        units.sort_unstable();
        units.dedup();
        units.len()
    };
    assert_eq!((units("2020-09-30"), units("2021-06-01")), (27, 29));
    assert_eq!(units("2025-12-31"), programme.units().len());
    assert_eq!((programme.units().len(), programme.regions().len()), (75, 14));
}

#[test]
fn the_contract_term_is_that_of_the_day_of_signature() {
    let programme = programme();
    let term = |on| programme.parameter(&keys::CONTRACT_TERM, day(on)).0;
    assert_eq!((term("2021-12-31"), term("2022-01-01")), (24, 12));
}

#[test]
fn six_statutory_priorities_and_martyrs_families_among_them_only_later() {
    let programme = programme();
    let codes = |on| -> Vec<&str> {
        programme.groups_on(GroupList::StatutoryPriority, day(on)).map(|group| group.code.as_str()).collect()
    };
    assert_eq!(codes("2020-09-01"), ["TSA", "DISAB", "LTU_1Y", "PREPENSION_2Y", "EX_PRISONER"]);
    assert_eq!(codes("2024-09-02").len(), 6);
}

#[test]
fn terms_in_working_days_step_over_novruz() {
    let programme = programme();
    assert_eq!(programme.due(&keys::OFFER_TERM, day("2024-03-18")), day("2024-04-01"));
}

#[test]
fn the_target_of_the_first_phase_is_22_000_and_that_of_the_second_30_000() {
    let programme = programme();
    let equipped = programme.indicator("EQUIPPED").unwrap();
    let target = |on| equipped.target_on(day(on)).map(|target| target.value);
    assert_eq!((target("2024-09-02"), target("2025-12-31"), target("2026-01-01")), (Some(22_000), Some(22_000), Some(30_000)));
    assert_eq!(programme.indicator("SURVIVING_24M").unwrap().target_on(day("2024-09-02")).unwrap().value, 70);
}

#[test]
fn the_course_has_36_hours_in_nine_sessions() {
    let programme = programme();
    let course = programme.course();
    assert_eq!((course.hours(), course.sessions.len()), (36, 9));
    assert!(course.sessions.iter().all(|session| session.hours() == 4));
}

#[test]
fn obligations_fall_due_from_receipt_and_visits_return_until_the_term_ends() {
    let programme = programme();
    let text = programme.contract_text("EQUIPMENT", day("2024-01-15")).unwrap();
    let anchors = Anchors { signed_on: day("2024-01-15"), received_on: day("2024-03-01"), term_ends_on: day("2025-01-14") };
    let due = |code: &str| -> Vec<String> {
        let obligation = text.obligations.iter().find(|obligation| obligation.code == *code).unwrap();
        obligation.due(&programme, &anchors).iter().map(ToString::to_string).collect()
    };
    assert_eq!(due("START_BUSINESS"), ["2024-04-30"]);
    assert_eq!(due("REGULAR_VISITS"), ["2024-05-30", "2024-08-28", "2024-11-26"]);
    assert_eq!(due("KEEP_EQUIPMENT"), ["2025-01-14"]);
}

#[test]
fn ages_fall_into_the_bands_of_the_framework() {
    let programme = programme();
    let band = |age| programme.age_band(age).map(|band| band.code.as_str());
    assert_eq!(
        (band(14), band(17), band(18), band(59), band(60), band(90)),
        (None, Some("15-17"), Some("18-29"), Some("45-59"), Some("60+"), Some("60+"))
    );
}

#[test]
fn the_same_files_give_the_same_digest_wherever_they_lie() {
    let names: Vec<(String, String)> = std::fs::read_dir(DIR)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    let files: Vec<(&str, &str)> = names.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let carried = Programme::from_files(&files).unwrap();
    assert_eq!(carried.digest(), programme().digest());
    let mut changed = names.clone();
    let facts = changed.iter_mut().find(|(name, _)| name == "measures.csv").unwrap();
    facts.1 = facts.1.replace("ədəd", "dənə");
    let files: Vec<(&str, &str)> = changed.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_ne!(Programme::from_files(&files).unwrap().digest(), carried.digest());
}
