//! One field of one row, as typed, becomes one small value that equals the value of other spellings.

use values::{Fin, Phone, text};

/// A 64-bit mix of two numbers: the same on every machine and in every run.
pub(crate) const fn mix(a: u64, b: u64) -> u64 {
    let wide = (a ^ 0x9e37_79b9_7f4a_7c15) as u128 * ((b ^ 0xd1b5_4a32_d192_ed03) as u128 | 1);
    let folded = (wide as u64) ^ ((wide >> 64) as u64);
    (folded ^ (folded >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ b.rotate_left(32)
}

/// The hash of a text, never 0: 0 stands for a missing value.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let (mut state, mut chunks) = (bytes.len() as u64, bytes.chunks_exact(8));
    for chunk in &mut chunks {
        state = mix(state, chunk.iter().rev().fold(0, |word, &b| word << 8 | u64::from(b)));
    }
    let rest = chunks.remainder().iter().fold(0, |word, &b| word << 8 | u64::from(b));
    mix(state, rest).max(1)
}

/// A FİN as a number, 0 where none was given. O is read as 0, I as 1, Cyrillic look-alikes as Latin.
///
/// What is not a FİN keeps its first twelve letters and digits, so that a slip of the key stays comparable.
pub(crate) fn fin(typed: &str) -> u64 {
    if let Some(packed) = plain_fin(typed.as_bytes()) {
        return packed;
    }
    match typed.parse::<Fin>().ok().or_else(|| Fin::repaired(typed).first().copied()) {
        Some(fin) => pack(fin.as_str().bytes()),
        None => pack(typed.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase()).take(12)),
    }
}

/// The usual case, without a detour: seven ASCII capitals and digits.
fn plain_fin(typed: &[u8]) -> Option<u64> {
    let plain = typed.len() == 7 && typed.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    plain.then(|| {
        pack(typed.iter().map(|b| match b {
            b'O' => b'0',
            b'I' => b'1',
            b => *b,
        }))
    })
}

/// Five bits and a bit a character: digits and capitals count from 1 in base 37.
fn pack(characters: impl Iterator<Item = u8>) -> u64 {
    characters.fold(0, |sum, b| sum * 37 + u64::from(if b.is_ascii_digit() { b - b'0' } else { b - b'A' + 10 }) + 1)
}

/// The characters of a packed FİN, last first; the number of them.
pub(crate) fn unpack(mut packed: u64) -> ([u8; 12], usize) {
    let (mut characters, mut count) = ([0; 12], 0);
    while packed > 0 && count < 12 {
        characters[count] = (packed % 37) as u8;
        packed /= 37;
        count += 1;
    }
    (characters, count)
}

/// A telephone number with its country code as a number, 0 where none was given.
pub(crate) fn phone(typed: &str) -> u64 {
    let bytes = typed.as_bytes();
    if bytes.len() == 10 && bytes[0] == b'0' && bytes.iter().all(u8::is_ascii_digit) {
        return bytes.iter().fold(0, |n, b| n * 10 + u64::from(b - b'0')) + 994_000_000_000;
    }
    if let Ok(phone) = typed.parse::<Phone>() {
        return phone.to_string().bytes().skip(1).fold(0, |n, b| n * 10 + u64::from(b - b'0'));
    }
    typed.bytes().filter(u8::is_ascii_digit).take(15).fold(0, |n, b| n * 10 + u64::from(b - b'0'))
}

/// A date of birth as typed: possible or not, whole or a year alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(crate) struct Born(pub(crate) u32);

impl Born {
    pub(crate) const MISSING: Self = Self(0);

    pub(crate) const fn new(year: u32, month: u32, day: u32) -> Self {
        Self(year << 9 | month << 5 | day)
    }

