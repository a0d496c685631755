//! Slips of the hand: an impossible date or sum, a folder's name mistyped, a draft with words where numbers go. Each is
//! named, and nothing wrong is kept without a word.

use crate::{
    asking::{fields, refused},
    house::House,
};
use axum::http::StatusCode;
use platform::role::Role;
use std::{fs, process::Command};

const PERSON: &[(&str, &str)] = &[
    ("surname", "Sınaqlı"),
    ("given_name", "Yasəmən"),
    ("patronymic", "Rauf"),
    ("sex", "F"),
    ("birth_date", "1990-04-01"),
    ("residence", "SAK"),
    ("education", "SECONDARY"),
    ("basis", "unemployed"),
    ("unemployed_since", "2020-06-01"),
    ("consent", "yes"),
];

fn with(name: &str, value: &str) -> Vec<(String, String)> {
    let mut all = fields(PERSON);
    all.retain(|(field, _)| field != name);
    all.push((name.to_owned(), value.to_owned()));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_not_registered_with_a_date_or_a_sum_that_cannot_be() {
    let house = House::new().await;
    let officer = house.visitor(Role::Officer, None).await.unwrap();
    for (field, value, words) in [
        ("unemployed_since", "1985-06-01", "Bu gün şəxsin 15 yaşı hələ tamam olmamışdı"),
        ("income", "12,345", "Məbləği manatla yazın, məsələn"),
        ("income", "999999999999", "Ailənin aylıq gəliri bu qədər ola bilməz. Məbləği manatla yazın, ən çoxu 100.000,00"),
    ] {
        let answer = house.post(Some(&officer), "/people", &with(field, value)).await;
        refused(&answer, words);
        assert!(answer.text().contains(&format!("value=\"{value}\"")) || field == "unemployed_since", "what was typed is lost");
    }
    let good = house.post(Some(&officer), "/people", &with("income", "1.234,50")).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_in_an_address_that_does_not_exist_is_named() {
    let house = House::new().await;
    let manager = house.visitor(Role::Manager, None).await.unwrap();
    for (lang, words) in [("az", "Ünvandakı tarix yoxdur"), ("en", "a date that does not exist"), ("ru", "дата, которой нет")]
    {
        let page = house.get(Some(&manager), "/results?as_of=2024-13-45", lang).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(page.text().contains(words), "{lang}: {}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_before_a_case_began_tells_when_it_did() {
    let house = House::new().await;
    let found = house.row("select case_id, office, opened_on from case_file order by case_id limit 1").await.unwrap();
    let officer = house.visitor(Role::Officer, found[1].1.parse().ok()).await.unwrap();
    let path = format!("/cases/{}", found[0].1);
    for asked in ["as_of=2019-12-31", "known_on=2019-12-31"] {
        let page = house.get(Some(&officer), &format!("{path}?{asked}"), "en").await;
        assert_eq!(page.status, StatusCode::OK, "{asked}");
        assert!(page.text().contains("Then nothing was known of this case: it was opened on "), "{asked}: {}", page.text());
        assert!(page.text().contains("value=\"2019-12-31\""), "another day can be asked for");
        let told = house.get(Some(&officer), &format!("/api{path}?{asked}"), "en").await.text();
        assert!(told.contains("\"stage\":null") && told.contains("\"events\":[]"), "{told}");
    }
    let begun = house.get(Some(&officer), &format!("{path}?as_of={}", found[2].1), "en").await;
    assert!(begun.status == StatusCode::OK && begun.text().contains("This is the state on "), "{}", begun.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_names_what_cannot_be_counted_in_it() {
    let house = House::new().await;
    let sql = "select case_id, office, version from case_file where stage = 9 order by case_id limit 1";
    let found = house.row(sql).await.expect("nobody in the demo writes a plan");
    let of = |name: &str| found.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap();
    let (path, version) = (format!("/cases/{}/plan", of("case_id")), of("version"));
    let officer = house.visitor(Role::Officer, of("office").parse().ok()).await.unwrap();
    let months = [("cash_flow-0-month", "1"), ("cash_flow-1-month", "2"), ("cash_flow-2-month", "3")];
    let typed = [&months[..], &[("cash_flow-2-sales", "min altı yüz"), ("_version", &version)]].concat();
    let kept = house.post(Some(&officer), &path, &fields(&typed)).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "a draft is kept as it is: {}", kept.text());
    let shown = house.get(Some(&officer), &path, "az").await;
    assert_eq!(shown.status, StatusCode::OK);
    let text = shown.text();
    assert!(text.contains("min altı yüz"), "what was typed is lost");
    let summary = text.split("govuk-error-summary__list").nth(1).and_then(|rest| rest.split("</ul>").next());
    let summary = summary.unwrap_or_else(|| panic!("nothing is said of it: {text}"));
    assert!(summary.contains("3-ci sətir: "), "the month is named: {summary}");
    assert_eq!(summary.matches("<li>").count(), 1, "what is still empty is no fault of a draft: {summary}");
}

#[test]
fn a_command_on_a_folder_in_which_nothing_is_kept_says_so_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("dtaa");
    for words in [&["results", "--as-of", "2024-09-02"][..], &["journal", "export", "journal.txt"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dayaq"));
        let done =
            command.args(words).arg("--data").arg(&data).current_dir(folder.path()).env_remove("DATABASE_URL").output().unwrap();
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && told.contains("nothing is kept in") && told.contains("dtaa"), "{told}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn why_two_rows_are_one_person_is_said_in_three_languages() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("extract.csv");
    let rows = "rec_id,fin,first_name,last_name,father_name,sex,birth_date,rayon,address,phone,doc_no,fin_verified\n\
                a,7X1A9R0,Vüqar,Quliyev,Əli,M,1985-03-21,Bakı,küç. 1,0501234567,AA1,true\n\
                b,K8LMN2P,Vüqar,Quliyev,,M,1959-11-02,Bakı,küç. 1,0501234567,AA1,true\n";
    fs::write(&file, rows).unwrap();
    let explained = |language: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dayaq"));
        let done = command.args(["link", "explain"]).arg(&file).args(["a", "b", "--language", language]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    for (language, words) in [
        ("en", ["a and b", "surname: the same", "one of the two lacks: father's name", "two different verified FİNs"]),
        ("az", ["a və b", "soyad: eynidir", "ikisindən birində yoxdur: ata adı", "iki fərqli təsdiqlənmiş FİN"]),
        ("ru", ["a и b", "фамилия: совпадает", "в одной из двух не указано: имя отца", "два разных подтверждённых ПИН"]),
    ] {
        let text = explained(language);
        assert!(words.iter().all(|words| text.contains(words)), "{language}: {text}");
        assert!(!text.contains("link-") && !text.contains("people-desk"), "{language}: {text}");
    }
}

#[test]
fn learned_weights_are_printed_and_drawn_in_three_languages() {
    let folder = tempfile::tempdir().unwrap();
    let (model, plot) = (folder.path().join("model.json"), folder.path().join("weights.svg"));
    fs::write(&model, serde_json::to_string(&linkage::Model::usual()).unwrap()).unwrap();
    let levels: usize = linkage::Field::ALL.iter().map(|field| field.levels().len()).sum();
    for (language, words) in [
        ("en", ["surname of two women: the same", "Date of birth"]),
        ("az", ["soyad (iki qadın): eynidir", "Doğum tarixi"]),
        ("ru", ["фамилия двух женщин: совпадает", "Дата рождения"]),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dayaq"));
        command.args(["link", "weights"]).arg(&model).arg("--plot").arg(&plot).args(["--language", language]);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let (table, svg) = (String::from_utf8(done.stdout).unwrap(), fs::read_to_string(&plot).unwrap());
        assert_eq!(table.lines().count(), levels + 1, "{table}");
        assert!(table.contains(words[0]) && svg.contains(words[1]) && !svg.contains("link-"), "{language}: {table}");
        assert_eq!(svg.matches("height=\"14\"").count(), levels, "one bar for each level");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing half-written is left");
}
