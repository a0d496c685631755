//! Names for people who do not exist, put together at random from common words of `names.csv`.

use super::draw::Draw;
use std::sync::LazyLock;

const FILE: &str = include_str!("names.csv");
/// Per cent of surnames in -ov(a)/-yev(a), in -lı/-li/-lu/-lü, in -zadə.
const ENDINGS: [f64; 3] = [80.0, 10.0, 10.0];
/// Larger makes the frequent names more frequent.
const SKEW: f64 = 1.5;

/// A made-up name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub given: Box<str>,
    pub father: Box<str>,
    pub surname: Box<str>,
}

/// A name for a woman or a man. The ending of the surname follows sex and vowel harmony.
pub fn make(draw: &mut Draw, female: bool) -> Name {
    let given = common(draw, if female { &WORDS.women } else { &WORDS.men });
    let mut father = common(draw, &WORDS.men);
    let stem = common(draw, &WORDS.stems);
    // No well-known family by accident.
    if stem == "Əli" && matches!(father, "Heydər" | "İlham") {
        father = "Yavər";
    }
    let surname = match draw.weighted(ENDINGS.into_iter()) {
        0 => russian_ending(stem, female),
        1 => [stem, harmony(stem)].concat(),
        _ => [stem, "zadə"].concat(),
    };
    Name { given: given.into(), father: father.into(), surname: surname.into() }
}

/// Given and surname, for those who appear by a short name.
pub fn short(draw: &mut Draw, female: bool) -> String {
    let name = make(draw, female);
    format!("{} {}", name.given, name.surname)
}

/// -ov after a consonant, -yev after a vowel; -a for women.
fn russian_ending(stem: &str, female: bool) -> String {
    let soft = stem.chars().next_back().is_some_and(is_vowel);
    let ending = match (soft, female) {
        (true, true) => "yeva",
        (true, false) => "yev",
        (false, true) => "ova",
        (false, false) => "ov",
    };
    [stem, ending].concat()
}

/// The ending that agrees with the stem's last vowel.
fn harmony(stem: &str) -> &'static str {
    match stem.chars().rev().find(|letter| is_vowel(*letter)) {
        Some('a' | 'ı' | 'A' | 'I') => "lı",
        Some('o' | 'u' | 'O' | 'U') => "lu",
        Some('ö' | 'ü' | 'Ö' | 'Ü') => "lü",
        _ => "li",
    }
}

fn is_vowel(letter: char) -> bool {
    "aıouəeiöüAIOUƏEİÖÜ".contains(letter)
}

/// One of the words, some far more often than others.
fn common(draw: &mut Draw, words: &[&'static str]) -> &'static str {
    let rank = (words.len() as f64 * draw.unit().powf(SKEW)) as usize;
    // A fixed stride through the list, so that the frequent ones are not all at the head of the alphabet.
    words[(rank * 7_919) % words.len()]
}

struct Words {
    women: Vec<&'static str>,
    men: Vec<&'static str>,
    stems: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |wanted: &str| -> Vec<&'static str> {
        FILE.lines().filter_map(|line| line.strip_prefix(wanted)).map(str::trim).filter(|name| !name.is_empty()).collect()
    };
    let men = of("given,M,");
    let mut stems: Vec<&'static str> = of("surname,M,").into_iter().chain(of("surname,U,")).filter_map(stem).collect();
    stems.extend(men.iter().filter(|name| name.chars().count() <= 7));
    stems.sort_unstable();
    stems.dedup();
    Words { women: of("given,F,"), men, stems }
});

/// The stem of a surname, if its ending is one of the usual.
fn stem(surname: &'static str) -> Option<&'static str> {
    let endings = ["zadə", "bəyli", "xanlı", "oğlu", "yev", "ov", "lı", "li", "lu", "lü"];
    let stem = endings.iter().find_map(|ending| surname.strip_suffix(ending))?;
    (stem.chars().count() >= 3).then_some(stem)
}
