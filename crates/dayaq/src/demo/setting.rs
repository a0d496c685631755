//! What the simulation takes from the programme and the country: districts, offices, directions, calls, working days.

use super::calendar::WorkingDays;
use super::day::Day;
use super::history::{DirectionNo, OfficeNo};
use super::places::{self, NEAR_CAP};
use super::shape;
use registry::programme::{self, Programme};
use values::Sex;

/// So many days before its end a direction is chosen for the last time.
const LAST_CHOSEN_BEFORE: i32 = 240;

/// The stage on which the made-up programme plays.
#[derive(Clone, Debug)]
pub struct Setting {
    pub districts: Vec<District>,
    /// Without the centre.
    pub offices: Vec<Office>,
    pub directions: Vec<Direction>,
    pub calls: Vec<Call>,
    /// By the number of the decree, from 1; the first is empty.
    pub regions: Vec<String>,
    pub days: WorkingDays,
    pub programme: Programme,
}

/// A city or rayon.
#[derive(Clone, Debug)]
pub struct District {
    /// Of the programme's unit.
    pub code: String,
    pub name: String,
    /// Economic region, 1 to 14.
    pub region: u8,
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

/// A call for applications.
#[derive(Clone, Debug)]
pub struct Call {
    pub code: String,
    pub phase: String,
    pub from: Day,
    pub to: Day,
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
    /// Carries its maker's serial number; the others get a tag.
    pub serial_numbered: bool,
}

impl Setting {
    /// The setting of a programme.
    pub fn new(programme: &Programme) -> Self {
        let districts: Vec<District> = programme.units().iter().map(|unit| district(programme, unit)).collect();
        let holidays: Vec<_> = programme.holidays().iter().map(|holiday| holiday.date).collect();
        let mut regions = vec![String::new(); shape::REGION_SHARES.len()];
        for region in programme.regions() {
            if let Some(place) = regions.get_mut(usize::from(region.number)) {
                *place = region.code.to_string();
            }
        }
        Self {
            offices: programme.offices().iter().filter_map(|o| office(programme, o, &districts)).collect(),
            directions: programme.directions().iter().map(|d| direction(programme, d)).collect(),
            calls: programme.calls().iter().map(call).collect(),
            districts,
            regions,
            days: WorkingDays::new(&holidays),
            programme: programme.clone(),
        }
    }

    /// Whether people who apply on a day choose a direction: it must still be on offer when their case is decided, and
    /// when they are trained.
    pub fn is_chosen(&self, direction: DirectionNo, day: Day) -> bool {
        let ends = self.directions[usize::from(direction)].offered_until;
        ends.is_none_or(|end| day.plus(LAST_CHOSEN_BEFORE) <= end)
    }

    /// The position of the first office of a unit.
    pub fn office_in(&self, unit: &str) -> Option<OfficeNo> {
        let found = self.offices.iter().position(|o| self.districts[usize::from(o.district)].code == unit)?;
        Some(found as OfficeNo)
    }

    /// The office where a region's commission sits and its specialists work: the first of the largest unit.
    pub fn seat_of(&self, region: u8) -> Option<OfficeNo> {
        let of_region = self.offices.iter().enumerate().rev().filter(|(_, office)| office.region == region);
        let people = |office: &Office| places::people_in(&self.districts[usize::from(office.district)].code);
        of_region.max_by(|a, b| people(a.1).total_cmp(&people(b.1))).map(|(number, _)| number as OfficeNo)
    }

    /// The day of pension age of somebody born on a day.
    pub fn pension_on(&self, born: Day, female: bool) -> Option<Day> {
        let sex = if female { Sex::Female } else { Sex::Male };
        self.programme.pension_ages().reached_on(born.date(), sex).map(Day::from)
    }

    /// The call open on a day.
    pub fn call_on(&self, day: Day) -> Option<&Call> {
        self.calls.iter().find(|call| call.from <= day && day <= call.to)
    }

    /// The first day of the call after the one open on a day.
    pub fn next_call(&self, day: Day) -> Option<Day> {
        self.calls.iter().map(|call| call.from).filter(|from| *from > day).min()
    }
}

/// A centre of the DOST agency beside an office of the employment agency takes in so much of what that does.
const DOST_WEIGHT: f64 = 0.35;

fn district(programme: &Programme, unit: &programme::Unit) -> District {
    let region = programme.region(&unit.region).map_or(0, |region| region.number);
    District { code: unit.code.to_string(), name: unit.name.az.clone(), region }
}

fn office(programme: &Programme, office: &programme::Office, districts: &[District]) -> Option<Office> {
    let unit = office.unit.as_ref()?.as_str();
    let district = districts.iter().position(|district| district.code == unit)?;
    let of_dost = office.kind == programme::OfficeKind::Dost;
    let sharing = programme.offices().iter().filter(|other| other.unit.as_ref().is_some_and(|code| code.as_str() == unit));
    let region = districts[district].region;
    let landholders = match (NEAR_CAP.contains(&unit), region) {
        (true, _) => shape::groups::LANDHOLDER_NEAR_CAP,
        (_, 1) => 0.0,
        _ => shape::groups::LANDHOLDER,
    };
    Some(Office {
        id: office.id.0,
        name: office.name.az.clone(),
        district: district as u8,
        region,
        opens: Day::from(office.validity.from),
        weight: places::people_in(unit) * if of_dost { DOST_WEIGHT } else { 1.0 } / sharing.count().max(1) as f64,
        landholders,
    })
}

fn call(call: &programme::Call) -> Call {
    Call {
        code: call.code.to_string(),
        phase: call.phase.to_string(),
        from: Day::from(call.validity.from),
        to: call.validity.to.map_or(Day(i16::MAX), Day::from),
    }
}

fn direction(programme: &Programme, direction: &programme::Direction) -> Direction {
    let shape = shape::DIRECTIONS.iter().find(|d| *direction.code == *d.code).unwrap_or(&shape::OTHER_DIRECTION);
    let priced = |line: &programme::PackageLine| {
        let item = programme.item(&line.item, direction.validity.to.unwrap_or(shape::SEASON.date()));
        PackageItem {
            code: line.item.to_string(),
            ceiling: item.map_or(0, |item| item.ceiling_price.qepik()),
            most: u8::try_from(line.quantity).unwrap_or(u8::MAX),
            mandatory: line.mandatory,
            serial_numbered: item.is_some_and(|item| item.serial_numbered),
        }
    };
    Direction {
        code: direction.code.to_string(),
        ceiling: direction.ceiling.qepik(),
        share: shape.share,
        women: shape.women / 100.0,
        cost: shape.cost * 100_000.0,
        survival: shape.survival / 100.0,
        offered_until: direction.validity.to.map(Day::from),
        package: direction.package.iter().map(priced).collect(),
    }
}
