use crate::{Ending, Patronymic, Sex, Surname, split_given};
use Ending::{Beyli, Gil, Li, Oglu, Ov, Soy, Zade};

#[test]
fn a_surname_is_a_stem_and_an_ending() {
    let check = |text: &str, stem: &str, ending: Ending, sex: Option<Sex>| {
        let found = Surname::parse(text);
        assert_eq!((found.stem.as_str(), found.ending, found.sex), (stem, ending, sex), "{text}");
        assert_eq!(found.to_string(), text.trim());
    };
    let (man, woman) = (Some(Sex::Male), Some(Sex::Female));
    for text in ["Məmmədov", "Mammadov", "Мамедов", "MƏMMƏDOV", " Мәммәдов "] {
        check(text, "mamad", Ov, man);
    }
    for text in ["Məmmədova", "Мамедова"] {
        check(text, "mamad", Ov, woman);
    }
    check("Məmmədli", "mamad", Li, None);
    check("Məmmədzadə", "mamad", Zade, None);
    check("Məmmədbəyli", "mamad", Beyli, None);
    check("Məmmədoğlu", "mamad", Oglu, man);
    check("Məmmədqızı", "mamad", Oglu, woman);
    for text in ["Əliyev", "Aliyev", "Aliev", "Алиев", "Әлијев"] {
        check(text, "ali", Ov, man);
    }
    check("Əliyeva", "ali", Ov, woman);
    check("Əlizadə", "ali", Zade, None);
    check("Əlili", "ali", Li, None);
    check("Əlibəyov", "ali", Beyli, man);
    check("Əlibəyova", "ali", Beyli, woman);
    check("Babayev", "baba", Ov, man);
    check("Бабаева", "baba", Ov, woman);
    check("Babazadə", "baba", Zade, None);
    check("Cəlilli", "jalil", Li, None);
    check("Cəlilov", "jalil", Ov, man);
    check("Əzizzadə", "aziz", Zade, None);
    check("Çıraqlı", "jirag", Li, None);
    check("Şahbuzlu", "sahbuz", Li, None);
    check("Mehdigil", "mahdi", Gil, None);
    check("Elsoy", "alsoi", Ending::None, None);
    check("Altunsoy", "altun", Soy, None);
    check("Nurəli", "nurali", Ending::None, None);
    check("Vəli", "vali", Ending::None, None);
    check("Xan", "han", Ending::None, None);
    check("", "", Ending::None, None);
}

#[test]
fn a_patronymic_is_a_father_and_perhaps_a_word_for_the_child() {
    let check = |text: &str, father: &str, child: Option<Sex>| {
        let found = Patronymic::parse(text);
        assert_eq!((found.father.as_str(), found.child), (father, child), "{text}");
    };
    let (son, daughter) = (Some(Sex::Male), Some(Sex::Female));
    check("Əli", "Əli", None);
    check("Əli oğlu", "Əli", son);
    check("Əli qızı", "Əli", daughter);
    check("ƏLİ QIZI", "ƏLİ", daughter);
    check("Ali ogly", "Ali", son);
    check("Ali oghlu", "Ali", son);
    check("Ali kyzy", "Ali", daughter);
    check("Ali gizi", "Ali", daughter);
    check("Али оглы", "Али", son);
    check("Али кызы", "Али", daughter);
    check("Әли оғлу", "Әли", son);
    check("Әли гызы", "Әли", daughter);
    check("Əlioğlu", "Əli", son);
    check("Əli-qızı", "Əli", daughter);
    check("Алиевич", "Али", son);
    check("Aliyevich", "Ali", son);
    check("Мамедовна", "Мамед", daughter);
    check("oğlu", "oğlu", None);
    check("", "", None);
}

#[test]
fn the_display_of_a_patronymic_is_read_back() {
    for text in ["Əli oğlu", "Əli qızı", "Əli"] {
        assert_eq!(Patronymic::parse(text).to_string(), text);
    }
    assert_eq!(Patronymic::parse("Мамед оглы").to_string(), "Мамед oğlu");
    assert_eq!(Patronymic::parse("Мамед оглы").key(), Patronymic::parse("Məmməd").key());
}

#[test]
fn a_patronymic_typed_into_the_given_name_is_parted() {
    let check = |text: &str, given: &str, patronymic: Option<&str>| {
        let (found, father) = split_given(text);
        assert_eq!((found.as_str(), father.map(|p| p.to_string())), (given, patronymic.map(str::to_owned)), "{text}");
    };
    check("Vüqar Əli oğlu", "Vüqar", Some("Əli oğlu"));
    check("Aygün  Əli qızı ", "Aygün", Some("Əli qızı"));
    check("Vüqar Əlioğlu", "Vüqar", Some("Əli oğlu"));
    check("Рашид Мамедович", "Рашид", Some("Мамед oğlu"));
    check("Ağa Hüseyn Əli oğlu", "Ağa Hüseyn", Some("Əli oğlu"));
    check("Ağa Hüseyn", "Ağa Hüseyn", None);
    check("Vüqar", "Vüqar", None);
    check("Əli oğlu", "Əli oğlu", None);
    check("", "", None);
}
