use crate::{PensionAge, PensionAges, Sex};
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Men 65; women 62 from July 2020, six months more each year, 65 from July 2026.
fn ages() -> PensionAges {
    let women = (0..=6).map(|year| PensionAge {
        from: NaiveDate::from_ymd_opt(2020 + year, 7, 1).unwrap(),
        sex: Sex::Female,
        months: 62 * 12 + 6 * year.unsigned_abs(),
    });
    let men = PensionAge { from: day("2020-07-01"), sex: Sex::Male, months: 780 };
    PensionAges::new(women.chain([men]))
}

#[test]
fn pension_age_follows_the_table_of_its_day() {
    let check = |birth: &str, sex: Sex, expected: &str| {
        assert_eq!(ages().reached_on(day(birth), sex), Some(day(expected)), "{birth} {sex}");
    };
    check("1960-03-10", Sex::Male, "2025-03-10");
    check("1965-01-01", Sex::Female, "2030-01-01");
    // 62 on the last day on which 62 was enough.
    check("1959-06-30", Sex::Female, "2021-06-30");
    // 62 two weeks too late, so 62½.
    check("1959-07-15", Sex::Female, "2022-01-15");
    // 62½ on 1 July 2022, one day too late, so 63.
    check("1960-01-01", Sex::Female, "2023-01-01");
    // Reached before the table begins.
    check("1940-01-01", Sex::Male, "2020-07-01");
}

#[test]
fn less_than_two_years_to_pension_age() {
    let check = |birth: &str, on: &str, near: bool| {
        assert_eq!(ages().is_near(day(birth), Sex::Male, day(on), 24), Some(near), "{birth} {on}");
    };
    check("1960-03-10", "2023-03-10", false);
    check("1960-03-10", "2023-03-11", true);
    check("1960-03-10", "2025-03-09", true);
    check("1960-03-10", "2025-03-10", false);
}

#[test]
fn a_sex_without_a_row_has_no_answer() {
    let men_only = PensionAges::new([PensionAge { from: day("2020-07-01"), sex: Sex::Male, months: 780 }]);
    assert_eq!(men_only.is_near(day("1960-01-01"), Sex::Female, day("2024-01-01"), 24), None);
}

#[test]
fn the_table_is_read_from_rows_in_any_order() {
    let rows = r#"[{"from":"2021-07-01","sex":"F","months":750},{"from":"2020-07-01","sex":"F","months":744}]"#;
    let ages: PensionAges = serde_json::from_str(rows).unwrap();
    assert_eq!(ages.reached_on(day("1958-09-01"), Sex::Female), Some(day("2020-09-01")));
}
