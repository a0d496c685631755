//! Azerbaijani names in parts: a surname is a stem and an ending, a patronymic is a father's name and a word for
//! son or daughter. Adults may by law change the ending alone, so that the stem stays while the ending tells less.

use crate::{Sex, text};
use serde::{Deserialize, Serialize};
use std::{convert::Infallible, fmt, str::FromStr};

/// A surname in its parts. `Məmmədov`, `Məmmədova`, `Məmmədli` and `Məmmədzadə` share the stem `mamad`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Surname {
    /// The search key (see [`text::fold`]) of what is left without the ending. At least two letters.
    pub stem: String,
    /// The family of the ending.
    pub ending: Ending,
    /// The sex that the form of the ending shows, where it shows one: -ov for men, -ova and -qızı for women.
    pub sex: Option<Sex>,
    /// The surname as it was written, without spaces around it.
    pub original: String,
}

/// Families of surname endings. Forms for men and women, of vowel harmony and of other spellings are one family.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// -ov, -ova, -yev, -yeva.
    Ov,
    /// -lı, -li, -lu, -lü.
    Li,
    /// -zadə.
    Zade,
    /// -bəyli, -bəyov, -bəyova.
    Beyli,
    /// -oğlu, -qızı.
    Oglu,
    /// -gil.
    Gil,
    /// -soy.
    Soy,
    /// No known ending: the whole surname is the stem.
    None,
}

/// Search keys of the endings, each written alone.
const ENDINGS: [(&str, Ending, Option<Sex>); 16] = [
    ("baova", Ending::Beyli, Some(Sex::Female)),
    ("baov", Ending::Beyli, Some(Sex::Male)),
    ("baili", Ending::Beyli, None),
    ("oglu", Ending::Oglu, Some(Sex::Male)),
    ("ogli", Ending::Oglu, Some(Sex::Male)),
    ("gizi", Ending::Oglu, Some(Sex::Female)),
    ("kizi", Ending::Oglu, Some(Sex::Female)),
    ("zada", Ending::Zade, None),
    ("ova", Ending::Ov, Some(Sex::Female)),
    ("ava", Ending::Ov, Some(Sex::Female)),
    ("ov", Ending::Ov, Some(Sex::Male)),
    ("av", Ending::Ov, Some(Sex::Male)),
    ("gil", Ending::Gil, None),
    ("soi", Ending::Soy, None),
    ("li", Ending::Li, None),
    ("lu", Ending::Li, None),
];

/// Words for son and daughter, and the endings of Russian patronymics, as search keys.
const CHILD_WORDS: [(&str, Sex); 4] = [("oglu", Sex::Male), ("ogli", Sex::Male), ("gizi", Sex::Female), ("kizi", Sex::Female)];
const RUSSIAN_PATRONYMICS: [(&str, Sex); 4] =
    [("ovij", Sex::Male), ("avij", Sex::Male), ("ovna", Sex::Female), ("avna", Sex::Female)];

/// The longest ending in characters: -bəyova, with room for one letter written as two.
const LONGEST: usize = 7;

impl Surname {
    /// Takes a surname apart. Never fails: what has no known ending is all stem.
    ///
    /// -əli is taken for the name Əli (Nurəli) and not for a stem with -li; without the letter ə the two look alike,
    /// and Nurali is read as nura + li.
    pub fn parse(text: &str) -> Self {
        let original = text.trim();
        for (start, end) in cuts(original) {
            let form = text::fold(end);
            let Some(&(_, ending, sex)) = ENDINGS.iter().find(|(known, ..)| *known == form) else {
                continue;
            };
            let stem = text::fold(start);
            if leaves_a_stem(ending, start, &stem) && !(form.starts_with('a') && end.starts_with(OPEN_A)) {
                return Self { stem, ending, sex, original: original.to_owned() };
            }
        }
        Self { stem: text::fold(original), ending: Ending::None, sex: None, original: original.to_owned() }
    }
}

