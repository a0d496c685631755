//! One row of an extract, read into a person or into what is wrong with it. Pure: a row in, values out.

use super::{
    finding::{Expected, Finding},
    layout::{Column, Layout},
    setting::{Place, Setting},
};
use crate::people::{
    codes,
    types::{Basis, Details, Membership, NewPerson, Protected, Spell},
};
use chrono::{Datelike, NaiveDate};
use csv::ByteRecord;
use platform::keys::sha256;
use values::{add_months, fin::Fin, id::OfficeId, money::Money, phone::Phone, sex::Sex};

/// What became of a row.
#[derive(Debug)]
pub struct Reading {
    /// The line on which the row begins.
    pub line: u64,
    /// The person, when nothing keeps the row out.
    pub person: Option<NewPerson>,
    pub faults: Vec<Finding>,
    pub warnings: Vec<Finding>,
}

/// Reads one row, which begins on a line of its file.
pub fn read(line: u64, record: &ByteRecord, layout: &Layout, setting: &Setting) -> Reading {
    let mut row = Row { record, layout, setting, line, faults: Vec::new(), warnings: Vec::new() };
    if record.len() != layout.width {
        row.fault_of_row(record.len().to_string(), Expected::Columns { count: layout.width });
        return row.finish(None);
    }
    let person = row.person();
    row.finish(Some(person))
}

struct Row<'r> {
    record: &'r ByteRecord,
    layout: &'r Layout,
    setting: &'r Setting,
    line: u64,
    faults: Vec<Finding>,
    warnings: Vec<Finding>,
}

/// The most characters of a name, of a line, of a note.
const NAME: usize = 100;
const LINE: usize = 300;
const NOTE: usize = 2_000;

impl<'r> Row<'r> {
    fn finish(self, person: Option<NewPerson>) -> Reading {
        let person = person.filter(|_| self.faults.is_empty());
        Reading { line: self.line, person, faults: self.faults, warnings: self.warnings }
    }

    fn person(&mut self) -> NewPerson {
        use Column::*;
        let registration = self.registered_on();
        let registered_on = registration.unwrap_or(self.setting.today);
        let (residence, office) = self.place();
        let mut person = NewPerson::blank(office, registered_on);
        self.text(RecId, LINE);
        person.source.clone_from(&self.setting.source);
        person.reg_no = self.filled(RegNo, 64).to_owned();
        person.given_name = self.name(FirstName);
        person.surname = self.name(LastName);
        person.patronymic = self.text(FatherName, NAME).to_owned();
        person.sex = self.sex();
        person.birth_date = self.birth_date(registration);
        person.residence = residence;
        person.address = self.text(Address, LINE).to_owned();
        person.language = self.language();
        person.education = self.code(Education, codes::EDUCATION);
        person.marital = self.code(Marital, codes::MARITAL);
        person.household_size = self.whole(HouseholdSize, 1, 50);
        person.children = self.whole(Children, 0, 30);
        person.income = self.income();
        person.protected = self.protected();
        person.details = self.details();
        person.spells = self.spells(registered_on);
        person.groups = self.groups(registered_on);
        person.source_digest = Some(self.digest());
        person
    }

    fn protected(&mut self) -> Protected {
        Protected {
            fin: self.fin(),
            phone: self.phone(),
            document: some(self.text(Column::DocNo, 40)),
            iban: self.iban(),
            ..Protected::default()
        }
    }

    fn details(&mut self) -> Details {
        Details {
            settlement: some(self.text(Column::Settlement, LINE)),
            email: self.email(),
            occupation_code: self.occupation(),
            note: some(self.text(Column::Note, NOTE)),
            ..Details::default()
        }
    }

    /// The extract counts the months without work up to the registration.
    fn spells(&mut self, registered_on: NaiveDate) -> Vec<Spell> {
        let months: i16 = self.whole(Column::UnemployedMonths, 0, 720).unwrap_or(0);
        let begun_on = add_months(registered_on, -i32::from(months));
        vec![Spell { begun_on, basis: Basis::Unemployed, ended_on: None }]
    }

