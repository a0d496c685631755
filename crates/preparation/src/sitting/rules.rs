//! Votes and quorums. Pure.

use chrono::NaiveDate;
use platform::message::{Explain, Message};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A member's vote. Numbers are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    For = 1,
    Against = 2,
    Abstained = 3,
    /// The member knows somebody, and steps aside.
    Recused = 4,
}

impl Choice {
    pub const ALL: [Self; 4] = [Self::For, Self::Against, Self::Abstained, Self::Recused];

    /// The code by which forms and messages know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Abstained => "abstained",
            Self::Recused => "recused",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }

    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| *choice as i16 == number)
    }
}

/// What one member cast on one item of the agenda.
#[derive(Clone, Copy, Debug)]
pub struct Ballot {
    pub item: Uuid,
    pub member: Uuid,
    pub choice: Choice,
}

/// Votes on one item.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Votes {
    pub in_favour: u16,
    pub against: u16,
    pub abstained: u16,
    pub recused: u16,
}

impl Votes {
    fn count(&mut self, choice: Choice) {
        match choice {
            Choice::For => self.in_favour += 1,
            Choice::Against => self.against += 1,
            Choice::Abstained => self.abstained += 1,
            Choice::Recused => self.recused += 1,
        }
    }

    /// Members who voted; who stepped aside did not.
    pub fn voted(self) -> usize {
        usize::from(self.in_favour) + usize::from(self.against) + usize::from(self.abstained)
    }

    /// Whether more voted for than against.
    pub fn carried(self) -> bool {
        self.in_favour > self.against
    }
}

/// Votes counted by item.
pub fn counted(ballots: impl IntoIterator<Item = Ballot>) -> HashMap<Uuid, Votes> {
    let mut counted: HashMap<Uuid, Votes> = HashMap::new();
    ballots.into_iter().for_each(|ballot| counted.entry(ballot.item).or_default().count(ballot.choice));
    counted
}

/// Whether a sitting may be closed on a day: once, and not before it was held.
pub fn may_close(is_closed: bool, sits_on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    match (is_closed, today < sits_on) {
        (true, _) => Err(Refusal::Closed),
        (false, true) => Err(Refusal::Early { on: sits_on }),
        (false, false) => Ok(()),
    }
}

/// Members that must be present, of those called.
pub fn quorum(members: usize, percent: i64) -> usize {
    let needed = (i64::try_from(members).unwrap_or(0) * percent + 99) / 100;
    usize::try_from(needed).unwrap_or(usize::MAX).max(1)
}

/// Who came to a sitting, and how many are a quorum of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attendance {
    pub present: Vec<Uuid>,
    pub quorum: usize,
}

/// Who came of the members called; nobody else counts, and nobody twice. Without a quorum there is no sitting.
pub fn attendance(members: impl IntoIterator<Item = Uuid>, came: &[Uuid], percent: i64) -> Result<Attendance, Refusal> {
    let members: BTreeSet<Uuid> = members.into_iter().collect();
    let needed = quorum(members.len(), percent);
    let present: Vec<Uuid> = members.into_iter().filter(|member| came.contains(member)).collect();
    match present.len() < needed {
        true => Err(Refusal::NoQuorum { present: present.len(), needed }),
        false => Ok(Attendance { present, quorum: needed }),
    }
}

impl Attendance {
    /// Votes counted by item. Whoever voted ahead and did not come has not voted.
    pub fn count(&self, ballots: impl IntoIterator<Item = Ballot>) -> HashMap<Uuid, Votes> {
        counted(ballots.into_iter().filter(|ballot| self.present.contains(&ballot.member)))
    }
}

/// What a decision does with an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// It gets what it asks for, now or when there is money.
    Grants,
    /// Its author mends it and comes back.
    SendsBack,
    Refuses,
    /// Nothing is decided: another sitting hears it.
    PutsOff,
}

/// A decision on one item, with what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Motion {
    /// The item's number on the agenda.
    pub position: i16,
    pub votes: Votes,
    /// Its marks reach the pass mark, and nothing else bars it.
    pub passes: bool,
    pub effect: Effect,
}

/// Whether a decision may stand: a quorum voted on the item, a majority for what is granted, and none for what is refused
/// though it passed.
pub fn may_stand(motion: &Motion, quorum: usize) -> Result<(), Refusal> {
    let Motion { position, votes, passes, effect } = *motion;
    if effect == Effect::PutsOff {
        return Ok(());
    }
    if votes.voted() < quorum {
        return Err(Refusal::TooFewVotes { position, voted: votes.voted(), needed: quorum });
    }
    match (effect, votes.carried()) {
        (Effect::Grants, false) => Err(Refusal::NotVoted { position }),
        (Effect::Grants, true) if !passes => Err(Refusal::BelowPass { position }),
        (Effect::Refuses, true) if passes => Err(Refusal::VotedFor { position }),
        _ => Ok(()),
    }
}

/// Why nobody votes, or why a sitting is not closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    Closed,
    /// It is not held before its day.
    Early {
        on: NaiveDate,
    },
    /// The acting member was not called.
    NotOfSitting,
    /// No vote was cast.
    Empty,
    NoQuorum {
        present: usize,
        needed: usize,
    },
    /// Too few of those present voted on it: the others stepped aside or did not vote.
    TooFewVotes {
        position: i16,
        voted: usize,
        needed: usize,
    },
    /// The members did not vote for it.
    NotVoted {
        position: i16,
    },
    /// Its mark is below the pass mark.
    BelowPass {
        position: i16,
    },
    /// The members voted for it, so it can't be refused.
    VotedFor {
        position: i16,
    },
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        let of = |what: &str, position: i16| Message::new(format!("sitting-refusal-{what}")).arg("position", i64::from(position));
        match self {
            Self::Closed => Message::new("sitting-refusal-closed"),
            Self::Early { on } => Message::new("sitting-refusal-early").arg("on", *on),
            Self::NotOfSitting => Message::new("sitting-refusal-not-of-sitting"),
            Self::Empty => Message::new("sitting-refusal-empty"),
            Self::NoQuorum { present, needed } => {
                Message::new("sitting-refusal-quorum").arg("present", *present).arg("needed", *needed)
            }
            Self::TooFewVotes { position, voted, needed } => {
                of("too-few-votes", *position).arg("voted", *voted).arg("needed", *needed)
            }
            Self::NotVoted { position } => of("not-voted", *position),
            Self::BelowPass { position } => of("below-pass", *position),
            Self::VotedFor { position } => of("voted-for", *position),
        }
    }
}
