//! What no single file can know: whether the program finds every parameter that it asks for, without gaps in time.

use super::{
    Parameter,
    keys::REQUIRED,
    parameters::{Measured, UNITS},
    reader::{Place, Reader},
};
use chrono::NaiveDate;

/// Every parameter of `keys` exists with a fitting unit, from the programme's first day on, without a gap or an end.
pub(super) fn parameters(reader: &Reader<'_>, placed: &[(Parameter, Place)], begins_on: NaiveDate) {
    for (code, fits) in REQUIRED {
        let mut versions: Vec<&(Parameter, Place)> = placed.iter().filter(|(version, _)| version.code == *code).collect();
        versions.sort_by_key(|(version, _)| version.validity.from);
        let Some((first, place)) = versions.first() else {
            let place = Place { file: "parameters.toml".into(), line: 1 };
            reader.problem(&place, format!("the parameter {code} is missing"), format!("a [[parameter]] with code {code}"));
            continue;
        };
        if first.validity.from > begins_on {
            reader.problem(
                place,
                format!("{code} begins on {}", first.validity.from),
                format!("a first version from {begins_on} or earlier"),
            );
        }
        for (version, place) in &versions {
            if !fits(version.value, version.unit) {
                let named = |wanted: &dyn Fn(Measured) -> bool| {
                    let units = UNITS.iter().filter(|(_, unit)| wanted(*unit)).map(|(word, _)| *word);
                    units.collect::<Vec<_>>().join(" or ")
                };
                let unit = named(&|unit| unit == version.unit);
                reader.problem(place, format!("{code} is in {unit}"), named(&|unit| fits(version.value, unit)));
            }
        }
        gaps(reader, code, &versions);
    }
}

fn gaps(reader: &Reader<'_>, code: &str, versions: &[&(Parameter, Place)]) {
    for pair in versions.windows(2) {
        let [(earlier, _), (later, place)] = pair else { continue };
        let next_day = earlier.validity.to.and_then(|to| to.succ_opt());
        if next_day.is_some_and(|next_day| next_day < later.validity.from) {
            let next_day = next_day.unwrap_or(later.validity.from);
            reader.problem(
                place,
                format!("{code} has no value before {}", later.validity.from),
                format!("valid_from {next_day}"),
            );
        }
    }
    if let Some((last, place)) = versions.last()
        && let Some(to) = last.validity.to
    {
        reader.problem(place, format!("{code} ends on {to}"), "a last version without valid_to");
    }
}