    fn groups(&mut self, registered_on: NaiveDate) -> Vec<Membership> {
        let mut groups = Vec::new();
        for column in [Column::Disability, Column::Idp, Column::Tsa] {
            let belongs = self.flag(column);
            let code = self.setting.groups.iter().find(|(flag, _)| *flag == column);
            if let Some((_, code)) = code.filter(|_| belongs) {
                groups.push(Membership {
                    code: code.clone(),
                    valid_from: registered_on,
                    valid_to: None,
                    source: self.setting.source.clone(),
                    evidence: None,
                });
            }
        }
        groups
    }

    fn registered_on(&mut self) -> Option<NaiveDate> {
        let text = self.filled(Column::RegisteredOn, LINE);
        let day = self.date(Column::RegisteredOn, text);
        if day.is_some_and(|day| day > self.setting.today) {
            self.fault(Column::RegisteredOn, text, Expected::NotAfterToday);
        }
        day
    }

    /// Unknown for one in a hundred: the person is registered all the same, and the age is asked for later.
    fn birth_date(&mut self, registered_on: Option<NaiveDate>) -> Option<NaiveDate> {
        let text = self.text(Column::BirthDate, LINE);
        if text.is_empty() {
            return None;
        }
        let born = self.date(Column::BirthDate, text)?;
        let years = self.setting.least_age;
        let of_age_on = add_months(born, i32::try_from(years * 12).unwrap_or(i32::MAX));
        if registered_on.is_some_and(|day| day < of_age_on) {
            self.fault(Column::BirthDate, text, Expected::Age { years });
        }
        Some(born)
    }

    fn date(&mut self, column: Column, text: &str) -> Option<NaiveDate> {
        if text.is_empty() {
            return None;
        }
        let Some(day) = iso_date(text) else {
            self.fault(column, text, Expected::Date);
            return None;
        };
        if day.year() < 1900 {
            self.fault(column, text, Expected::DateInRange);
            return None;
        }
        Some(day)
    }

    fn place(&mut self) -> (Option<String>, OfficeId) {
        let text = self.text(Column::Rayon, LINE);
        let place = self.setting.place(text);
        match (place, self.setting.office) {
            (None, Some(office)) if text.is_empty() => return (None, office),
            (None, _) => self.fault(Column::Rayon, text, Expected::Place),
            (Some(place), Some(office)) => return (Some(place.code.clone()), office),
            (Some(Place { code, office: Some(office) }), None) => return (Some(code.clone()), *office),
            (Some(_), None) => self.fault(Column::Rayon, text, Expected::Office),
        }
        (None, OfficeId::CENTRE)
    }

    fn name(&mut self, column: Column) -> String {
        let text = self.filled(column, NAME);
        if !text.is_empty() && !text.chars().any(char::is_alphabetic) {
            self.fault(column, text, Expected::Letters);
        }
        text.to_owned()
    }

    fn sex(&mut self) -> Option<Sex> {
        let text = self.filled(Column::Sex, LINE);
        let sex = text.parse().ok();
        if sex.is_none() && !text.is_empty() {
            self.fault(Column::Sex, text, Expected::Sex);
        }
        sex
    }

    fn language(&mut self) -> String {
        let text = self.text(Column::Language, LINE);
        if !matches!(text.len(), 0 | 2 | 3) || !text.bytes().all(|letter| letter.is_ascii_lowercase()) {
            self.fault(Column::Language, text, Expected::Language);
        }
        if text.is_empty() { "az".to_owned() } else { text.to_owned() }
    }

