//! From what a person typed into a field of a programme's form to an answer within its limits.

use super::form::{Field, FieldKind};
use chrono::{Datelike, NaiveDate};
use platform::message::{Explain, Message};
use serde::Serialize;
use values::{Money, MoneyRefusal, Refusal};

/// An answer to a field. In JSON: the bare value; money in qəpik.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Answer {
    Text(String),
    Number(i64),
    Money(Money),
    Percent(i64),
    Date(NaiveDate),
    YesNo(bool),
    Choice(String),
    Choices(Vec<String>),
}

/// Why an answer is not accepted, in words the person can act on.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AnswerRefusal {
    #[error("the field is empty")]
    Missing,
    #[error("the text is longer than {longest} characters")]
    TooLong { longest: usize },
    #[error("not a whole number")]
    NotANumber,
    #[error("not between {min} and {max}")]
    OutOfRange { min: i64, max: i64 },
    #[error("{0}")]
    Money(MoneyRefusal),
    #[error("not between {} and {} qəpik", min.qepik(), max.qepik())]
    MoneyOutOfRange { min: Money, max: Money },
    #[error("not a date")]
    NotADate,
    #[error("not one of the choices")]
    NotAChoice,
}

impl Refusal for AnswerRefusal {
    fn key(&self) -> &'static str {
        match self {
            Self::Missing => "programme-answer-missing",
            Self::TooLong { .. } => "programme-answer-too-long",
            Self::NotANumber => "programme-answer-not-a-number",
            Self::OutOfRange { .. } => "programme-answer-out-of-range",
            Self::Money(refusal) => refusal.key(),
            Self::MoneyOutOfRange { .. } => "programme-answer-money-out-of-range",
            Self::NotADate => "programme-answer-not-a-date",
            Self::NotAChoice => "programme-answer-not-a-choice",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { longest } => vec![("longest", longest.to_string())],
            Self::OutOfRange { min, max } => vec![("min", min.to_string()), ("max", max.to_string())],
            Self::MoneyOutOfRange { min, max } => vec![("min", min.to_string()), ("max", max.to_string())],
            Self::Money(refusal) => refusal.args(),
            _ => Vec::new(),
        }
    }
}

impl Explain for AnswerRefusal {
    fn message(&self) -> Message {
        match self {
            Self::MoneyOutOfRange { min, max } => Message::new(self.key()).arg("min", *min).arg("max", *max),
            _ => self.args().into_iter().fold(Message::new(self.key()), |message, (name, value)| message.arg(name, value)),
        }
    }
}

impl Field {
    /// Reads what was typed or ticked; several values only for several choices. Nothing typed into a field that is
    /// not required is no answer. Yes and no are `yes` and `no`, dates `2024-09-02`.
    pub fn read(&self, typed: &[&str]) -> Result<Option<Answer>, AnswerRefusal> {
        let typed: Vec<&str> = typed.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let Some(text) = typed.first().copied() else {
            return if self.required { Err(AnswerRefusal::Missing) } else { Ok(None) };
        };
        self.answer(text, &typed).map(Some)
    }

    fn answer(&self, text: &str, typed: &[&str]) -> Result<Answer, AnswerRefusal> {
        match &self.kind {
            FieldKind::Text { longest } | FieldKind::LongText { longest } => {
                let fits = text.chars().count() <= *longest;
                fits.then(|| Answer::Text(text.to_owned())).ok_or(AnswerRefusal::TooLong { longest: *longest })
            }
            FieldKind::Number { min, max } => number(text, *min, *max).map(Answer::Number),
            FieldKind::Percent => number(text, 0, 100).map(Answer::Percent),
            FieldKind::Money { min, max } => {
                let money: Money = text.parse().map_err(AnswerRefusal::Money)?;
                let fits = (*min..=*max).contains(&money);
                fits.then_some(Answer::Money(money)).ok_or(AnswerRefusal::MoneyOutOfRange { min: *min, max: *max })
            }
            FieldKind::Date => {
                let date = text.parse::<NaiveDate>().ok().filter(|date| (1900..=2100).contains(&date.year()));
                date.map(Answer::Date).ok_or(AnswerRefusal::NotADate)
            }
            FieldKind::YesNo => match text {
                "yes" => Ok(Answer::YesNo(true)),
                "no" => Ok(Answer::YesNo(false)),
                _ => Err(AnswerRefusal::NotAChoice),
            },
            FieldKind::Choice { .. } => self.chosen(text).map(Answer::Choice),
            FieldKind::Choices { .. } => {
                typed.iter().map(|text| self.chosen(text)).collect::<Result<_, _>>().map(Answer::Choices)
            }
            // Whether the catalogue has it on the day is for the plan to ask.
            FieldKind::Item => Ok(Answer::Choice(text.to_owned())),
        }
    }

    fn chosen(&self, text: &str) -> Result<String, AnswerRefusal> {
        let choice = self.choices().iter().find(|choice| choice.code == text);
        choice.map(|choice| choice.code.clone()).ok_or(AnswerRefusal::NotAChoice)
    }
}

fn number(text: &str, min: i64, max: i64) -> Result<i64, AnswerRefusal> {
    let number: i64 = text.parse().map_err(|_| AnswerRefusal::NotANumber)?;
    if (min..=max).contains(&number) { Ok(number) } else { Err(AnswerRefusal::OutOfRange { min, max }) }
}
