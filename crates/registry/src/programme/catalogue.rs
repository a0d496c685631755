//! What the programme gives: occupation directions, and the package of catalogue items of each.

use super::{
    code::{Code, Coded, LONGEST_IN_EVENTS},
    reader::{Reader, Row, Table},
    words::{Dated, Source, Validity, Words},
};
use serde::Serialize;
use std::collections::BTreeMap;
use values::Money;

/// An occupation direction (peşə istiqaməti).
#[derive(Clone, Debug, Serialize)]
pub struct Direction {
    pub code: Code<Direction>,
    pub sector: Sector,
    /// The unit group of ISCO-08.
    pub isco08: u16,
    pub name: Words,
    /// The package may not cost more.
    pub ceiling: Money,
    /// The items that are usually given, from which a plan chooses.
    pub package: Vec<PackageLine>,
    /// The direction that took its place when it retired.
    pub replaced_by: Option<Code<Direction>>,
    /// When it is offered.
    pub validity: Validity,
    pub source: Source,
}

/// What a direction does. Farming belongs to another programme.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sector {
    Production,
    Services,
}

/// An item of a package with its usual quantity.
#[derive(Clone, Debug, Serialize)]
pub struct PackageLine {
    pub item: Code<Item>,
    pub quantity: u32,
    /// Without it the business cannot start, so handover waits for it.
    pub mandatory: bool,
}

/// An item of the equipment catalogue. Prices are of one unit.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub code: Code<Item>,
    pub name: Words,
    pub measure: Code<Measure>,
    pub reference_price: Money,
    pub ceiling_price: Money,
    /// Whether each piece carries its maker's serial number; the others get a tag.
    pub serial_numbered: bool,
    pub validity: Validity,
}

/// A unit of measure, such as a piece or a set.
#[derive(Clone, Debug, Serialize)]
pub struct Measure {
    pub code: Code<Measure>,
    pub name: Words,
}

/// Directions, items and measures, each in the order of its file.
#[derive(Clone, Debug, Default)]
pub(super) struct Catalogue {
    pub directions: Vec<Direction>,
    pub items: Vec<Item>,
    pub measures: Vec<Measure>,
}

/// Reads the directions, their packages and the items.
pub(super) fn read(reader: &Reader<'_>) -> Catalogue {
    let measures = reader.csv("measures.csv", &["code", "name_az", "name_en", "name_ru"], |row| Measure {
        code: row.define("code"),
        name: row.name(),
    });
    let items = reader.csv("items.csv", &ITEM_COLUMNS, item);
    let mut packages: BTreeMap<String, Vec<PackageLine>> = BTreeMap::new();
    reader.csv("packages.csv", &["direction", "item", "quantity", "mandatory"], |row| {
        let direction: Code<Direction> = row.refer("direction");
        let package = packages.entry(direction.to_string()).or_default();
        package.push(package_line(row, &direction, package));
    });
    let directions = reader
        .toml("directions.toml", |file| file.list("direction", |table| direction(table, &packages, &items)))
        .unwrap_or_default();
    Catalogue { directions, items, measures }
}

const ITEM_COLUMNS: [&str; 10] = [
    "code",
    "name_az",
    "name_en",
    "name_ru",
    "measure",
    "reference_price_qepik",
    "ceiling_price_qepik",
    "serial_numbered",
    "valid_from",
    "valid_to",
];

fn item(row: &Row<'_>) -> Item {
    let validity = row.validity();
    let item = Item {
        code: row.define_dated("code", validity),
        name: row.name(),
        measure: row.refer("measure"),
        reference_price: row.money("reference_price_qepik"),
        ceiling_price: row.money("ceiling_price_qepik"),
        serial_numbered: row.flag("serial_numbered"),
        validity,
    };
    if item.ceiling_price.qepik() < item.reference_price.qepik() {
        row.problem(
            format!("the ceiling {} is below the reference price", item.ceiling_price.qepik()),
            format!("at least {}", item.reference_price.qepik()),
        );
    }
    item
}

fn package_line(row: &Row<'_>, direction: &Code<Direction>, before: &[PackageLine]) -> PackageLine {
    let item: Code<Item> = row.refer("item");
    if before.iter().any(|line| line.item == item) {
        row.problem(format!("{item} already stands in the package of {direction}"), "each item once, with its quantity");
    }
    PackageLine { item, quantity: row.number("quantity", 1..=1000), mandatory: row.flag("mandatory") }
}

fn direction(table: &Table<'_>, packages: &BTreeMap<String, Vec<PackageLine>>, items: &[Item]) -> Direction {
    let validity = table.validity();
    let code: Code<Direction> = table.define_dated(validity);
    let package = packages.get(code.as_str()).cloned().unwrap_or_default();
    let ceiling = table.money("ceiling_qepik");
    let cost: i64 = package.iter().map(|line| i64::from(line.quantity) * reference_price(items, &line.item)).sum();
    if ceiling.qepik() > 0 && cost > ceiling.qepik() {
        table.problem("ceiling_qepik", format!("the package of {code} costs {cost} qəpik"), "a ceiling not below it");
    }
    if !code.is_empty() && !package.iter().any(|line| line.mandatory) {
        table.problem("code", format!("{code} has no mandatory item"), "a package in packages.csv");
    }
    Direction {
        code,
        sector: table.one_of("sector", &[("production", Sector::Production), ("services", Sector::Services)]),
        isco08: table.number("isco08", 1000..=9999),
        name: table.words("name"),
        ceiling,
        package,
        replaced_by: table.optional_refer("replaced_by"),
        validity,
        source: table.source(),
    }
}

fn reference_price(items: &[Item], code: &Code<Item>) -> i64 {
    items.iter().find(|item| item.code == *code).map_or(0, |item| item.reference_price.qepik())
}

impl Coded for Direction {
    const NOUN: &'static str = "direction";
    const FILE: &'static str = "directions.toml";
    const LONGEST: usize = LONGEST_IN_EVENTS;
}

impl Coded for Item {
    const NOUN: &'static str = "item";
    const FILE: &'static str = "items.csv";
}

impl Coded for Measure {
    const NOUN: &'static str = "measure";
    const FILE: &'static str = "measures.csv";
}

impl Dated for Direction {
    fn validity(&self) -> Validity {
        self.validity
    }
}

impl Dated for Item {
    fn validity(&self) -> Validity {
        self.validity
    }
}