    fn code(&mut self, column: Column, codes: &'static [&'static str]) -> Option<String> {
        let text = self.text(column, LINE);
        let code = codes.iter().find(|code| code.eq_ignore_ascii_case(text));
        if code.is_none() && !text.is_empty() {
            self.fault(column, text, Expected::OneOf(codes));
        }
        code.map(|code| (*code).to_owned())
    }

    fn flag(&mut self, column: Column) -> bool {
        let text = self.text(column, LINE);
        match text {
            "true" | "1" => true,
            "false" | "0" | "" => false,
            _ => {
                self.fault(column, text, Expected::TrueOrFalse);
                false
            }
        }
    }

    fn whole(&mut self, column: Column, least: i16, most: i16) -> Option<i16> {
        let text = self.text(column, LINE);
        let number = text.parse().ok().filter(|number| (least..=most).contains(number));
        if number.is_none() && !text.is_empty() {
            self.fault(column, text, Expected::Whole { least: least.into(), most: most.into() });
        }
        number
    }

    fn income(&mut self) -> Option<i64> {
        let text = self.text(Column::IncomeAzn, LINE);
        let income = text.parse::<Money>().ok().map(Money::qepik).filter(|qepik| *qepik >= 0);
        if income.is_none() && !text.is_empty() {
            self.fault(Column::IncomeAzn, text, Expected::Money);
        }
        income
    }

    fn occupation(&mut self) -> Option<String> {
        let text = self.text(Column::OccupationCode, LINE);
        if text.len() > 8 || !text.bytes().all(|digit| digit.is_ascii_digit()) {
            self.fault(Column::OccupationCode, text, Expected::OccupationCode);
        }
        some(text)
    }

    /// A FİN that cannot be one is left unset: the person is somebody all the same.
    fn fin(&mut self) -> Option<String> {
        let text = self.text(Column::Fin, LINE);
        let fin = text.parse::<Fin>().ok().map(|fin| fin.to_string());
        self.warned(Column::Fin, text, fin, Expected::Fin)
    }

    fn phone(&mut self) -> Option<String> {
        let text = self.text(Column::Phone, LINE);
        let phone = text.parse::<Phone>().ok().map(|phone| phone.to_string());
        self.warned(Column::Phone, text, phone, Expected::Phone)
    }

    fn email(&mut self) -> Option<String> {
        let text = self.text(Column::Email, LINE);
        let is_address = text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && !text.contains(char::is_whitespace)
        });
        self.warned(Column::Email, text, is_address.then(|| text.to_owned()), Expected::Email)
    }

    fn iban(&mut self) -> Option<String> {
        let text = self.text(Column::Iban, LINE);
        let is_iban = (15..=34).contains(&text.len())
            && text.bytes().take(2).all(|letter| letter.is_ascii_uppercase())
            && text.bytes().all(|sign| sign.is_ascii_alphanumeric());
        self.warned(Column::Iban, text, is_iban.then(|| text.to_owned()), Expected::Iban)
    }

    /// A value that is left out with a warning when it was not understood.
    fn warned(&mut self, column: Column, text: &str, value: Option<String>, expected: Expected) -> Option<String> {
        if value.is_none() && !text.is_empty() {
            self.warnings.push(Finding { row: self.line, column: column.name(), found: short(text), expected });
        }
        value
    }

    fn filled(&mut self, column: Column, most: usize) -> &'r str {
        let before = self.faults.len();
        let text = self.text(column, most);
        if text.is_empty() && self.faults.len() == before {
            self.fault(column, "", Expected::Filled);
        }
        text
    }

    /// The trimmed text of a column; empty, with a fault, when it can be no text of ours.
    fn text(&mut self, column: Column, most: usize) -> &'r str {
        let bytes = self.layout.field(self.record, column);
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.fault(column, &String::from_utf8_lossy(bytes), Expected::Utf8);
            return "";
        };
        let text = text.trim();
        let keeps_lines = matches!(column, Column::Note | Column::Address);
        if text.chars().any(|sign| sign.is_control() && !(keeps_lines && matches!(sign, '\n' | '\r' | '\t'))) {
            self.fault(column, &text.replace(char::is_control, "\u{fffd}"), Expected::NoControlCharacters);
            return "";
        }
        if text.len() > most && text.chars().count() > most {
            self.fault(column, text, Expected::AtMost { characters: most });
            return "";
        }
        text
    }

    fn fault(&mut self, column: Column, found: &str, expected: Expected) {
        self.faults.push(Finding { row: self.line, column: column.name(), found: short(found), expected });
    }

    fn fault_of_row(&mut self, found: String, expected: Expected) {
        self.faults.push(Finding { row: self.line, column: "", found, expected });
    }

    /// Of everything that the source says about the person, whatever the place of the columns in the file.
    fn digest(&self) -> [u8; 16] {
        let mut bytes = Vec::with_capacity(self.record.as_slice().len() + Column::ALL.len());
        for column in Column::ALL.into_iter().filter(|column| *column != Column::RecId) {
            bytes.extend_from_slice(self.layout.field(self.record, column).trim_ascii());
            bytes.push(0x1f);
        }
        let whole = sha256(&bytes);
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        half
    }
}

/// `2024-02-29`, and nothing looser: a date that can be read in two ways is a wrong date.
fn iso_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    if shaped { text.parse().ok() } else { None }
}

fn some(text: &str) -> Option<String> {
    Some(text).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Enough of what was found to recognise it.
fn short(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
