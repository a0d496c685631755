//! What the simulation takes from the programme and the country: districts, offices, directions, working days.

use super::calendar::WorkingDays;
use super::day::Day;
use super::history::DirectionNo;

/// The stage on which the made-up programme plays.
#[derive(Clone, Debug)]
pub struct Setting {
    pub districts: Vec<District>,
    pub offices: Vec<Office>,
    pub directions: Vec<Direction>,
    pub days: WorkingDays,
}

/// A city or rayon (in Baku: one of its districts).
#[derive(Clone, Debug)]
pub struct District {
    /// ISO 3166-2 where there is one.
    pub code: String,
    pub name: String,
    /// Economic region, 1 to 14.
    pub region: u8,
    /// People of working age, in thousands, roughly.
    pub weight: f64,
    /// Nobody lives there before this day.
    pub lived_in_from: Day,
}

/// A territorial office.
#[derive(Clone, Debug)]
pub struct Office {
    /// Its stored number.
    pub id: i32,
    pub name: String,
    /// Position in the list of districts.
    pub district: u8,
    pub region: u8,
    /// First day of applications.
    pub opens: Day,
    /// Share of its region's applications, relative to the region's other offices.
    pub weight: f64,
    /// Share of land-holding jobseekers among its applicants.
    pub landholders: f64,
}

/// A direction of work with its package.
#[derive(Clone, Debug)]
pub struct Direction {
    pub code: String,
    /// In qəpik.
    pub ceiling: i64,
    pub share: f64,
    /// Share of women, 0 to 1.
    pub women: f64,
    /// Usual sum of the equipment, in qəpik.
    pub cost: f64,
    /// In business after 24 months, 0 to 1.
    pub survival: f64,
    pub offered_until: Option<Day>,
    pub package: Vec<PackageItem>,
}

/// A line of a direction's package.
#[derive(Clone, Debug)]
pub struct PackageItem {
    pub code: String,
    /// In qəpik for one piece.
    pub ceiling: i64,
    pub most: u8,
    pub mandatory: bool,
}

impl Setting {
    /// Directions on offer on a day.
    pub fn offered(&self, day: Day) -> impl Iterator<Item = DirectionNo> + Clone + '_ {
        let numbered = self.directions.iter().enumerate();
        numbered
            .filter(move |(_, d)| d.offered_until.is_none_or(|end| day <= end))
            .map(|(no, _)| no as DirectionNo)
    }
}
