//! The names that a register knows, and the few new ones of a person who is only asked about.

use crate::words::{Words, bones};

/// What kind of word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum List {
    Given,
    Stem,
    Father,
    Place,
}

/// The words of a register, and how many records hold each date of birth.
#[derive(Clone, Default)]
pub(crate) struct Lists {
    pub given: Words,
    pub stems: Words,
    pub fathers: Words,
    pub places: Words,
    /// Holders of dates of birth, by the packed date.
    pub born: Vec<u32>,
}

impl Lists {
    pub fn words(&self, list: List) -> &Words {
        match list {
            List::Given => &self.given,
            List::Stem => &self.stems,
            List::Father => &self.fathers,
            List::Place => &self.places,
        }
    }

    pub fn number(&mut self, list: List, key: &str) -> u32 {
        match list {
            List::Given => &mut self.given,
            List::Stem => &mut self.stems,
            List::Father => &mut self.fathers,
            List::Place => &mut self.places,
        }
        .number(key)
    }
}

/// Numbers from here on are names that no record bears.
const FRESH: u32 = u32::MAX - 15;

/// Names of one person that are in no list.
#[derive(Default)]
pub(crate) struct Fresh {
    keys: Vec<String>,
}

impl Fresh {
    /// The number of a key in a list, or a fresh one.
    pub fn number(&mut self, lists: &Lists, list: List, key: &str) -> u32 {
        lists.words(list).find(key).unwrap_or_else(|| {
            self.keys.push(key.to_owned());
            FRESH + (self.keys.len() - 1) as u32
        })
    }
}

/// Names by their numbers, of a register and of one person beside it.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub lists: &'a Lists,
    pub fresh: Option<&'a Fresh>,
}

impl<'a> Names<'a> {
    pub fn of(lists: &'a Lists) -> Self {
        Self { lists, fresh: None }
    }

    pub fn key(&self, list: List, number: u32) -> &'a str {
        self.fresh_key(number).unwrap_or_else(|| self.lists.words(list).key(number))
    }

    pub fn bones(&self, list: List, number: u32) -> u32 {
        self.fresh_key(number).map_or_else(|| self.lists.words(list).bones(number), bones)
    }

    /// How many bear the name, and ln of that number.
    pub fn bearers(&self, list: List, number: u32) -> (u32, f32) {
        if number >= FRESH { (1, 0.0) } else { self.lists.words(list).bearers(number) }
    }

    fn fresh_key(&self, number: u32) -> Option<&'a str> {
        let at = number.checked_sub(FRESH)?;
        self.fresh.map(|fresh| fresh.keys[at as usize].as_str())
    }
}
