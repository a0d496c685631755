//! The registration desk: who may be registered already is told of before anything is written, and nothing of another
//! office shows.

use crate::{
    asking::{at, done, fields, refused, row},
    house::{Answer, House, Visitor},
};
use axum::http::StatusCode;
use dayaq::messages;
use linkage::Field;
use platform::role::Role;
use registry::people::{self, types::NewPerson};
use values::id::OfficeId;

/// Somebody whose names and numbers nobody in the demo has.
const VUQAR: &[(&str, &str)] = &[
    ("surname", "Kanarçıyev"),
    ("given_name", "Vüqar"),
    ("patronymic", "Zülfüqar"),
    ("sex", "M"),
    ("birth_date", "1985-03-21"),
    ("fin", "7XNAR90"),
    ("phone", "+994 50 123 98 67"),
    ("residence", "SAK"),
    ("address", "Nizami küçəsi 77"),
    ("education", "SECONDARY"),
    ("basis", "unemployed"),
    ("unemployed_since", "2020-06-01"),
    ("consent", "yes"),
];

/// His form with other values in some fields.
fn vuqar(other: &[(&str, &str)]) -> Vec<(String, String)> {
    let kept = VUQAR.iter().filter(|(name, _)| !other.iter().any(|(changed, _)| changed == name));
    fields(&kept.chain(other).copied().collect::<Vec<_>>())
}

/// The same man as a Russian-speaking clerk writes him, with one slip in his FİN and another telephone.
fn in_cyrillic(other: &[(&str, &str)]) -> Vec<(String, String)> {
    let written = [("surname", "Канарчиев"), ("given_name", "Вугар"), ("patronymic", "Зульфугар"), ("fin", "7XNAR9Q")];
    let own = [("phone", "0559871234"), ("address", "ул. Гянджа 3"), ("note", "sözləri itməsin")];
    vuqar(&[&written[..], &own[..], other].concat())
}

async fn two_offices(house: &House) -> (Visitor, Visitor, String) {
    let offices = row(
        house,
        "select min(r.offices[1]) as one, max(r.offices[1]) as other
         from officer_role r
         where r.role = 1 and cardinality(r.offices) = 1",
    )
    .await;
    assert_ne!(offices[0], offices[1]);
    (at(house, Role::Officer, &offices[0]).await, at(house, Role::Officer, &offices[1]).await, offices[0].clone())
}

async fn register(house: &House, who: &Visitor, form: &[(String, String)]) -> Answer {
    house.post(Some(who), "/people", form).await
}

/// Registers him, and gives his id.
async fn registered(house: &House, who: &Visitor) -> String {
    let answer = register(house, who, &vuqar(&[])).await;
    done(&answer);
    answer.location.trim_start_matches("/people/").to_owned()
}

