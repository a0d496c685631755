//! From what was typed to the plan's figures, and what keeps a plan from being handed in. Pure.

use super::cash::{self, Figures, Invested, Month, Warning};
use chrono::NaiveDate;
use platform::message::{Errors, Explain, Message};
use registry::{
    case::Stage,
    programme::{
        Answer, Direction, Form, Item, Programme, Section, keys,
        sheet::{Sheet, name_in_row},
    },
};
use serde::Serialize;
use values::{Money, Rounding};

/// Why a plan is not written or handed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The case is not where a plan is written.
    NotNow,
    /// Nothing was written yet.
    NoDraft,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Refusal::NotNow => "business-plan-refusal-not-now",
            Refusal::NoDraft => "business-plan-refusal-no-draft",
        })
    }
}

/// Whether a plan, or its next version, is written at a stage.
pub fn open(stage: Stage) -> Result<(), Refusal> {
    match stage {
        Stage::Trained | Stage::Revising | Stage::PlanStopped => Ok(()),
        _ => Err(Refusal::NotNow),
    }
}

/// A chosen thing at the catalogue's price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Chosen {
    pub item: String,
    pub quantity: i64,
    /// In qəpik.
    pub unit_price: i64,
}

impl Chosen {
    /// In qəpik.
    pub fn amount(&self) -> i64 {
        self.unit_price.saturating_mul(self.quantity)
    }
}

/// What a sheet amounts to, however far it has been filled in.
#[derive(Clone, Debug, Serialize)]
pub struct Reckoned {
    pub chosen: Vec<Chosen>,
    /// In qəpik: the equipment, and what the person adds in money and in kind.
    pub items_total: i64,
    pub own_contribution: i64,
    #[serde(skip)]
    pub months: Vec<Month>,
    pub figures: Figures,
    pub warnings: Vec<Warning>,
}

impl Reckoned {
    /// The plan's cost with the person's own part.
    pub fn total(&self) -> i64 {
        self.items_total + self.own_contribution
    }
}

/// Reads the figures out of a sheet; what is missing or cannot be read counts as nothing.
pub fn reckon(programme: &Programme, sheet: &Sheet, day: NaiveDate) -> Reckoned {
    reckon_at(programme, sheet, day, None)
}

/// The same with the equipment's value as it was frozen, in qəpik, whatever the catalogue says now.
pub fn reckon_at(programme: &Programme, sheet: &Sheet, day: NaiveDate, frozen: Option<i64>) -> Reckoned {
    let form = programme.plan_form();
    let rows = |code: &str| form.section(code).map_or(0, |section| sheet.rows(section));
    let sum = |section: &str, field: &str| (0..rows(section)).map(|row| money(form, sheet, section, row, field)).sum::<i64>();
    let chosen = chosen(programme, sheet, day);
    let items_total = frozen.unwrap_or_else(|| chosen.iter().map(Chosen::amount).sum());
    let own = |code: &str| form.field(code).map_or(0, |field| of_money(sheet.answer(field, code)));
    let months: Vec<Month> = (0..rows("cash_flow")).map(|row| month(form, sheet, row)).collect();
    let invested = Invested { equipment: items_total, start_costs: sum("start_costs", "amount"), money: own("money") };
    let figures = cash::figures(&months, &invested);
    let products = (0..rows("products"))
        .map(|row| {
            money(form, sheet, "products", row, "price").saturating_mul(number(form, sheet, "products", row, "monthly_quantity"))
        })
        .sum();
    let warnings = if months.is_empty() { Vec::new() } else { cash::warnings(&figures, &months, products) };
    Reckoned { chosen, items_total, own_contribution: own("money") + own("in_kind"), months, figures, warnings }
}

/// The things of the direction's package that may be chosen on a day.
pub fn offered<'p>(programme: &'p Programme, direction: &Direction, day: NaiveDate) -> Vec<&'p Item> {
    direction.package.iter().filter_map(|line| programme.item(line.item.as_str(), day)).collect()
}

fn chosen(programme: &Programme, sheet: &Sheet, day: NaiveDate) -> Vec<Chosen> {
    let form = programme.plan_form();
    let Some(section) = form.section("equipment") else { return Vec::new() };
    (0..sheet.rows(section))
        .filter_map(|row| {
            let code = sheet.value(&format!("equipment-{row}-item")).to_owned();
            let item = programme.item(&code, day)?;
            let quantity = number(form, sheet, "equipment", row, "quantity").max(0);
            Some(Chosen { item: code, quantity, unit_price: item.reference_price.qepik() })
        })
        .collect()
}

fn month(form: &Form, sheet: &Sheet, row: usize) -> Month {
    let of = |field: &str| money(form, sheet, "cash_flow", row, field);
    Month {
        sales: of("sales"),
        materials: of("materials"),
        wages: of("wages"),
        rent_utilities: of("rent_utilities"),
        other_costs: of("other_costs"),
        tax: of("tax"),
        social_insurance: of("social_insurance"),
        drawings: of("drawings"),
    }
}

fn in_row(form: &Form, sheet: &Sheet, section: &str, row: usize, field: &str) -> Option<Answer> {
    let section: &Section = form.section(section)?;
    let field = section.fields.iter().find(|known| known.code == *field)?;
    sheet.answer(field, &name_in_row(section, row, field))
}

fn money(form: &Form, sheet: &Sheet, section: &str, row: usize, field: &str) -> i64 {
    of_money(in_row(form, sheet, section, row, field))
}

fn number(form: &Form, sheet: &Sheet, section: &str, row: usize, field: &str) -> i64 {
    match in_row(form, sheet, section, row, field) {
        Some(Answer::Number(number)) => number,
        _ => 0,
    }
}

fn of_money(answer: Option<Answer>) -> i64 {
    match answer {
        Some(Answer::Money(money)) => money.qepik(),
        _ => 0,
    }
}

/// Everything that keeps a plan from being handed in: fields, ceilings, own contribution, declarations.
pub fn problems(programme: &Programme, direction: &Direction, sheet: &Sheet, day: NaiveDate) -> Errors {
    let form = programme.plan_form();
    let mut errors = sheet.problems(form);
    let reckoned = reckon(programme, sheet, day);
    let offered = offered(programme, direction, day);
    let rows = form.section("equipment").map_or(0, |section| sheet.rows(section));
    for row in 0..rows {
        let name = format!("equipment-{row}-item");
        let code = sheet.value(&name);
        if !code.is_empty() && !offered.iter().any(|item| item.code == *code) {
            errors.add(name, Message::new("business-plan-error-not-in-package"));
        }
    }
    let ceiling = direction.ceiling.min(programme.parameter(&keys::PACKAGE_CEILING, day));
    let total = Money::from_qepik(reckoned.items_total);
    if total > ceiling {
        errors.add("equipment-0-item", money_message("business-plan-error-ceiling", total, ceiling));
    }
    let share = programme.parameter(&keys::OWN_CONTRIBUTION, day);
    let least = total.basis_points(share.0 * 100, Rounding::Up).unwrap_or_default();
    let own = Money::from_qepik(reckoned.own_contribution);
    if own < least {
        errors.add("money", money_message("business-plan-error-own-contribution", own, least));
    }
    for code in ["own_work", "true_data"] {
        if sheet.value(code) == "no" {
            errors.add(code, Message::new("business-plan-error-declaration"));
        }
    }
    errors
}

fn money_message(key: &'static str, is: Money, limit: Money) -> Message {
    Message::new(key).arg("is", is).arg("limit", limit)
}
