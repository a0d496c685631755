//! A made-up extract of any length, for measuring: every row good, nobody real, the same rows each time.

use super::layout::Column;
use crate::programme::Programme;
use anyhow::{Context, Result};
use chrono::{NaiveDate, TimeDelta};
use std::path::Path;

/// Given names and stems of surnames, one a line.
const NAMES: &str = include_str!("sample_names.txt");

/// Writes an extract of so many rows, all registered before `today`.
pub fn write(path: &Path, programme: &Programme, rows: u32, today: NaiveDate) -> Result<()> {
    let names: Vec<&str> = NAMES.lines().filter(|line| !line.is_empty()).collect();
    let units: Vec<&str> = programme.units().iter().map(|unit| unit.name.az.as_str()).collect();
    let mut out = csv::Writer::from_path(path).with_context(|| format!("writing {}", path.display()))?;
    out.write_record(Column::ALL.map(Column::name))?;
    let mut dice = Dice(20_260_101);
    for number in 0..rows {
        let mut row = row(&mut dice, &names, &units, today);
        row[Column::RecId as usize] = number.to_string();
        row[Column::RegNo as usize] = format!("M{number:09}");
        out.write_record(&row).with_context(|| format!("writing {}", path.display()))?;
    }
    out.flush().with_context(|| format!("writing {}", path.display()))
}

fn row(dice: &mut Dice, names: &[&str], units: &[&str], today: NaiveDate) -> Vec<String> {
    const FIN: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const EDUCATION: [&str; 6] = ["none", "primary", "secondary", "vocational", "bachelor", "master"];
    const MARITAL: [&str; 4] = ["single", "married", "divorced", "widowed"];
    let female = dice.below(2) == 0;
    let flag = |yes: bool| if yes { "true".to_owned() } else { "false".to_owned() };
    let mut row = vec![String::new(); Column::ALL.len()];
    let mut set = |column: Column, value: String| row[column as usize] = value;
    set(Column::Fin, if dice.below(20) == 0 { String::new() } else { (0..7).map(|_| char::from(FIN[dice.below(34)])).collect() });
    set(Column::FirstName, dice.of(names).to_owned());
    set(Column::LastName, format!("{}{}", dice.of(names), if female { "ova" } else { "ov" }));
    set(Column::FatherName, dice.of(names).to_owned());
    set(Column::Sex, if female { "F" } else { "M" }.to_owned());
    set(Column::BirthDate, (today - TimeDelta::days(7_500 + dice.below(14_000) as i64)).to_string());
    set(Column::Rayon, dice.of(units).to_owned());
    set(Column::Settlement, format!("q. {}", dice.below(60)));
    set(Column::Address, format!("k. {}, ev {}", dice.below(400), dice.below(120)));
    set(Column::Phone, if dice.below(7) == 0 { String::new() } else { format!("050{:07}", 2_000_000 + dice.below(7_999_999)) });
    set(Column::DocNo, format!("AA{:07}", dice.below(9_999_999)));
    set(Column::Iban, format!("AZ{:018}", dice.below(1 << 40)));
    set(Column::Education, dice.of(&EDUCATION).to_owned());
    set(Column::Marital, dice.of(&MARITAL).to_owned());
    set(Column::Disability, flag(dice.below(100) < 6));
    set(Column::Idp, flag(dice.below(100) < 8));
    set(Column::Tsa, flag(dice.below(100) < 12));
    set(Column::HouseholdSize, (1 + dice.below(8)).to_string());
    set(Column::Children, dice.below(5).to_string());
    set(Column::RegisteredOn, (today - TimeDelta::days(dice.below(1_500) as i64)).to_string());
    set(Column::OccupationCode, (1_000 + dice.below(8_999)).to_string());
    set(Column::Language, "az".to_owned());
    set(Column::IncomeAzn, format!("{}.{:02}", dice.below(900), dice.below(100)));
    set(Column::UnemployedMonths, dice.below(90).to_string());
    row
}

/// A linear congruential generator (Knuth, MMIX): enough to make rows that differ.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 20) % bound as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}