/// What the panel lets the form carry.
fn shown(answer: &Answer) -> String {
    let text = answer.text();
    let field = text.split_once("name=\"desk_shown\"").unwrap_or_else(|| panic!("no panel in {text}")).1;
    field.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_man_in_other_letters_is_shown_with_reasons_and_nothing_typed_is_lost() {
    let house = House::new().await;
    let (officer, ..) = two_offices(&house).await;
    let person = registered(&house, &officer).await;

    let answer = register(&house, &officer, &in_cyrillic(&[])).await;
    refused(&answer, "Bəlkə artıq qeydiyyatdadır");
    let text = answer.text();
    for words in [
        "Kanarçıyev Vüqar Zülfüqar",
        &format!("href=\"/people/{person}\""),
        "FİN: bir işarə fərqlidir",
        "Doğum tarixi: eynidir",
        "Telefon: fərqlidir",
        "value=\"Канарчиев\"",
        "value=\"7XNAR9Q\"",
        "sözləri itməsin",
    ] {
        assert!(text.contains(words), "no «{words}»");
    }

    let seen = shown(&answer);
    let without_reason = in_cyrillic(&[("desk_shown", &seen), ("desk_another", "yes")]);
    refused(&register(&house, &officer, &without_reason).await, "desk_why-error");
    let other_mistake = in_cyrillic(&[("desk_shown", &seen), ("desk_why", "iki vəsiqə görülüb"), ("education", "")]);
    refused(&register(&house, &officer, &other_mistake).await, "iki vəsiqə görülüb");
    let in_english = in_cyrillic(&[("desk_shown", &seen), ("desk_why", "iki vəsiqə görülüb"), ("_language", "en")]);
    let answer = register(&house, &officer, &in_english).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("FİN: one character differs") && answer.text().contains("iki vəsiqə görülüb"));

    let with_reason = in_cyrillic(&[("desk_shown", &seen), ("desk_another", "yes"), ("desk_why", "iki vəsiqə görülüb")]);
    done(&register(&house, &officer, &with_reason).await);
    let noted = row(&house, "select payload from journal where kind = 314").await.remove(0);
    assert!(noted.contains("iki vəsiqə görülüb") && !noted.contains(&person), "{noted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_namesake_born_in_another_year_and_a_sister_are_registered_at_once() {
    let house = House::new().await;
    let (officer, ..) = two_offices(&house).await;
    registered(&house, &officer).await;
    let namesake = vuqar(&[("birth_date", "1959-11-02"), ("fin", "5KTB2M1"), ("phone", "0701112233"), ("address", "Xətai 1")]);
    done(&register(&house, &officer, &namesake).await);
    let sister =
        vuqar(&[("given_name", "Aygün"), ("surname", "Kanarçıyeva"), ("sex", "F"), ("birth_date", "1988-10-05"), ("fin", "")]);
    done(&register(&house, &officer, &sister).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_somebody_at_another_office_only_the_office_is_told_and_their_page_says_who_asked() {
    let house = House::new().await;
    let (officer, stranger, office) = two_offices(&house).await;
    let person = registered(&house, &officer).await;
    let number = row(&house, &format!("select reg_no from person where person_id = '{person}'")).await.remove(0);
    let programme = registry::programme::current(&house.app).unwrap();
    let name = programme.office(OfficeId(office.parse().unwrap())).unwrap().name.text(platform::language::Lang::Az).to_owned();

    let answer = register(&house, &stranger, &in_cyrillic(&[])).await;
    refused(&answer, &name);
    let canaries = [person.as_str(), &number, "Kanarçıyev", "Vüqar", "7XNAR90", "501239867", "Nizami", "işarə fərqlidir", "%<"];
    for canary in canaries {
        assert!(!answer.text().contains(canary), "{canary} in {}", answer.text());
    }
    let asked = row(&house, &format!("select count(*) as asked from journal where kind = 315 and person_id = '{person}'")).await;
    assert_eq!(asked[0], "1");
    let page = house.get(Some(&officer), &format!("/people/{person}"), "az").await;
    assert!(page.text().contains("Başqa quruma bildirildi"));

    let seen = shown(&answer);
    let again = in_cyrillic(&[("desk_shown", &seen), ("desk_another", "yes"), ("desk_why", "telefonla soruşuldu")]);
    done(&register(&house, &stranger, &again).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_that_makes_two_people_alike_is_asked_about_and_another_one_is_not() {
    let house = House::new().await;
    let (officer, ..) = two_offices(&house).await;
    registered(&house, &officer).await;
    let other = vuqar(&[("given_name", "Pərviz"), ("birth_date", "1991-12-30"), ("fin", "2ZZ9TTK"), ("phone", "0773334455")]);
    let other = register(&house, &officer, &other).await;
    done(&other);
    let path = format!("{}/correction", other.location);
    let correct = |change: &[(&str, &str)]| {
        let as_it_was = [("given_name", "Pərviz"), ("birth_date", "1991-12-30"), ("fin", ""), ("phone", "")];
        let kept = as_it_was.iter().filter(|(name, _)| !change.iter().any(|(changed, _)| changed == name));
        let mut form = vuqar(&kept.chain(change).copied().collect::<Vec<_>>());
        form.push(("reason".to_owned(), "vəsiqə görülüb".to_owned()));
        form
    };
    let alike = correct(&[("given_name", "Vuqar"), ("birth_date", "1985-03-21"), ("fin", "7XNAR90")]);
    refused(&house.post(Some(&officer), &path, &alike).await, "Bəlkə artıq qeydiyyatdadır");
    done(&house.post(Some(&officer), &path, &correct(&[("education", "VOCATIONAL")])).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_clerks_who_register_one_man_at_once_all_but_one_are_told() {
    let house = House::new().await;
    let (one, other, _) = two_offices(&house).await;
    let men = [
        ("Ağdamçıyev", "Pərviz", "1961-05-17", "2AAAAA1", "0501110001"),
        ("Tutayuqlu", "Zaur", "1972-08-03", "3BBBBB2", "0552220002"),
        ("Sərvanbəyli", "Kənan", "1983-01-29", "4CCCCC3", "0703330003"),
        ("Çəltikov", "Ülvi", "1990-11-11", "5DDDDD4", "0774440004"),
        ("Xınalıqov", "Bəhruz", "1966-12-06", "6EEEEE5", "0505550005"),
        ("Mərəzəli", "Orxan", "1979-02-24", "8FFFFF6", "0556660006"),
    ];
    for (surname, given_name, born, fin, phone) in men {
        let form = |fin| {
            let who = [("surname", surname), ("given_name", given_name), ("birth_date", born), ("fin", fin), ("phone", phone)];
            vuqar(&[&who[..], &[("patronymic", given_name), ("address", surname)]].concat())
        };
        let (first, second) = (form(fin), form(""));
        let (first, second) = tokio::join!(register(&house, &one, &first), register(&house, &other, &second));
        let mut both = [first.status, second.status];
        both.sort_unstable();
        assert_eq!(both, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY], "{surname}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_another_program_has_written_is_known_at_the_next_question() {
    let house = House::new().await;
    let (officer, _, office) = two_offices(&house).await;
    // The first question fills the index.
    done(
        &register(&house, &officer, &vuqar(&[("given_name", "Aygün"), ("sex", "F"), ("birth_date", "1971-01-02"), ("fin", "")]))
            .await,
    );
    let mut tx = house.app.system().await.unwrap();
    let person = NewPerson {
        surname: "Kanarçıyev".to_owned(),
        given_name: "Vüqar".to_owned(),
        patronymic: "Zülfüqar".to_owned(),
        birth_date: "1985-03-21".parse().ok(),
        ..NewPerson::blank(OfficeId(office.parse().unwrap()), house.app.today())
    };
    tx.note(people::REGISTERED, person.id, &serde_json::json!({}), None).unwrap();
    people::store::insert(&mut tx, &[person]).await.unwrap();
    tx.commit().await.unwrap();
    refused(&register(&house, &officer, &vuqar(&[])).await, "Bəlkə artıq qeydiyyatdadır");
}

#[test]
fn every_field_and_level_of_an_explanation_has_words() {
    let known: Vec<&str> = messages::files().filter(|(lang, _)| *lang == "az").flat_map(|(_, text)| text.lines()).collect();
    for field in Field::ALL {
        assert_eq!(field.levels().len(), field.level_codes().len(), "{field:?}");
        let levels = field.level_codes().iter().map(|code| format!("people-desk-level-{code} ="));
        for key in levels.chain([format!("people-desk-field-{} =", field.code())]) {
            assert!(known.iter().any(|line| line.starts_with(&key)), "{key} has no words");
        }
    }
}
