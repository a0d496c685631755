//! What attendance counts, and what a course ends with. Pure.

use serde::{Deserialize, Serialize};

/// How somebody attended a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Mark {
    Present = 1,
    /// Late by half an hour at most: counts in full.
    Late = 2,
    /// Absent for good cause: counts nothing, and is no reason to drop.
    Excused = 3,
    Absent = 4,
}

impl Mark {
    pub const ALL: [Mark; 4] = [Mark::Present, Mark::Late, Mark::Excused, Mark::Absent];

    /// The word in forms and messages.
    pub fn code(self) -> &'static str {
        match self {
            Mark::Present => "present",
            Mark::Late => "late",
            Mark::Excused => "excused",
            Mark::Absent => "absent",
        }
    }

    pub fn from_code(code: &str) -> Option<Mark> {
        Mark::ALL.into_iter().find(|mark| mark.code() == code)
    }

    pub fn from_number(number: i16) -> Option<Mark> {
        Mark::ALL.into_iter().find(|mark| *mark as i16 == number)
    }

    /// Minutes that count of a session of so many.
    pub fn minutes_of(self, session_minutes: i16) -> i16 {
        match self {
            Mark::Present | Mark::Late => session_minutes,
            Mark::Excused | Mark::Absent => 0,
        }
    }
}

/// What a course ended with for one person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Outcome {
    Completed = 1,
    Failed = 2,
    Dropped = 3,
}

impl Outcome {
    pub const ALL: [Outcome; 3] = [Outcome::Completed, Outcome::Failed, Outcome::Dropped];

    pub fn code(self) -> &'static str {
        match self {
            Outcome::Completed => "completed",
            Outcome::Failed => "failed",
            Outcome::Dropped => "dropped",
        }
    }

    pub fn from_code(code: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    pub fn from_number(number: i16) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| *outcome as i16 == number)
    }
}

/// The outcome that hours and test lead to for somebody who stayed.
pub fn outcome(attended_minutes: i16, floor_minutes: u16, test_after: Option<i16>, pass_mark: u8) -> Outcome {
    let hours = i32::from(attended_minutes) >= i32::from(floor_minutes);
    let test = test_after.is_some_and(|points| points >= i16::from(pass_mark));
    if hours && test { Outcome::Completed } else { Outcome::Failed }
}

/// The number of a case's certificate when so many were given to it before and withdrawn. The receipt number holds the year.
pub fn certificate_number(receipt: &str, given: i64) -> String {
    match given {
        0 => format!("S-{receipt}"),
        before => format!("S-{receipt}-{}", before + 1),
    }
}

/// The code as it stands on the paper, from what somebody typed: small letters, other dashes, blanks or none between.
pub fn typed_code(typed: &str) -> String {
    let letters: Vec<u8> = typed.bytes().filter(u8::is_ascii_alphanumeric).take(40).map(|b| b.to_ascii_uppercase()).collect();
    letters.chunks(5).map(|five| five.iter().map(|b| char::from(*b)).collect()).collect::<Vec<String>>().join("-")
}

/// The code on a certificate: fifteen letters and digits in groups of five that nobody can guess, without letters that are
/// mistaken for one another.
pub fn certificate_code(random: &[u8; 15]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut code = String::with_capacity(17);
    for (at, byte) in random.iter().enumerate() {
        if at > 0 && at % 5 == 0 {
            code.push('-');
        }
        code.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    code
}
