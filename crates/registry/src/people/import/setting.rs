//! What the rows are judged by: the programme's day, its least age, its cities and rayons, their offices.

use super::layout::Column;
use crate::programme::{Programme, keys};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};
use values::{id::OfficeId, text};

/// What the rows of one import are judged by.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The programme's today.
    pub today: NaiveDate,
    /// The least age at registration, in years.
    pub least_age: u32,
    /// Which source the registration numbers belong to.
    pub source: String,
    /// The office for every row, whatever its place.
    pub office: Option<OfficeId>,
    /// Cities and rayons by their folded names; none where two share one.
    pub places: HashMap<String, Option<Place>>,
    /// The columns that tell a group, with the group's code.
    pub groups: Vec<(Column, String)>,
}

/// A city or a rayon.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Its code in the programme's territory.
    pub code: String,
    /// The office that serves it.
    pub office: Option<OfficeId>,
}

/// The columns of the extract that tell a group, and the group's code in the programme.
const FLAGS: [(Column, &str); 3] = [(Column::Disability, "DISAB"), (Column::Idp, "FORMER_IDP"), (Column::Tsa, "TSA")];

impl Setting {
    /// What a programme says about the rows of a source on a day.
    pub fn of(programme: &Programme, today: NaiveDate, source: &str, office: Option<OfficeId>) -> Self {
        let known = |(column, code): (Column, &str)| programme.group(code).map(|_| (column, code.to_owned()));
        Self {
            today,
            least_age: programme.parameter(&keys::REGISTRATION_AGE_MIN, today).0,
            source: source.to_owned(),
            office,
            places: places(programme, today),
            groups: FLAGS.into_iter().filter_map(known).collect(),
        }
    }

    /// The city or rayon of a name in any spelling.
    pub fn place(&self, name: &str) -> Option<&Place> {
        let key = text::fold(name);
        match self.places.get(&key) {
            Some(place) => place.as_ref(),
            None => self.places.get(&without_kind(&key))?.as_ref(),
        }
    }
}

/// Cities and rayons by every folded form of their names. An office open today comes before one that is not.
fn places(programme: &Programme, today: NaiveDate) -> HashMap<String, Option<Place>> {
    let mut places: HashMap<String, Option<Place>> = HashMap::new();
    for unit in programme.units() {
        let mut offices: Vec<_> = programme.offices().iter().filter(|office| office.unit.as_ref() == Some(&unit.code)).collect();
        offices.sort_by_key(|office| (!office.validity.covers(today), office.id));
        let place = Place { code: unit.code.to_string(), office: offices.first().map(|office| office.id) };
        let names = [&unit.name.az, &unit.name.en, &unit.name.ru].map(|name| text::fold(name));
        let forms: BTreeSet<String> = names.iter().cloned().chain(names.iter().map(|name| without_kind(name))).collect();
        for form in forms {
            places
                .entry(form)
                .and_modify(|other| {
                    if other.as_ref().is_some_and(|other| other.code != place.code) {
                        *other = None
                    }
                })
                .or_insert_with(|| Some(place.clone()));
        }
    }
    places
}

/// A folded name without the word that says what it names: `baki saharı` is `baki`.
fn without_kind(key: &str) -> String {
    static KINDS: [&str; 8] = ["şəhəri", "şəhər", "rayonu", "rayon", "district", "city", "город", "район"];
    let is_kind = |word: &&str| KINDS.iter().any(|kind| text::fold(kind) == **word);
    key.split(' ').filter(|word| !is_kind(word)).collect::<Vec<_>>().join(" ")
}
