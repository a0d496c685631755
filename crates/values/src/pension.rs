//! Pension age as a dated table, because it rises by law from year to year and differs by sex.

use crate::{Sex, add_months};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One row of the table: from this date on, this sex reaches pension age at this many months.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PensionAge {
    /// First day on which the age applies.
    pub from: NaiveDate,
    /// Whom it applies to.
    pub sex: Sex,
    /// The age in months: 65 years are 780.
    pub months: u32,
}

/// The table of pension ages, in any order. The latest row is taken to last.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<PensionAge>", into = "Vec<PensionAge>")]
pub struct PensionAges {
    // Sorted by date.
    rows: Vec<PensionAge>,
}

impl PensionAges {
    /// The table with these rows.
    pub fn new(rows: impl IntoIterator<Item = PensionAge>) -> Self {
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|row| row.from);
        Self { rows }
    }

    /// The first day on which the person is of pension age, by the ages that the table already knows; none if the
    /// table has no row for the sex.
    ///
    /// Where the age was reached before the table begins, this is the table's first day.
    pub fn reached_on(&self, birth: NaiveDate, sex: Sex) -> Option<NaiveDate> {
        let rows = || self.rows.iter().filter(|row| row.sex == sex);
        let ends = rows().skip(1).map(|row| row.from).chain([NaiveDate::MAX]);
        rows().zip(ends).find_map(|(row, end)| {
            let birthday = add_months(birth, i32::try_from(row.months).unwrap_or(i32::MAX));
            let day = birthday.max(row.from);
            (day < end).then_some(day)
        })
    }

    /// Whether on `date` less than `months` are left to pension age and it is not yet reached: "less than 2 years"
    /// is 24. None if the table has no row for the sex.
    pub fn is_near(&self, birth: NaiveDate, sex: Sex, date: NaiveDate, months: u32) -> Option<bool> {
        let day = self.reached_on(birth, sex)?;
        let limit = add_months(date, i32::try_from(months).unwrap_or(i32::MAX));
        Some(date < day && day < limit)
    }
}

impl From<Vec<PensionAge>> for PensionAges {
    fn from(rows: Vec<PensionAge>) -> Self {
        Self::new(rows)
    }
}

impl From<PensionAges> for Vec<PensionAge> {
    fn from(ages: PensionAges) -> Self {
        ages.rows
    }
}