/// Letters with which -ev never begins, although their key is the same.
const OPEN_A: [char; 6] = ['a', 'A', 'ə', 'Ə', 'а', 'А'];

/// Short endings are common at the end of plain names (Vəli), so they must leave more of a stem.
fn leaves_a_stem(ending: Ending, start: &str, stem: &str) -> bool {
    match ending {
        Ending::Li => stem.len() >= 3 && !start.ends_with(['ə', 'Ə', 'ә', 'Ә']),
        Ending::Gil | Ending::Soy => stem.len() >= 3,
        _ => stem.len() >= 2,
    }
}

/// Every way to part a few last characters from a word, the longest ending first. Something is left in front.
/// No ending begins with a double letter: the first of the two is the stem's (Cəlil-li, Əziz-zadə).
fn cuts(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let count = word.chars().count();
    let skip = count.saturating_sub(LONGEST).max(1);
    let all = word.char_indices().skip(skip).map(|(at, _)| word.split_at(at));
    all.filter(|(_, end)| !begins_double(end))
}

fn begins_double(text: &str) -> bool {
    let mut letters = text.chars().map(|c| c.to_lowercase().next());
    letters.next() == letters.next()
}

impl FromStr for Surname {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::parse(text))
    }
}

impl fmt::Display for Surname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.original)
    }
}

/// A father's name, with or without the word that says whose child.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Patronymic {
    /// The father's given name as written, without oğlu, qızı or a Russian ending.
    pub father: String,
    /// Son (oğlu) or daughter (qızı), where it is said.
    pub child: Option<Sex>,
}

impl Patronymic {
    /// Reads `Əli`, `Əli oğlu`, `Əlioğlu`, `Ali ogly`, `Али кызы`, `Алиевич`. Never fails; an empty text gives an
    /// empty father's name.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        marked(text).unwrap_or_else(|| Self { father: text.to_owned(), child: None })
    }

    /// The search key of the father's name.
    pub fn key(&self) -> String {
        text::fold(&self.father)
    }
}

/// The patronymic in a text that ends in a word or an ending for son or daughter.
fn marked(text: &str) -> Option<Patronymic> {
    cuts(text).find_map(|(start, end)| {
        let father = start.trim_end_matches(|c: char| c.is_whitespace() || c == '-');
        let form = text::fold(end);
        let known = CHILD_WORDS.iter().chain(&RUSSIAN_PATRONYMICS).find(|(known, _)| *known == form);
        let child = known.map(|&(_, sex)| sex)?;
        let is_name = father.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        is_name.then(|| Patronymic { father: father.to_owned(), child: Some(child) })
    })
}

impl FromStr for Patronymic {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::parse(text))
    }
}

/// The Azerbaijani form: `Əli oğlu`, `Əli qızı`, or `Əli` where the child's sex is not said.
impl fmt::Display for Patronymic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.father)?;
        match self.child {
            Some(Sex::Male) => f.write_str(" oğlu"),
            Some(Sex::Female) => f.write_str(" qızı"),
            None => Ok(()),
        }
    }
}

/// Parts a patronymic from a given-name field into which it was typed: `Vüqar Əli oğlu` is `Vüqar` and `Əli oğlu`.
///
/// Only a word for son or daughter, or a Russian ending, tells a patronymic: `Ağa Hüseyn` stays one given name, and
/// so does a patronymic alone.
pub fn split_given(text: &str) -> (String, Option<Patronymic>) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = match words[..] {
        [.., word] if is_child_word(word) => 2,
        _ => 1,
    };
    if words.len() > last {
        let (given, patronymic) = words.split_at(words.len() - last);
        if let Some(patronymic) = marked(&patronymic.join(" ")) {
            return (given.join(" "), Some(patronymic));
        }
    }
    (words.join(" "), None)
}

fn is_child_word(word: &str) -> bool {
    let key = text::fold(word);
    CHILD_WORDS.iter().any(|(known, _)| *known == key)
}
