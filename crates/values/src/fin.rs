//! FİN, the personal identification number: seven characters for life, with no check digit.
//! A typing mistake is therefore another valid-looking FİN: candidates for the usual confusions are offered.

use crate::Refusal;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

const LENGTH: usize = 7;

/// A FİN: seven of `0-9 A-H J-N P-Z`. The letters I and O are never used, because they look like 1 and 0.
///
/// `Display` and serde write it in full, in capitals; `Debug` writes the masked form, so that no log carries it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fin([u8; LENGTH]);

/// What is wrong with a text that should be a FİN.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FinRefusal {
    /// Nothing was typed.
    #[error("the FİN is empty")]
    Empty,
    /// Not seven characters, spaces left out.
    #[error("the FİN has {found} characters instead of 7")]
    Length {
        /// Characters found, spaces left out.
        found: usize,
    },
    /// The letter I or O: [`Fin::repaired`] offers 1 or 0.
    #[error("character {position} of the FİN is {letter}, which no FİN contains")]
    NeverUsed {
        /// The letter as a capital.
        letter: char,
        /// Place in the FİN, from 1.
        position: usize,
    },
    /// A sign that is no digit and no Latin letter, for instance a Cyrillic А.
    #[error("character {position} of the FİN is neither a digit nor a Latin letter")]
    Foreign {
        /// Place in the FİN, from 1.
        position: usize,
    },
}

impl Refusal for FinRefusal {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "values-fin-empty",
            Self::Length { .. } => "values-fin-length",
            Self::NeverUsed { .. } => "values-fin-never-used",
            Self::Foreign { .. } => "values-fin-foreign",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match *self {
            Self::Length { found } => vec![("found", found.to_string())],
            Self::NeverUsed { letter, position } => {
                let meant = if letter == 'O' { "0" } else { "1" };
                vec![("letter", letter.to_string()), ("position", position.to_string()), ("meant", meant.to_owned())]
            }
            Self::Foreign { position } => vec![("position", position.to_string())],
            _ => Vec::new(),
        }
    }
}

impl Fin {
    /// The last two characters, the others hidden: `•••••R0`.
    pub fn masked(&self) -> String {
        format!("•••••{}", &self.as_str()[LENGTH - 2..])
    }

    /// The seven characters.
    pub fn as_str(&self) -> &str {
        // Only ASCII digits and capitals are ever stored.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// FİNs that a person may have meant by `text`, likeliest first; `text` itself is never among them.
    ///
    /// First what must be wrong is put right (O to 0, I to 1, Cyrillic look-alikes to Latin). Then each single
    /// exchange of S and 5 or B and 8 is offered. Empty if the text is not seven characters long.
    pub fn repaired(text: &str) -> Vec<Self> {
        let typed: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let Some(base) = forced(&typed) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        if text.parse() != Ok(base) {
            found.push(base);
        }
        for place in 0..LENGTH {
            let Some(other) = confused(base.0[place]) else {
                continue;
            };
            let mut candidate = base;
            candidate.0[place] = other;
            found.push(candidate);
        }
        found
    }
}

/// The reading of `typed` in which every impossible character is replaced by the possible one that it looks like.
fn forced(typed: &[char]) -> Option<Fin> {
    if typed.len() != LENGTH {
        return None;
    }
    let mut bytes = [0; LENGTH];
    for (byte, &c) in bytes.iter_mut().zip(typed) {
        *byte = match latin(c) {
            'O' => b'0',
            'I' => b'1',
            c => u8::try_from(c).ok().filter(u8::is_ascii_alphanumeric)?,
        };
    }
    Some(Fin(bytes))
}

/// The Latin capital that a letter stands for or looks like.
fn latin(c: char) -> char {
    match c {
        'А' | 'а' => 'A',
        'В' | 'в' => 'B',
        'С' | 'с' => 'C',
        'Е' | 'е' => 'E',
        'Н' | 'н' => 'H',
        'Ј' | 'ј' => 'J',
        'К' | 'к' => 'K',
        'М' | 'м' => 'M',
        'О' | 'о' => 'O',
        'Р' | 'р' => 'P',
        'Т' | 'т' => 'T',
        'Х' | 'х' => 'X',
        'У' | 'у' | 'Ү' | 'ү' => 'Y',
        'З' | 'з' => '3',
        'İ' | 'ı' | 'І' | 'і' => 'I',
        c => c.to_ascii_uppercase(),
    }
}

/// The character that is mistaken for this one, where both are possible.
const fn confused(byte: u8) -> Option<u8> {
    match byte {
        b'S' => Some(b'5'),
        b'5' => Some(b'S'),
        b'B' => Some(b'8'),
        b'8' => Some(b'B'),
        _ => None,
    }
}

impl FromStr for Fin {
    type Err = FinRefusal;

    /// Reads a FİN; spaces are left out and small letters are raised.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let typed = || text.chars().filter(|c| !c.is_whitespace());
        match typed().count() {
            0 => return Err(FinRefusal::Empty),
            LENGTH => {}
            found => return Err(FinRefusal::Length { found }),
        }
        let mut bytes = [0; LENGTH];
        for (place, c) in typed().enumerate() {
            let position = place + 1;
            bytes[place] = match c.to_ascii_uppercase() {
                letter @ ('I' | 'O') => return Err(FinRefusal::NeverUsed { letter, position }),
                'İ' | 'ı' => {
                    return Err(FinRefusal::NeverUsed { letter: 'I', position });
                }
                c @ ('0'..='9' | 'A'..='Z') => c as u8,
                _ => return Err(FinRefusal::Foreign { position }),
            };
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Fin {
    type Error = FinRefusal;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Fin> for String {
    fn from(fin: Fin) -> Self {
        fin.as_str().to_owned()
    }
}

impl fmt::Display for Fin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Fin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fin({})", self.masked())
    }
}
