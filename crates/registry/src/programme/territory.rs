//! Where the programme works: economic regions, cities and rayons with their validity, districts, offices.

use super::{
    code::{Code, Coded},
    reader::{Reader, Row},
    words::{Dated, Source, Validity, Words},
};
use serde::Serialize;
use values::id::OfficeId;

/// An economic region.
#[derive(Clone, Debug, Serialize)]
pub struct Region {
    pub code: Code<Region>,
    /// The number by which the decree lists it.
    pub number: u8,
    pub name: Words,
}

/// A city or a rayon. Units appear and vanish, so each has a validity.
#[derive(Clone, Debug, Serialize)]
pub struct Unit {
    pub code: Code<Unit>,
    pub region: Code<Region>,
    pub kind: UnitKind,
    pub name: Words,
    /// ISO 3166-2, where one exists.
    pub iso: Option<String>,
    pub validity: Validity,
    pub source: Source,
}

/// What a territorial unit is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    City,
    Rayon,
}

/// A district inside a city.
#[derive(Clone, Debug, Serialize)]
pub struct District {
    pub code: Code<District>,
    pub unit: Code<Unit>,
    pub name: Words,
    pub source: Source,
}

/// An office of the programme. Its number is stored and never reused; 0 is the centre.
#[derive(Clone, Debug, Serialize)]
pub struct Office {
    pub id: OfficeId,
    pub kind: OfficeKind,
    /// The city or rayon in which it works; the centre has none.
    pub unit: Option<Code<Unit>>,
    pub district: Option<Code<District>>,
    pub name: Words,
    /// From when it takes part in the programme.
    pub validity: Validity,
    pub source: Source,
}

/// Whose office it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeKind {
    Centre,
    /// A territorial office of the State Employment Agency.
    Employment,
    /// A centre of the DOST agency.
    Dost,
}

/// Regions, units, districts and offices, each in the order of its file.
#[derive(Clone, Debug, Default)]
pub(super) struct Territory {
    pub regions: Vec<Region>,
    pub units: Vec<Unit>,
    pub districts: Vec<District>,
    pub offices: Vec<Office>,
}

/// Reads the four files of the territory.
pub(super) fn read(reader: &Reader<'_>) -> Territory {
    let territory = Territory {
        regions: reader.csv("regions.csv", &["code", "number", "name_az", "name_en", "name_ru"], |row| Region {
            code: row.define("code"),
            number: row.number("number", 1..=99),
            name: row.name(),
        }),
        units: reader.csv("units.csv", &UNIT_COLUMNS, unit),
        districts: reader.csv("districts.csv", &DISTRICT_COLUMNS, |row| District {
            code: row.define("code"),
            unit: row.refer("unit"),
            name: row.name(),
            source: row.source(),
        }),
        offices: reader.csv("offices.csv", &OFFICE_COLUMNS, |row| office(reader, row)),
    };
    if !territory.offices.is_empty() && !territory.offices.iter().any(|office| office.id == OfficeId::CENTRE) {
        let place = super::reader::Place { file: "offices.csv".into(), line: 1 };
        reader.problem(&place, "no office has the number 0", "the centre as office 0");
    }
    territory
}

const UNIT_COLUMNS: [&str; 11] =
    ["code", "region", "kind", "name_az", "name_en", "name_ru", "iso_3166_2", "valid_from", "valid_to", "source", "verified"];
const DISTRICT_COLUMNS: [&str; 7] = ["code", "unit", "name_az", "name_en", "name_ru", "source", "verified"];
const OFFICE_COLUMNS: [&str; 11] =
    ["id", "kind", "unit", "district", "name_az", "name_en", "name_ru", "valid_from", "valid_to", "source", "verified"];

fn unit(row: &Row<'_>) -> Unit {
    let validity = row.validity();
    Unit {
        code: row.define_dated("code", validity),
        region: row.refer("region"),
        kind: row.one_of("kind", &[("rayon", UnitKind::Rayon), ("city", UnitKind::City)]),
        name: row.name(),
        iso: row.optional_text("iso_3166_2"),
        validity,
        source: row.source(),
    }
}

fn office(reader: &Reader<'_>, row: &Row<'_>) -> Office {
    let id: i32 = row.number("id", 0..=9999);
    reader.define::<Office>(&id.to_string(), None, row.place());
    let kind =
        row.one_of("kind", &[("employment", OfficeKind::Employment), ("dost", OfficeKind::Dost), ("centre", OfficeKind::Centre)]);
    let unit = row.optional_refer("unit");
    if (kind == OfficeKind::Centre) == unit.is_some() {
        row.problem(format!("office {id} has the wrong kind of place"), "a unit for every office except the centre");
    }
    if (kind == OfficeKind::Centre) != (id == 0) {
        row.problem(format!("office {id} is of another kind than its number says"), "the centre as office 0");
    }
    Office {
        id: OfficeId(id),
        kind,
        unit,
        district: row.optional_refer("district"),
        name: row.name(),
        validity: row.validity(),
        source: row.source(),
    }
}

impl Coded for Region {
    const NOUN: &'static str = "region";
    const FILE: &'static str = "regions.csv";
}

impl Coded for Unit {
    const NOUN: &'static str = "unit";
    const FILE: &'static str = "units.csv";
}

impl Coded for District {
    const NOUN: &'static str = "district";
    const FILE: &'static str = "districts.csv";
}

impl Coded for Office {
    const NOUN: &'static str = "office";
    const FILE: &'static str = "offices.csv";
}

impl Dated for Unit {
    fn validity(&self) -> Validity {
        self.validity
    }
}

impl Dated for Office {
    fn validity(&self) -> Validity {
        self.validity
    }
}