    pub(crate) const fn is_missing(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn year(self) -> u32 {
        self.0 >> 9
    }

    pub(crate) const fn month(self) -> u32 {
        self.0 >> 5 & 15
    }

    pub(crate) const fn day(self) -> u32 {
        self.0 & 31
    }

    /// Month and day as one number; 0 where only the year is known.
    pub(crate) const fn in_year(self) -> u32 {
        self.0 & 511
    }

    /// The first of January: what clerks and old registers write where only the year is known.
    pub(crate) const fn is_default(self) -> bool {
        self.in_year() == (1 << 5 | 1) || self.in_year() == 0
    }
}

/// Reads `1985-03-21`, `21.03.1985`, `21/03/1985`, `19850321` and `1985`; None where it is none of these.
pub(crate) fn born(typed: &str) -> Option<Born> {
    let mut parts = [0_u32; 3];
    let mut count = 0;
    for part in typed.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()) {
        if count == 3 {
            break; // an hour after the date
        }
        parts[count] = part.parse().ok()?;
        count += 1;
    }
    let (year, month, day) = match (count, parts) {
        (1, [n, ..]) if n > 9_999 => (n / 10_000, n / 100 % 100, n % 100),
        (1, [year, ..]) => (year, 0, 0),
        (3, [year, month, day]) if year > 31 => (year, month, day),
        (3, [day, month, year]) => (year, month, day),
        _ => return None,
    };
    ((1850..=2100).contains(&year) && month <= 15 && day <= 31)
        .then(|| Born::new(year, month, day))
        .or_else(|| ((1850..=2100).contains(&year) && month <= 31 && day <= 15).then(|| Born::new(year, day, month)))
}

/// Sex by its first letter in the three languages: 1 man, 2 woman, 0 not given.
pub(crate) fn sex(typed: &str) -> u8 {
    match typed.trim().chars().next() {
        Some('M' | 'm' | 'К' | 'к' | 'М' | 'м' | '1') => 1,
        Some('F' | 'f' | 'Q' | 'q' | 'W' | 'w' | 'Ж' | 'ж' | '2') => 2,
        Some('K' | 'k') => 1,
        _ => 0,
    }
}

/// The number of a document: its letters and digits, look-alikes of the other keyboard made one.
pub(crate) fn document(typed: &str) -> u64 {
    if typed.is_empty() {
        return 0;
    }
    let mut key = [0_u8; 24];
    let mut count = 0;
    for c in typed.chars() {
        let c = look(c);
        if c.is_ascii_alphanumeric() && count < key.len() {
            key[count] = c as u8;
            count += 1;
        }
    }
    if count == 0 { 0 } else { hash(&key[..count]) }
}

/// A capital Latin letter for a Cyrillic one of the same look.
const fn look(c: char) -> char {
    match c {
        'А' | 'а' => 'A',
        'В' | 'в' => 'B',
        'С' | 'с' => 'C',
        'Е' | 'е' => 'E',
        'Н' | 'н' => 'H',
        'К' | 'к' => 'K',
        'М' | 'м' => 'M',
        'О' | 'о' => 'O',
        'Р' | 'р' => 'P',
        'Т' | 'т' => 'T',
        'Х' | 'х' => 'X',
        c => c.to_ascii_uppercase(),
    }
}

/// Words in a place or an address that say what kind of thing follows, as search keys.
pub(crate) const LABELS: &[&str] = &[
    "s",
    "sahar",
    "sahari",
    "gorod",
    "g",
    "r",
    "raon",
    "raonu",
    "rn",
    "kand",
    "kandi",
    "k",
    "gasaba",
    "gasabasi",
    "gas",
    "kuj",
    "kujasi",
    "kuja",
    "ul",
    "ulitsa",
    "av",
    "bina",
    "blok",
    "man",
    "dom",
    "d",
    "m",
    "manzil",
    "kv",
    "kvartira",
    "pr",
    "prospakti",
    "prospakt",
    "st",
];

/// The key of a city or rayon: `Bakı şəhəri` and `г. Баку` lose the words for city.
pub(crate) fn place(typed: &str) -> String {
    let words: Vec<String> = text::tokens(typed);
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !LABELS.contains(word)).collect();
    if kept.is_empty() { words.join(" ") } else { kept.join(" ") }
}

/// The hash of an address: its telling words and numbers in order, with the place that it is in.
pub(crate) fn address(typed: &str, place: u64) -> u64 {
    if typed.trim().is_empty() {
        return 0;
    }
    let key = text::fold(typed);
    let telling = key.split(' ').filter(|word| !word.is_empty() && !LABELS.contains(word));
    let hashed = telling.fold(0, |sum, word| mix(sum, hash(word.as_bytes())));
    if hashed == 0 { 0 } else { mix(hashed, place).max(1) }
}

/// The consonants of a search key, with its first vowel if it begins with one; k is g, as old spellings have it.
///
/// Names that differ in a vowel share a skeleton, and so do q, g and k.
pub(crate) fn skeleton(key: &str) -> String {
    let mut bones = String::with_capacity(key.len());
    for (at, c) in key.chars().enumerate() {
        match c {
            'a' | 'e' | 'i' | 'o' | 'u' if at == 0 => bones.push('a'),
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | ' ' => {}
            'k' => bones.push('g'),
            c => bones.push(c),
        }
    }
    bones
}
