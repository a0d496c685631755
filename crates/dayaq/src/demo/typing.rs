//! The slips of a clerk who registers a person for a second time.

use super::draw::Draw;
use super::people::Person;

/// How a letter is written without the alphabet at hand.
const SPELLINGS: [(char, &str); 14] = [
    ('ə', "e"),
    ('Ə', "A"),
    ('ş', "sh"),
    ('Ş', "Sh"),
    ('ç', "ch"),
    ('Ç', "Ch"),
    ('ğ', "g"),
    ('ı', "i"),
    ('İ', "I"),
    ('ö', "o"),
    ('ü', "u"),
    ('x', "kh"),
    ('c', "j"),
    ('q', "g"),
];

/// The same person, written down again: other spellings, another ending, a turned date, a missing or wrong FİN.
pub fn mistyped(draw: &mut Draw, person: &Person) -> Person {
    let mut again = person.clone();
    if draw.chance(0.45) {
        again.surname = respelled(&again.surname);
    }
    if draw.chance(0.35) {
        again.given = respelled(&again.given);
    }
    if draw.chance(0.2) {
        again.father = respelled(&again.father);
    }
    if draw.chance(0.1) {
        again.surname = other_ending(&again.surname);
    }
    if draw.chance(0.1) {
        again.born = again.born.plus([1, -1, 10, 365][draw.below(4)]);
    }
    again.fin = match draw.unit() {
        u if u < 0.5 => None,
        u if u < 0.8 => again.fin.map(|fin| slipped(draw, fin)),
        _ => again.fin,
    };
    if draw.chance(0.4) {
        again.phone = again.phone.map(|phone| phone ^ 1);
    }
    again.document = if draw.chance(0.3) { again.document ^ 3 } else { again.document };
    again
}

fn respelled(name: &str) -> Box<str> {
    let spelled = |letter: char| SPELLINGS.iter().find(|(from, _)| *from == letter).map(|(_, to)| *to);
    let mut written = String::with_capacity(name.len());
    for letter in name.chars() {
        match spelled(letter) {
            Some(letters) => written.push_str(letters),
            None => written.push(letter),
        }
    }
    written.into()
}

/// Adults may legally change the ending of their surname.
fn other_ending(surname: &str) -> Box<str> {
    let stem = ["ova", "yeva", "ov", "yev"].iter().find_map(|ending| surname.strip_suffix(ending));
    stem.map_or(surname.into(), |stem| [stem, "zadə"].concat().into())
}

/// One character wrong.
fn slipped(draw: &mut Draw, mut fin: [u8; 7]) -> [u8; 7] {
    let at = draw.below(fin.len());
    fin[at] = if fin[at] == b'7' { b'1' } else { b'7' };
    fin
}
