//! Damages a copy of the programme in one place at a time and expects the exact line and words.

use super::{check, load_tests::DIR};
use std::{fs, path::Path};

/// Replaces the first `old` of a file by `new` and expects exactly these problems. A line is told as `@`, the line on
/// which `old` began, as `@+2`, or as the number itself.
#[track_caller]
fn damage(file: &str, old: &str, new: &str, expected: &[&str]) {
    let copy = copy();
    let path = copy.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    let at = text.find(old).unwrap_or_else(|| panic!("{file} has no {old}"));
    fs::write(&path, text.replacen(old, new, 1)).unwrap();
    let line = 1 + text[..at].matches('\n').count();
    let expected: Vec<String> = expected.iter().map(|words| absolute(words, line)).collect();
    assert_eq!(problems(copy.path()), expected);
}

fn copy() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(DIR).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    copy
}

fn problems(dir: &Path) -> Vec<String> {
    check(dir).iter().map(ToString::to_string).collect()
}

/// Writes the lines in place of `@`, `@+2` and `@-3`.
fn absolute(words: &str, line: usize) -> String {
    let mut parts = words.split('@');
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !"+-0123456789".contains(c)).unwrap_or(part.len());
        let offset: isize = if end == 0 { 0 } else { part[..end].parse().unwrap() };
        told += &format!("{}{}", line as isize + offset, &part[end..]);
    }
    told
}

#[test]
fn the_undamaged_programme_has_no_problems() {
    assert_eq!(problems(Path::new(DIR)), Vec::<String>::new());
}

#[test]
fn an_unknown_key_is_refused() {
    damage(
        "phases.toml",
        "amount = 100_000_000",
        "ammount = 100_000_000",
        &[
            "phases.toml:@: unknown key ammount; expected one of amount, code, currency, name, phase, source, valid_from, valid_to, verified",
        ],
    );
}

#[test]
fn a_missing_key_is_told_at_its_table() {
    damage(
        "directions.toml",
        "isco08 = 7512\n",
        "",
        &["directions.toml:@-3: isco08 is missing; expected a whole number from 1000 to 9999"],
    );
}

#[test]
fn a_missing_language_is_told_at_its_words() {
    damage("directions.toml", "name.ru = \"пекарня\"\n", "", &["directions.toml:@-2: name.ru is missing; expected a text"]);
}

#[test]
fn an_empty_text_is_refused() {
    damage("rules.toml", "article = \"1.3; 24.10\"", "article = \" \"", &["rules.toml:@: article is empty; expected a text"]);
}

#[test]
fn a_wrong_type_is_shown_as_it_stands() {
    damage(
        "parameters.toml",
        "value = 80\n",
        "value = \"80\"\n",
        &["parameters.toml:@: value is \"80\"; expected a whole number from 0 to 100"],
    );
}

#[test]
fn a_number_beyond_its_limits_is_refused() {
    damage(
        "parameters.toml",
        "value = 80\n",
        "value = 180\n",
        &["parameters.toml:@: value is 180; expected a whole number from 0 to 100"],
    );
}

#[test]
fn a_quoted_date_is_refused() {
    damage(
        "phases.toml",
        "valid_to = 2025-12-31",
        "valid_to = \"2025-12-31\"",
        &["phases.toml:@: valid_to is \"2025-12-31\"; expected a date such as 2024-09-02, without quotes"],
    );
}

#[test]
fn dates_in_the_wrong_order_are_refused() {
    damage(
        "phases.toml",
        "valid_to = 2025-12-31",
        "valid_to = 2019-12-31",
        &["phases.toml:@: valid_to 2019-12-31 is before valid_from 2020-03-01; expected a later date"],
    );
}

#[test]
fn a_word_outside_its_list_is_refused() {
    damage(
        "directions.toml",
        "sector = \"production\"",
        "sector = \"farming\"",
        &["directions.toml:@: sector is farming; expected one of production, services"],
    );
}

#[test]
fn a_code_in_small_letters_is_refused() {
    damage(
        "screening.toml",
        "code = \"WEAPONS\"",
        "code = \"weapons\"",
        &["screening.toml:@: weapons is not a code; expected at most 48 capital letters, digits and _"],
    );
}

