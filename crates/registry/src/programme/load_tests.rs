use super::{GroupList, Programme, keys, load};
use chrono::NaiveDate;
use std::path::Path;

/// Where it lies.
pub(super) const DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../programmes/employment-support");

/// The programme that the repository carries.
pub(super) fn programme() -> Programme {
    load(Path::new(DIR)).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

fn day(text: &str) -> NaiveDate {
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
