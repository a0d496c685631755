//! A programme's form as people fill it in: what was typed, kept as typed; drawn, judged and shown by the form's data.

use super::{
    answer::Answer,
    form::{Field, FieldKind, Form, Section},
};
use maud::{Markup, html};
use platform::{
    draw,
    form::Posted,
    language::Lang,
    message::{Errors, Explain},
    page::{SummaryRow, Table, form::group, summary_list, table::Column},
    request::Page,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was typed into a form, by the names of its fields: `code`, or `section-row-code` where a section repeats (rows
/// count from 0). In JSON an object of lists.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sheet(BTreeMap<String, Vec<String>>);

/// The name of a field in a row of a repeating section.
pub fn name_in_row(section: &Section, row: usize, field: &Field) -> String {
    format!("{}-{row}-{}", section.code, field.code)
}

impl Sheet {
    /// What a posted form says of this form's fields; anything else it carries is left out.
    pub fn of(form: &Form, posted: &Posted) -> Self {
        let mut typed: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let known = |name: &str| match name.splitn(3, '-').collect::<Vec<_>>()[..] {
            [code] => form.sections.iter().any(|s| s.rows.is_none() && s.fields.iter().any(|f| f.code == *code)),
            [section, row, code] => form.section(section).is_some_and(|section| {
                let most = section.rows.map_or(0, |(_, most)| most as usize);
                row.parse::<usize>().is_ok_and(|row| row < most) && section.fields.iter().any(|f| f.code == *code)
            }),
            _ => false,
        };
        for (name, value) in posted.fields().filter(|(name, value)| known(name) && !value.trim().is_empty()) {
            typed.entry(name.to_owned()).or_default().push(value.trim().to_owned());
        }
        for name in date_names(form) {
            if let Some(date) = in_parts(posted, &name) {
                typed.entry(name).or_insert_with(|| vec![date]);
            }
        }
        let mut sheet = Self(typed);
        form.sections.iter().filter(|section| section.rows.is_some()).for_each(|section| sheet.close_up(section));
        sheet
    }

    /// Puts in an answer by hand.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), vec![value.into()]);
    }

    /// The sheet without some of its fields.
    pub fn without(mut self, names: &[&str]) -> Self {
        names.iter().for_each(|name| {
            self.0.remove(*name);
        });
        self
    }

    /// The first value typed under a name; empty when there is none.
    pub fn value(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    fn values(&self, name: &str) -> Vec<&str> {
        self.0.get(name).map(|values| values.iter().map(String::as_str).collect()).unwrap_or_default()
    }

    /// As a form that is shown again.
    pub fn posted(&self) -> Posted {
        Posted::of(self.0.iter().flat_map(|(name, values)| values.iter().map(move |value| (name.clone(), value.clone()))))
    }

    /// Rows of a repeating section in which something was typed.
    pub fn rows(&self, section: &Section) -> usize {
        let start = format!("{}-", section.code);
        let row = |name: &String| name.strip_prefix(&start)?.split('-').next()?.parse::<usize>().ok();
        self.0.keys().filter_map(row).map(|row| row + 1).max().unwrap_or(0)
    }

    /// Rows left empty in the middle are closed up.
    fn close_up(&mut self, section: &Section) {
        let mut kept = 0;
        for row in 0..self.rows(section) {
            let names: Vec<_> =
                section.fields.iter().map(|f| (name_in_row(section, row, f), name_in_row(section, kept, f))).collect();
            let values: Vec<_> = names.into_iter().map(|(from, to)| (to, self.0.remove(&from))).collect();
            if values.iter().any(|(_, value)| value.is_some()) {
                values.into_iter().for_each(|(to, value)| {
                    value.map(|value| self.0.insert(to, value));
                });
                kept += 1;
            }
        }
    }

    /// The answer to a field by its name in the form; none when it is empty or cannot be read.
    pub fn answer(&self, field: &Field, name: &str) -> Option<Answer> {
        field.read(&self.values(name)).ok().flatten()
    }

    /// Whether a field is asked at all, given the other answers.
    fn asked(&self, field: &Field) -> bool {
        field.when.as_ref().is_none_or(|(other, value)| self.values(other.as_str()).contains(&value.as_str()))
    }

    /// Everything that keeps the form from being handed in.
    pub fn problems(&self, form: &Form) -> Errors {
        let mut errors = Errors::none();
        for section in &form.sections {
            match section.rows {
                None => section.fields.iter().for_each(|field| self.judge(field, field.code.as_str(), &mut errors)),
                Some((least, _)) => {
                    let rows = self.rows(section);
                    for row in 0..rows.max(least as usize) {
                        section.fields.iter().for_each(|field| self.judge(field, &name_in_row(section, row, field), &mut errors));
                    }
                }
            }
        }
        errors
    }

    /// What was typed but can't be read, so that nothing counts it; what is still empty is no fault of a draft.
    pub fn unreadable(&self, form: &Form) -> Errors {
        let mut errors = self.problems(form);
        errors.list.retain(|error| error.field.as_ref().is_some_and(|name| !self.value(name).is_empty()));
        errors
    }

    fn judge(&self, field: &Field, name: &str, errors: &mut Errors) {
        if !self.asked(field) {
            return;
        }
        if let Err(refusal) = field.read(&self.values(name)) {
            errors.add(name, refusal.message());
        }
    }
}

/// The names under which a form asks for dates.
fn date_names(form: &Form) -> Vec<String> {
    let of_section = |section: &Section| -> Vec<String> {
        let fields = section.fields.iter().filter(|field| matches!(field.kind, FieldKind::Date));
        match section.rows {
            None => fields.map(|field| field.code.to_string()).collect(),
            Some((_, most)) => fields.flat_map(|field| (0..most as usize).map(|row| name_in_row(section, row, field))).collect(),
        }
    };
    form.sections.iter().flat_map(of_section).collect()
}

/// A date that was typed as day, month and year, as one text; whether there is such a day is asked when it is read.
fn in_parts(posted: &Posted, name: &str) -> Option<String> {
    let [year, month, day] = ["year", "month", "day"].map(|part| posted.value(&format!("{name}-{part}")));
    (!year.is_empty() || !month.is_empty() || !day.is_empty()).then(|| format!("{year}-{month}-{day}"))
}

/// The fields of a form to be filled in. `items` are the things of the catalogue that may be chosen.
pub fn fields(page: &Page, form: &Form, typed: &Posted, errors: &Errors, items: &[(String, String)]) -> Markup {
    html! {
        @for section in &form.sections {
            (group(&page.lang.sentence(section.name.text(page.lang)), html! {
                @if let Some(hint) = &section.hint { p class="govuk-hint" { (hint.text(page.lang)) } }
                @match section.rows {
                    None => @for field in &section.fields { (control(page, field, field.code.as_str(), None, typed, errors, items)) },
                    Some(bounds) => (repeated(page, section, bounds, typed, errors, items)),
                }
            }))
        }
    }
}

/// Rows with something in them, and a few empty ones; each save adds more.
fn repeated(
    page: &Page,
    section: &Section,
    (least, most): (u32, u32),
    typed: &Posted,
    errors: &Errors,
    items: &[(String, String)],
) -> Markup {
    /// Empty rows offered after those that are filled in.
    const MORE: usize = 2;
    let used = (0..most as usize)
        .filter(|row| section.fields.iter().any(|field| !typed.value(&name_in_row(section, *row, field)).is_empty()))
        .max()
        .map_or(0, |row| row + 1);
    let rows = (used + MORE).clamp(least as usize, most as usize);
    let rows = if least == most { most as usize } else { rows };
    let name = page.lang.sentence(section.name.text(page.lang));
    html! {
        @for row in 0..rows {
            @let number = page.lang.with("programme-sheet-row", &[("number", (row + 1).into())]);
            @let of = format!("{name}, {number}");
            fieldset class="govuk-fieldset dayaq-row" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { (number) }
                div class="dayaq-fields" {
                    @for field in &section.fields {
                        (control(page, field, &name_in_row(section, row, field), Some(&of), typed, errors, items))
                    }
                }
            }
        }
    }
}

fn control(
    page: &Page,
    field: &Field,
    name: &str,
    of: Option<&str>,
    typed: &Posted,
    errors: &Errors,
    items: &[(String, String)],
) -> Markup {
    let label = page.lang.sentence(field.label.text(page.lang));
    let choices =
        || field.choices().iter().map(|c| (c.code.clone(), page.lang.sentence(c.name.text(page.lang)))).collect::<Vec<_>>();
    let yes_no = || [("yes", "programme-sheet-yes"), ("no", "programme-sheet-no")].map(|(v, key)| (v.to_owned(), page.t(key)));
    let drawn = match &field.kind {
        FieldKind::Text { .. } => draw::input(page, typed, errors, name, ""),
        FieldKind::LongText { .. } => draw::area(page, typed, errors, name, "", 3),
        FieldKind::Number { .. } | FieldKind::Percent => draw::number(page, typed, errors, name, ""),
        FieldKind::Money { .. } => draw::money(page, typed, errors, name, ""),
        FieldKind::Date => draw::date(page, typed, errors, name, ""),
        FieldKind::YesNo => draw::radios(page, typed, errors, name, "", yes_no().to_vec()).compact(),
        FieldKind::Choice { choices: all } if all.len() > 4 => draw::select(page, typed, errors, name, "", choices()),
        FieldKind::Choice { .. } => draw::radios(page, typed, errors, name, "", choices()).compact(),
        FieldKind::Choices { .. } => draw::boxes(page, typed, errors, name, "", choices()).compact(),
        FieldKind::Item => draw::select(page, typed, errors, name, "", items.to_vec()),
    };
    let label = if field.required { label } else { page.lang.with("programme-sheet-optional", &[("label", label.into())]) };
    let mut drawn = drawn.labelled(label);
    if let Some(of) = of {
        drawn = drawn.of(of);
    }
    match &field.hint {
        Some(hint) => html! { (drawn.hinted(hint.text(page.lang))) },
        None => html! { (drawn) },
    }
}

/// The form as it was filled in, to be read. `item` gives the words of a thing of the catalogue.
pub fn shown(page: &Page, form: &Form, sheet: &Sheet, item: &dyn Fn(&str) -> String) -> Markup {
    html! {
        @for section in &form.sections {
            h3 class="govuk-heading-s" { (page.lang.sentence(section.name.text(page.lang))) }
            @match section.rows {
                None => (summary_list(&section.fields.iter().filter(|field| sheet.asked(field)).map(|field| {
                    SummaryRow::text(page.lang.sentence(field.label.text(page.lang)), &said(page.lang, field, sheet, field.code.as_str(), item))
                }).collect::<Vec<_>>())),
                Some(_) => (rows_shown(page, section, sheet, item)),
            }
        }
    }
}

fn rows_shown(page: &Page, section: &Section, sheet: &Sheet, item: &dyn Fn(&str) -> String) -> Markup {
    let name = page.lang.sentence(section.name.text(page.lang));
    let mut table = Table::new(&page.lang, format!("sheet-{}", section.code), name).quiet_caption();
    for field in &section.fields {
        let label = page.lang.sentence(field.label.text(page.lang));
        table = table.column(match field.kind {
            FieldKind::Number { .. } | FieldKind::Money { .. } | FieldKind::Percent => Column::numeric(label),
            _ => Column::new(label),
        });
    }
    let rows = (0..sheet.rows(section)).map(|row| {
        let cell = |field: &Field| said(page.lang, field, sheet, &name_in_row(section, row, field), item);
        section.fields.iter().map(|field| html! { (cell(field)) }).collect::<Vec<_>>()
    });
    html! { (table.rows(rows)) }
}

/// An answer in words.
fn said(lang: Lang, field: &Field, sheet: &Sheet, name: &str, item: &dyn Fn(&str) -> String) -> String {
    let choice = |code: &str| {
        let known = field.choices().iter().find(|choice| choice.code == code);
        known.map_or_else(|| item(code), |choice| lang.sentence(choice.name.text(lang)))
    };
    match sheet.answer(field, name) {
        None => "–".to_owned(),
        Some(Answer::Text(text)) => text,
        Some(Answer::Number(number)) => lang.number(number),
        Some(Answer::Percent(percent)) => format!("{}\u{a0}%", lang.number(percent)),
        Some(Answer::Money(money)) => lang.money(money),
        Some(Answer::Date(date)) => lang.date(date),
        Some(Answer::YesNo(yes)) => lang.t(if yes { "programme-sheet-yes" } else { "programme-sheet-no" }),
        Some(Answer::Choice(code)) => choice(&code),
        Some(Answer::Choices(codes)) => codes.iter().map(|code| choice(code)).collect::<Vec<_>>().join(", "),
    }
}