#[test]
fn a_code_too_long_for_an_event_is_refused() {
    damage(
        "calls.toml",
        "code = \"CALL_2020\"",
        "code = \"CALL_OF_THE_AUTUMN_OF_2020\"",
        &["calls.toml:@: CALL_OF_THE_AUTUMN_OF_2020 is not a code; expected at most 23 capital letters, digits and _"],
    );
}

#[test]
fn a_code_that_stands_twice_is_refused() {
    damage(
        "measures.csv",
        "KG,kiloqram",
        "SET,dəst,set,комплект\nKG,kiloqram",
        &["measures.csv:@: measure SET already stands on line @-1; expected each code once"],
    );
}

#[test]
fn versions_that_overlap_are_refused() {
    damage(
        "parameters.toml",
        "valid_to = 2021-12-31",
        "valid_to = 2022-06-30",
        &[
            "parameters.toml:@+3: this version of parameter CONTRACT_TERM overlaps the one on line @-9; expected versions that follow each other",
        ],
    );
}

#[test]
fn a_gap_between_versions_is_refused() {
    damage(
        "parameters.toml",
        "valid_to = 2021-12-31",
        "valid_to = 2021-11-30",
        &["parameters.toml:@+3: CONTRACT_TERM has no value before 2022-01-01; expected valid_from 2021-12-01"],
    );
}

#[test]
fn a_parameter_that_the_program_needs_may_not_go() {
    damage(
        "parameters.toml",
        "code = \"QUORUM\"",
        "code = \"QUORUMS\"",
        &["parameters.toml:1: the parameter QUORUM is missing; expected a [[parameter]] with code QUORUM"],
    );
}

#[test]
fn a_parameter_in_another_unit_is_refused() {
    damage(
        "parameters.toml",
        "value = 50\nunit = \"percent\"\nsource = \"Cabinet decision 168",
        "value = 50\nunit = \"months\"\nsource = \"Cabinet decision 168",
        &["parameters.toml:@-4: LANDHOLDER_CAP is in months; expected percent"],
    );
}

#[test]
fn a_reference_that_leads_nowhere_names_the_nearest() {
    damage(
        "packages.csv",
        "TAILOR,OVERLOCK,1,yes",
        "TAILOR,OVERLOK,1,yes",
        &["packages.csv:@: there is no item OVERLOK; expected an item of items.csv, perhaps OVERLOCK"],
    );
}

#[test]
fn a_ceiling_below_the_price_is_refused() {
    damage(
        "items.csv",
        "PIECE,115000,126500",
        "PIECE,115000,110000",
        &["items.csv:@: the ceiling 110000 is below the reference price; expected at least 115000"],
    );
}

#[test]
fn a_package_above_its_ceiling_is_refused() {
    damage(
        "directions.toml",
        "ceiling_qepik = 420_000",
        "ceiling_qepik = 350_000",
        &["directions.toml:@: the package of TAILOR costs 360000 qəpik; expected a ceiling not below it"],
    );
}

#[test]
fn weights_that_miss_a_hundred_are_refused() {
    damage("scoring.toml", "weight = 25", "weight = 24", &["scoring.toml:@-31: the weights of PLAN add up to 99; expected 100"]);
}

#[test]
fn hours_that_do_not_agree_are_refused() {
    damage(
        "course.toml",
        "hours = 6",
        "hours = 5",
        &[
            "course.toml:@-12: the modules have 35 hours together; expected 36, as COURSE_HOURS says",
            "course.toml:@: MARKET has 5 hours; expected 6, as its sessions give it",
        ],
    );
}

#[test]
fn shares_that_miss_the_whole_are_refused() {
    damage(
        "region_quotas.csv",
        "BAKU,66",
        "BAKU,65",
        &["region_quotas.csv:@+13: the shares valid from 2020-01-01 add up to 999; expected 1000 thousandths"],
    );
}

#[test]
fn a_condition_over_an_unknown_fact_is_refused() {
    damage(
        "rules.toml",
        "fail_when = 'draws_insurance'",
        "fail_when = 'draws_insurence'",
        &["rules.toml:@: in fail_when: there is no fact draws_insurence; expected a known name such as draws_insurance"],
    );
}

#[test]
fn a_condition_over_an_unknown_parameter_is_refused() {
    damage(
        "rules.toml",
        "< $AGE_MIN'",
        "< $AGE_MINIMUM'",
        &["rules.toml:@: in fail_when: there is no parameter $AGE_MINIMUM; expected a known name such as $AGE_MIN"],
    );
}

