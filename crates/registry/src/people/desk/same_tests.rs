use super::{
    reads::Face,
    same::{Different, Told},
};
use linkage::Explanation;
use platform::{form::Posted, keys::Keys};
use uuid::Uuid;
use values::id::OfficeId;

const ONE: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);

fn keys() -> Keys {
    Keys::from_secret(&[3; 32]).unwrap()
}

fn told(here: &[Uuid], elsewhere: &[Uuid]) -> Told {
    let face = |person: &Uuid| Face {
        person_id: *person,
        office: 4,
        reg_no: String::new(),
        given_name: String::new(),
        surname: String::new(),
        patronymic: String::new(),
        sex: None,
        birth_date: None,
        residence: None,
        registered_on: chrono::NaiveDate::default(),
    };
    let why = Explanation { parts: vec![], missing: vec![], prior: 0.0, family: 0.0, probability: 0.9, kept_apart: None };
    Told {
        here: here.iter().map(|person| (face(person), why.clone())).collect(),
        elsewhere: elsewhere.iter().map(|person| (*person, OfficeId(9))).collect(),
    }
}

fn form(shown: &str, another: &str, why: &str) -> Posted {
    Posted::of([("desk_shown", shown), ("desk_another", another), ("desk_why", why)])
}

/// The keys of what stands in the way, or the reason that was accepted.
fn check(told: &Told, form: &Posted) -> String {
    match told.answered(form, &keys()) {
        Ok(None) => "nobody is alike".to_owned(),
        Ok(Some(Different { reason, from })) => format!("another than {}: {reason}", from.len()),
        Err(errors) => errors.list.iter().map(|error| error.message.key.to_string()).collect::<Vec<_>>().join(" "),
    }
}

#[test]
fn whoever_was_not_shown_is_shown_first_and_a_reason_is_asked() {
    let both = told(&[ONE], &[OTHER]);
    let seen = both.sealed(&keys()).unwrap();
    let seen_one = told(&[ONE], &[]).sealed(&keys()).unwrap();
    let cases = [
        (&told(&[], &[]), form("", "", ""), "nobody is alike"),
        (&told(&[], &[]), form(&seen, "yes", "a twin"), "nobody is alike"),
        (&both, form("", "", ""), "people-desk-found"),
        (&both, form("", "yes", "both cards were seen"), "people-desk-found"),
        (&both, form(&seen_one, "yes", "both cards were seen"), "people-desk-found"),
        (&both, form("made up", "yes", "both cards were seen"), "people-desk-found"),
        (&both, form(&seen, "", "both cards were seen"), "people-desk-choose"),
        (&both, form(&seen, "yes", ""), "form-error-required"),
        (&both, form(&seen, "yes", "twin"), "form-error-short"),
        (&both, form(&seen, "", ""), "people-desk-choose form-error-required"),
        (&both, form(&seen, "yes", "both cards were seen"), "another than 2: both cards were seen"),
    ];
    for (told, form, expected) in cases {
        assert_eq!(check(told, &form), expected, "{form:?}");
    }
}

#[test]
fn what_was_shown_under_another_key_was_shown_to_nobody() {
    let one = told(&[ONE], &[]);
    let sealed = one.sealed(&Keys::from_secret(&[4; 32]).unwrap()).unwrap();
    assert_eq!(check(&one, &form(&sealed, "yes", "both cards were seen")), "people-desk-found");
}

#[test]
fn an_office_is_named_once_and_not_in_the_order_of_likelihood() {
    let mut some = told(&[], &[ONE, OTHER]);
    some.elsewhere.push((Uuid::from_u128(3), OfficeId(2)));
    assert_eq!(some.offices().into_iter().collect::<Vec<_>>(), [OfficeId(2), OfficeId(9)]);
}
