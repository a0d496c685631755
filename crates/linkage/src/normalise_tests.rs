use crate::normalise::{Born, address, born, document, fin, hash, phone, place, sex, skeleton};

/// All of these are the same value, which is given and not that of `other`.
fn same<T: PartialEq + std::fmt::Debug + Default>(read: impl Fn(&str) -> T, spellings: &[&str], other: &str) {
    let first = read(spellings[0]);
    assert_ne!(first, T::default(), "{}", spellings[0]);
    for spelling in spellings {
        assert_eq!(read(spelling), first, "{spelling}");
    }
    assert_ne!(first, read(other), "{other}");
}

#[test]
fn a_fin_is_one_value_in_all_its_confusions() {
    same(fin, &["7X1A9R0", "7x1a9r0", " 7X1 A9R0 ", "7XIA9RO", "7ХIА9RО", "7х1а9rо"], "7X1A9R1");
    // S and 5, B and 8 are both possible: they stay two values, one character apart.
    assert_ne!(fin("5X1A9R0"), fin("SX1A9R0"));
    assert_eq!(fin(""), 0);
    assert_eq!(fin(" - "), 0);
    // Not a FİN, but comparable: a character is missing.
    assert_ne!(fin("7X1A9R"), 0);
    assert_ne!(fin("7X1A9R"), fin("7X1A9"));
}

#[test]
fn a_telephone_is_one_value_with_and_without_its_codes() {
    let mobile =
        ["0501234567", "050 123 45 67", "+994501234567", "994501234567", "00994501234567", "(050) 123-45-67", "501234567"];
    same(phone, &mobile, "0511234567");
    assert_eq!(phone("+994501234567"), 994_501_234_567);
    assert_eq!(phone("+79161234567"), 79_161_234_567);
    assert_eq!((phone(""), phone("yoxdur")), (0, 0));
}

#[test]
fn a_date_of_birth_is_one_value_in_usual_forms() {
    same(
        |text| born(text).unwrap_or_default(),
        &["1985-03-21", "21.03.1985", "21/03/1985", "19850321", "1985-03-21 00:00", "21.3.1985"],
        "1985-03-22",
    );
    let check = |text: &str, year, month, day| assert_eq!(born(text), Some(Born::new(year, month, day)), "{text}");
    check("1985", 1985, 0, 0);
    check("1985-02-29", 1985, 2, 29); // as typed: no such day
    check("1985-21-03", 1985, 3, 21); // no month 21: what was typed first is the day
    check("01.02.2003", 2003, 2, 1);
    for text in ["", "unknown", "1985-40-40", "85-03-21x", "12", "3021-01-01", "1985-03"] {
        assert_eq!(born(text), None, "{text}");
    }
}

#[test]
fn sex_is_told_by_its_first_letter_in_three_languages() {
    for (text, expected) in [("M", 1), ("kişi", 1), ("Kişi", 1), ("мужской", 1), ("male", 1), ("1", 1)] {
        assert_eq!(sex(text), expected, "{text}");
    }
    for (text, expected) in [("F", 2), ("qadın", 2), ("Qadın", 2), ("жен.", 2), ("female", 2), ("2", 2), ("woman", 2)] {
        assert_eq!(sex(text), expected, "{text}");
    }
    for text in ["", "?", "0"] {
        assert_eq!(sex(text), 0, "{text}");
    }
}

#[test]
fn documents_places_and_addresses_have_one_key_in_all_spellings() {
    same(document, &["AA1234567", "aa 1234567", "AA-1234567", "АА1234567"], "AA1234568");
    assert_eq!((document(""), document(" - ")), (0, 0));
    same(place, &["Bakı", "Bakı şəhəri", "BAKI Ş.", "г. Бакы", "baki seheri"], "Gəncə");
    same(place, &["Lerik", "LERİK RAYONU", "Лерик район"], "Lerik şəhərciyi");
    let at = |text: &str| address(text, hash(b"baki"));
    same(at, &["Nizami küç., ev 12, m. 7", "nizami kuchesi 12 7", "ул. Низами, д. 12, кв. 7"], "Nizami küç., ev 12, m. 8");
    assert_ne!(address("Nizami 12", hash(b"baki")), address("Nizami 12", hash(b"ganja")));
    assert_eq!((at(""), at(" ")), (0, 0));
}

#[test]
fn names_that_differ_in_a_vowel_share_a_skeleton() {
    for (a, b) in [("mamadov", "mamedov"), ("ali", "alo"), ("gulnara", "gulnar"), ("kamran", "gamran"), ("eldar", "aldar")] {
        assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
    }
    for (a, b) in [("hasan", "kamran"), ("ali", "vali"), ("anar", "elnur")] {
        assert_ne!(skeleton(a), skeleton(b), "{a} {b}");
    }
}

#[test]
fn labels_are_search_keys() {
    for label in crate::normalise::LABELS {
        assert_eq!(values::text::fold(label), *label);
    }
}
