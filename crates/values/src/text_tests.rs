use crate::text::{compare, lower, sentence, sort_key, title, upper};
use proptest::prelude::*;

#[test]
fn casing_keeps_i_and_i_without_dot_apart() {
    let check = |text: &str, small: &str, capital: &str, titled: &str| {
        assert_eq!((lower(text), upper(text), title(text)), (small.into(), capital.into(), titled.into()));
    };
    check("İSMAYIL", "ismayıl", "İSMAYIL", "İsmayıl");
    check("qızıl işçi", "qızıl işçi", "QIZIL İŞÇİ", "Qızıl İşçi");
    check("IŞIQ", "ışıq", "IŞIQ", "Işıq");
    check("əli-zadə  ŞƏKİ", "əli-zadə  şəki", "ƏLİ-ZADƏ  ŞƏKİ", "Əli-Zadə  Şəki");
    check("мәммәдов", "мәммәдов", "МӘММӘДОВ", "Мәммәдов");
    check("", "", "", "");
}

#[test]
fn the_order_is_that_of_the_azerbaijani_alphabet() {
    let alphabet = "a b c ç d e ə f g ğ h x ı i j k q l m n o ö p r s ş t u ü v y z";
    let mut letters: Vec<&str> = alphabet.split(' ').collect();
    letters.reverse();
    letters.sort_by_key(|letter| sort_key(letter));
    assert_eq!(letters.join(" "), alphabet);
    let mut names = ["Zeynəb", "Xəyal", "Kamran", "Əli", "Ilqar", "İlqar", "Elçin", "Həsən", "Qasım", "Lalə"];
    names.sort_by_key(|name| sort_key(name));
    assert_eq!(names, ["Elçin", "Əli", "Həsən", "Xəyal", "Ilqar", "İlqar", "Kamran", "Qasım", "Lalə", "Zeynəb"]);
}

proptest! {
    #[test]
    fn keys_compare_as_texts_do(a in "[a-zəğışçöüİƏŞ ]{0,8}", b in "[a-zəğışçöüİƏŞ ]{0,8}") {
        prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), compare(&a, &b));
    }

    #[test]
    fn small_letters_survive_capitals(text in "[a-zəğışçöü ]{0,12}") {
        prop_assert_eq!(lower(&upper(&text)), text);
    }
}

#[test]
fn a_sentence_begins_with_the_capital_of_its_language() {
    let cases = [
        ("iş yeri", "az", "İş yeri"),
        ("item", "en", "Item"),
        ("əşya BİR", "az", "Əşya BİR"),
        ("цена", "ru", "Цена"),
        ("", "az", ""),
    ];
    for (text, language, expected) in cases {
        assert_eq!(sentence(text, language), expected);
    }
}
