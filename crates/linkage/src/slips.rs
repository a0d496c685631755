//! How far two values of one field are apart, and whether a slip of the pen or the key explains it.

use crate::{
    field::{DIFFERS, FAR_APART, Field},
    normalise::{Born, unpack},
};
use rapidfuzz::distance::{jaro_winkler, osa};

/// Dates of birth further apart than this many years, and not by a slip of the key, are never one person's.
const FAR_YEARS: u32 = 2;

/// The level of two different names by their search keys: 2 one letter, 3 similar, 4 initial or shortened, 6 differ.
pub(crate) fn name_level(a: &str, b: &str) -> u8 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() <= 2 || (short.len() >= 3 && long.starts_with(short)) {
        // One letter added at the end is a slip of the key; more than that is a shortening.
        return match long.starts_with(short) {
            true if short.len() >= 4 && long.len() == short.len() + 1 => 2,
            true if !short.is_empty() => 4,
            _ => DIFFERS[Field::Given as usize],
        };
    }
    if long.len() - short.len() <= 1 && long.len() >= 4 && osa::distance(short.bytes(), long.bytes()) <= 1 {
        return 2;
    }
    let cutoff = jaro_winkler::Args::default().score_cutoff(0.84);
    match jaro_winkler::similarity_with_args(short.bytes(), long.bytes(), &cutoff) {
        Some(_) => 3,
        None => DIFFERS[Field::Given as usize],
    }
}

/// The level of two dates of birth.
pub(crate) fn born(a: Born, b: Born) -> u8 {
    if a.is_missing() || b.is_missing() {
        return 0;
    }
    let same_year = a.year() == b.year();
    if a == b {
        return 1;
    }
    if same_year && a.month() == b.day() && a.day() == b.month() {
        return 2;
    }
    if one_digit_differs(a, b) {
        return 3;
    }
    match (same_year, a.in_year() == b.in_year()) {
        (true, _) if a.is_default() || b.is_default() => 4,
        (true, _) if a.month() == b.month() || a.day() == b.day() => 5,
        (false, true) if !a.is_default() => 6,
        (true, _) => 7,
        _ if a.year().abs_diff(b.year()) > FAR_YEARS => FAR_APART,
        _ => 8,
    }
}

/// Whether exactly one of the eight digits differs.
fn one_digit_differs(a: Born, b: Born) -> bool {
    let (year, month, day) = (a.year() != b.year(), a.month() != b.month(), a.day() != b.day());
    let (mut x, mut y) = match (year, month, day) {
        (true, false, false) => (a.year(), b.year()),
        (false, true, false) => (a.month(), b.month()),
        (false, false, true) => (a.day(), b.day()),
        _ => return false,
    };
    let mut differing = 0;
    while x > 0 || y > 0 {
        differing += u32::from(x % 10 != y % 10);
        (x, y) = (x / 10, y / 10);
    }
    differing == 1
}

/// Whether one slip of the key parts two packed FİNs: a character exchanged, left out, added or swapped with the next.
pub(crate) fn one_character_apart(a: u64, b: u64) -> bool {
    if are_whole_fins(a, b) && !may_be_one_character_apart(a, b) {
        return false;
    }
    let ((a, a_len), (b, b_len)) = (unpack(a), unpack(b));
    if a_len == b_len {
        let mut differing = (0..a_len).filter(|&at| a[at] != b[at]);
        return match (differing.next(), differing.next(), differing.next()) {
            (Some(_), None, _) => true,
            (Some(x), Some(y), None) => y == x + 1 && a[x] == b[y] && a[y] == b[x],
            _ => false,
        };
    }
    a_len.abs_diff(b_len) == 1 && osa::distance(a[..a_len].iter().copied(), b[..b_len].iter().copied()) == 1
}

/// Whether both have seven characters.
fn are_whole_fins(a: u64, b: u64) -> bool {
    // The least of seven characters, and of eight: every character counts at least one.
    const SEVEN: u64 = (37_u64.pow(7) - 1) / 36;
    const EIGHT: u64 = (37_u64.pow(8) - 1) / 36;
    (SEVEN..EIGHT).contains(&a) && (SEVEN..EIGHT).contains(&b)
}

/// Whether two of the same length may differ in one character or have two neighbours swapped. Their difference is then
/// a small number times a power of 37; that tells strangers apart without taking either to pieces.
fn may_be_one_character_apart(a: u64, b: u64) -> bool {
    let mut difference = a.abs_diff(b);
    while difference > 0 && difference.is_multiple_of(37) {
        difference /= 37;
    }
    difference <= 36 || (difference.is_multiple_of(36) && difference <= 36 * 36)
}

/// Whether one digit of two telephone numbers of equal length differs, or two neighbours are swapped.
pub(crate) fn one_digit_apart(mut a: u64, mut b: u64) -> bool {
    let mut found: Option<(u32, u64, u64)> = None;
    let (mut place, mut closed) = (0, false);
    while a > 0 || b > 0 {
        let (x, y) = (a % 10, b % 10);
        (a, b) = (a / 10, b / 10);
        if x != y {
            match found {
                None => found = Some((place, x, y)),
                Some((at, fx, fy)) if !closed && place == at + 1 && fx == y && fy == x => closed = true,
                Some(_) => return false,
            }
        }
        place += 1;
    }
    found.is_some()
}
