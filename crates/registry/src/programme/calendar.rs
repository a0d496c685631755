//! The programme's calendar: public holidays, working days, pension ages.

use super::{parameters::Term, reader::Reader};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use values::{PensionAge, PensionAges, Sex, WorkingDays, add_months, exchanged_for};

/// A public holiday or a rest day, as the table of the country announces it.
#[derive(Clone, Debug, Serialize)]
pub struct Holiday {
    pub date: NaiveDate,
    pub name_az: String,
    /// Expected but not announced yet, as the days of the lunar calendar.
    pub estimated: bool,
}

/// Holidays, the working days that follow from them, and pension ages.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    pub holidays: Vec<Holiday>,
    pub working_days: WorkingDays,
    pub pension_ages: PensionAges,
}

/// Reads `holidays.csv` and `pension_ages.csv`.
pub(super) fn read(reader: &Reader<'_>) -> Calendar {
    let holidays = reader.csv("holidays.csv", &["date", "name_az", "certainty", "source"], |row| {
        let date = row.date("date");
        reader.define::<Holiday>(&date.to_string(), None, row.place());
        row.text("source");
        Holiday { date, name_az: row.text("name_az"), estimated: row.optional_text("certainty").is_some() }
    });
    let ages = reader.csv("pension_ages.csv", &["sex", "valid_from", "age_months", "source", "verified"], |row| {
        row.source();
        PensionAge {
            from: row.date("valid_from"),
            sex: row.one_of("sex", &[("F", Sex::Female), ("M", Sex::Male)]),
            months: row.number("age_months", 600..=900),
        }
    });
    let exchanged = holidays.iter().filter_map(|holiday| exchanged_for(&holiday.name_az));
    Calendar {
        working_days: WorkingDays::new(holidays.iter().map(|holiday| holiday.date), exchanged),
        pension_ages: PensionAges::new(ages),
        holidays,
    }
}

impl Term {
    /// The last day of the term that begins when something happens on `from`.
    pub fn ends(self, from: NaiveDate, calendar: &WorkingDays) -> NaiveDate {
        match self {
            Term::CalendarDays(days) => from.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX),
            Term::WorkingDays(days) => calendar.add(from, i32::try_from(days).unwrap_or(i32::MAX)),
            Term::Months(months) => add_months(from, i32::try_from(months).unwrap_or(i32::MAX)),
        }
    }
}

impl super::code::Coded for Holiday {
    const NOUN: &'static str = "holiday";
    const FILE: &'static str = "holidays.csv";
}