#[test]
fn a_rule_without_a_condition_is_refused() {
    damage(
        "rules.toml",
        "fail_when = 'draws_insurance'\n",
        "",
        &["rules.toml:@-6: rule NO_INSURANCE_PAYMENT does not say when it fails; expected either fail_when or pass_when"],
    );
}

#[test]
fn a_place_that_letters_do_not_know_is_refused() {
    let known = super::letter::PLACES.join(", ");
    let told = format!("letters.toml:@: salutation.en has the place {{nickname}}; expected one of {known}");
    damage("letters.toml", "Dear {name},", "Dear {nickname},", &[&told]);
}

#[test]
fn a_contract_without_a_needed_clause_is_refused() {
    damage(
        "contract.toml",
        "topic = \"place_of_use\"",
        "topic = \"general\"",
        &["contract.toml:@-43: EQUIPMENT has no clause on place_of_use; expected a [[contract.clause]] with topic place_of_use"],
    );
}

#[test]
fn a_row_with_a_cell_too_few_is_refused() {
    damage(
        "holidays.csv",
        "2020-01-20,Ümumxalq hüzn günü,,",
        "2020-01-20,Ümumxalq hüzn günü,",
        &["holidays.csv:@: the row has 3 cells; expected 4 cells"],
    );
}

#[test]
fn a_renamed_column_is_refused() {
    damage(
        "measures.csv",
        "name_ru",
        "name_fr",
        &["measures.csv:@: the columns are code,name_az,name_en,name_fr; expected code,name_az,name_en,name_ru"],
    );
}

#[test]
fn places_that_differ_between_languages_are_refused() {
    damage(
        "letters.toml",
        "Dear {name},",
        "Dear friend,",
        &["letters.toml:@: salutation.en has other places than salutation.az; expected the places name"],
    );
}

#[test]
fn a_field_that_asks_about_no_field_is_refused() {
    damage(
        "plan_form.toml",
        "when = \"tenure\"",
        "when = \"tenur\"",
        &["plan_form.toml:@: rent asks about the field tenur, which the form has not; expected a field of the form"],
    );
}

#[test]
fn a_parameter_file_that_cannot_be_read_is_the_only_thing_told() {
    damage(
        "parameters.toml",
        "value = 80\n",
        "value = = 80\n",
        &["parameters.toml:@: extra `=`; expected nothing", "parameters.toml:@: unexpected key or value; expected newline, `#`"],
    );
}

#[test]
fn the_same_words_from_a_spreadsheet_are_read_at_the_same_lines() {
    damage("measures.csv", "code,name_az,name_en,name_ru\n", "\u{feff}code,name_az,name_en,name_ru\r\n", &[]);
}

#[test]
fn broken_syntax_is_told_at_its_line() {
    damage("reasons.toml", "code = \"leave\"", "code = leave\"", &["reasons.toml:@: missing opening quote; expected `\"`"]);
}

#[test]
fn many_problems_are_told_in_one_run() {
    let copy = copy();
    let replace = |file: &str, old: &str, new: &str| {
        let path = copy.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        let at = text.find(old).unwrap_or_else(|| panic!("{file} has no {old}"));
        fs::write(path, text.replacen(old, new, 1)).unwrap();
        1 + text[..at].matches('\n').count()
    };
    let moment = replace("course.toml", "moment = \"after\"", "moment = \"later\"");
    let currency = replace("phases.toml", "currency = \"USD\"", "currency = 840");
    fs::remove_file(copy.path().join("measures.csv")).unwrap();
    fs::write(copy.path().join("notes.toml"), "").unwrap();
    assert_eq!(
        problems(copy.path()),
        [
            format!("course.toml:{moment}: moment is later; expected one of before, after"),
            "measures.csv:1: the file is missing; expected this file in the programme's folder".to_owned(),
            "notes.toml:1: this file belongs to no topic of a programme; expected one of the known file names".to_owned(),
            format!("phases.toml:{currency}: currency is 840; expected a text"),
        ]
    );
}

#[test]
fn a_text_that_is_not_utf_8_is_told_at_its_line() {
    let copy = copy();
    let path = copy.path().join("units.csv");
    let mut bytes = fs::read(&path).unwrap();
    let second = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    bytes.insert(second, 0xff);
    fs::write(&path, bytes).unwrap();
    assert_eq!(problems(copy.path()), ["units.csv:2: the text is not UTF-8; expected UTF-8"]);
}
