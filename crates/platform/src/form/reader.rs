//! Reads typed values out of a form, and collects what is wrong.

use super::Posted;
use crate::message::{Errors, Message};
use chrono::{Datelike, NaiveDate};
use std::{ops::RangeInclusive, str::FromStr};
use values::money::Money;

/// The most characters of a text.
pub const MOST_SIGNS: usize = 5_000;

/// Years in which something of a programme can happen, or somebody in it can have been born.
const YEARS: RangeInclusive<i32> = 1900..=2100;

/// Reads typed values out of a form; what is wrong is collected, and the reading goes on.
pub struct Reader<'a> {
    form: &'a Posted,
    errors: Errors,
}

impl<'a> Reader<'a> {
    pub(super) fn of(form: &'a Posted) -> Self {
        Self { form, errors: Errors::none() }
    }

    /// A text that may be empty, of at most [`MOST_SIGNS`].
    pub fn text(&mut self, name: &str) -> String {
        self.text_of(name, MOST_SIGNS)
    }

    /// A text that may be empty, of at most so many characters.
    pub fn text_of(&mut self, name: &str, most: usize) -> String {
        let text = self.form.value(name);
        if text.chars().nth(most).is_some() {
            self.wrong(name, Message::new("form-error-long").arg("most", most));
        }
        text.to_owned()
    }

    /// A text that may be empty, as an option.
    pub fn optional(&mut self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &str) -> String {
        let text = self.text(name);
        if text.is_empty() {
            self.wrong(name, Message::new("form-error-required"));
        }
        text
    }

    /// A text of one line that must be there, of at most so many characters: what is searched or told apart by it.
    pub fn line(&mut self, name: &str, most: usize) -> String {
        let text = self.text_of(name, most);
        if text.is_empty() {
            self.wrong(name, Message::new("form-error-required"));
        }
        text
    }

    /// A text of at least `least` characters: a reason that says something.
    pub fn reason(&mut self, name: &str, least: usize) -> String {
        let text = self.required(name);
        if !text.is_empty() && text.chars().count() < least {
            self.wrong(name, Message::new("form-error-short").arg("least", least));
        }
        text
    }

    /// A value that may be absent; `wrong` is the message when it can't be read.
    pub fn parse<T: FromStr>(&mut self, name: &str, wrong: &'static str) -> Option<T> {
        let text = self.form.value(name);
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.wrong(name, Message::new(wrong));
        }
        parsed
    }

    /// A value that must be there; `wrong` is the message when it can't be read.
    pub fn require<T: FromStr>(&mut self, name: &str, wrong: &'static str) -> Option<T> {
        if self.form.value(name).is_empty() {
            self.wrong(name, Message::new("form-error-required"));
            return None;
        }
        self.parse(name, wrong)
    }

    /// A date that may be absent: `name-day`, `name-month`, `name-year`, or ISO in `name`.
    pub fn optional_date(&mut self, name: &str) -> Option<NaiveDate> {
        let part = |suffix: &str| self.form.value(&format!("{name}-{suffix}")).to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        let whole = self.form.value(name).to_owned();
        if whole.is_empty() && day.is_empty() && month.is_empty() && year.is_empty() {
            return None;
        }
        let date = if whole.is_empty() {
            year.parse()
                .ok()
                .filter(|year| YEARS.contains(year))
                .zip(month.parse().ok())
                .zip(day.parse().ok())
                .and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d))
        } else {
            whole.parse::<NaiveDate>().ok().filter(|date| YEARS.contains(&date.year()))
        };
        if date.is_none() {
            self.wrong(name, Message::new("form-error-date"));
        }
        date
    }

    /// A date that must be there.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        let before = self.errors.list.len();
        let date = self.optional_date(name);
        if date.is_none() && self.errors.list.len() == before {
            self.wrong(name, Message::new("form-error-date-required"));
        }
        date
    }

    /// A whole number within a range; absent is wrong.
    pub fn integer(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        if self.form.value(name).is_empty() {
            self.wrong(name, Message::new("form-error-required"));
            return None;
        }
        self.optional_integer(name, range)
    }

    /// A whole number within a range, which may be absent.
    pub fn optional_integer(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let text = self.form.value(name);
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let message = Message::new("form-error-range").arg("least", *range.start()).arg("most", *range.end());
            self.wrong(name, message);
        }
        number
    }

    /// A sum of money, zero or more; absent is wrong.
    pub fn money(&mut self, name: &str) -> Option<Money> {
        let money = self.require::<Money>(name, "form-error-money");
        if money.is_some_and(|money| money.qepik() < 0) {
            self.wrong(name, Message::new("form-error-money"));
            return None;
        }
        money
    }

    /// One of the values that the form offers; absent is wrong.
    pub fn choice(&mut self, name: &str, offered: &[&str]) -> String {
        let text = self.required(name);
        if !text.is_empty() && !offered.contains(&text.as_str()) {
            self.wrong(name, Message::new("form-error-choice"));
        }
        text
    }

    /// Every value of a field that repeats.
    pub fn many(&mut self, name: &str) -> Vec<String> {
        let many: Vec<String> = self.form.values(name).map(str::to_owned).collect();
        if many.iter().any(|text| text.chars().nth(MOST_SIGNS).is_some()) {
            self.wrong(name, Message::new("form-error-long").arg("most", MOST_SIGNS));
        }
        many
    }

    /// A box that is ticked or not.
    pub fn ticked(&mut self, name: &str) -> bool {
        !self.form.value(name).is_empty()
    }

    /// A box that must be ticked.
    pub fn must_tick(&mut self, name: &str) -> bool {
        let ticked = self.ticked(name);
        if !ticked {
            self.wrong(name, Message::new("form-error-tick"));
        }
        ticked
    }

    /// Says that a field is wrong.
    pub fn wrong(&mut self, name: &str, message: Message) {
        self.errors.add(name, message);
    }

    /// The value read, or what is wrong. When the person only asked for another language nothing is judged, and the
    /// form comes back with no errors.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Errors> {
        if self.form.only_redraws() {
            return Err(Errors::none());
        }
        match read {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }
}
