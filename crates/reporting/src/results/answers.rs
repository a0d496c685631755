//! How people were answered: GRIEVANCES_ON_TIME, GRIEVANCE_RATE, and of a case its appeals.

use super::{
    compute::{Asked, Behind, Part, cut_codes, percent},
    report::{Cuts, Measured, Number},
    subject::{Grievance, Subject},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};
use values::id::{CaseId, PersonId};

pub const ON_TIME: &str = "GRIEVANCES_ON_TIME";
pub const RATE: &str = "GRIEVANCE_RATE";
pub const EQUIPPED: &str = "EQUIPPED";

/// Appeals decided on their merits, and those of them that changed the decision.
pub(super) fn appeals_changed(subject: &Subject, asked: &Asked) -> Option<Part> {
    let decided = || subject.appeals.iter().filter(|appeal| appeal.decided <= asked.as_of);
    let day = decided().map(|appeal| appeal.decided).max()?;
    let changed = decided().filter(|appeal| appeal.is_changed).count();
    Some(Part { day, numerator: changed as i64, denominator: decided().count() as i64 })
}

/// Whether the outcome was told within its clock; none of one that was withdrawn, or whose clock still runs.
fn is_on_time(grievance: &Grievance, as_of: NaiveDate) -> Option<bool> {
    let come = |day: Option<NaiveDate>| day.filter(|day| *day <= as_of);
    if come(grievance.withdrawn).is_some() {
        return None;
    }
    match come(grievance.told) {
        Some(told) => Some(told <= grievance.due),
        None => (grievance.due <= as_of).then_some(false),
    }
}

fn part(code: &str, grievance: &Grievance, asked: &Asked) -> Option<Part> {
    let day = Some(grievance.lodged).filter(|day| *day <= asked.as_of)?;
    match code {
        RATE => Some(Part { day, numerator: 1, denominator: 0 }),
        _ => is_on_time(grievance, asked.as_of).map(|kept| Part { day, numerator: i64::from(kept), denominator: 1 }),
    }
}

/// Both indicators of grievances; `measured` are those of the cases, by whose equipped people the rate is told.
pub fn measure(subjects: &[Subject], grievances: &[Grievance], asked: &Asked, measured: &[Measured]) -> Vec<Measured> {
    let known = Known::of(subjects);
    let sums = |code: &str| {
        let mut total = (0, 0);
        let mut cuts: [BTreeMap<String, (i64, i64)>; 4] = Default::default();
        for (grievance, part) in grievances.iter().filter_map(|one| Some((one, part(code, one, asked)?))) {
            total = (total.0 + part.numerator, total.1 + part.denominator);
            for (cut, codes) in cuts.iter_mut().zip(known.codes(code, grievance, part.day)) {
                for code in codes {
                    let sum = cut.entry(code).or_default();
                    (sum.0, sum.1) = (sum.0 + part.numerator, sum.1 + part.denominator);
                }
            }
        }
        (total, cuts)
    };
    let (total, cuts) = sums(ON_TIME);
    let by = cuts.map(|cut| cut.into_iter().map(|(code, (kept, due))| (code, percent(kept, due))).collect());
    let on_time = one(ON_TIME, percent(total.0, total.1), total, by);
    let Some(equipped) = measured.iter().find(|one| one.code == EQUIPPED) else { return vec![on_time] };
    let (total, cuts) = sums(RATE);
    let people = |number: Option<&Option<Number>>| number.copied().flatten().map_or(0, |number| number.as_f64() as i64);
    let values = [&equipped.by.sex, &equipped.by.group, &equipped.by.region, &equipped.by.direction];
    let mut by: [BTreeMap<String, Option<Number>>; 4] = Default::default();
    for ((by, cut), values) in by.iter_mut().zip(cuts).zip(values) {
        by.extend(cut.into_iter().map(|(code, (count, _))| {
            let rate = percent(count, people(values.get(&code)));
            (code, rate)
        }));
    }
    let all = people(Some(&equipped.value));
    vec![on_time, one(RATE, percent(total.0, all), (total.0, all), by)]
}

fn one(code: &'static str, value: Option<Number>, sum: (i64, i64), by: [BTreeMap<String, Option<Number>>; 4]) -> Measured {
    let [sex, group, region, direction] = by;
    Measured {
        code,
        value,
        numerator: Some(Number::Whole(sum.0)),
        denominator: Some(Number::Whole(sum.1)),
        target: None,
        baseline: None,
        unit: String::new(),
        by: Cuts { sex, group, region, direction, ..Cuts::default() },
        beside: BTreeMap::new(),
    }
}

/// Who complains, where that is known.
struct Known<'s> {
    cases: HashMap<CaseId, &'s Subject>,
    people: HashMap<PersonId, &'s Subject>,
}

impl<'s> Known<'s> {
    fn of(subjects: &'s [Subject]) -> Self {
        let cases = subjects.iter().filter_map(|subject| Some((subject.case?, subject))).collect();
        let people = subjects.iter().filter_map(|subject| Some((subject.person?, subject))).collect();
        Self { cases, people }
    }

    fn subject(&self, grievance: &Grievance) -> Option<&'s Subject> {
        let case = grievance.case.and_then(|case| self.cases.get(&case));
        case.or_else(|| self.people.get(&grievance.person?)).copied()
    }

    /// The region is that of the office which answers; the rest only of somebody known.
    fn codes(&self, code: &str, grievance: &Grievance, day: NaiveDate) -> [Vec<String>; 4] {
        let own = self.subject(grievance).map(|subject| cut_codes(code, subject, day)).unwrap_or_default();
        let [sex, group, _, direction] = own.map(|codes| codes.into_iter().map(str::to_owned).collect());
        [sex, group, vec![grievance.region.clone()], direction]
    }
}

/// The cases that grievances are about: those in the numerator when `part` is empty, else those in the denominator.
pub(super) fn behind<'s>(
    code: &str,
    part_name: &str,
    subjects: &'s [Subject],
    grievances: &[Grievance],
    asked: &Asked,
) -> Option<Vec<Behind<'s>>> {
    let is_known = matches!(code, ON_TIME | RATE) && matches!(part_name, "" | "denominator");
    let known = Known::of(subjects);
    let counts = |part: &Part| if part_name.is_empty() { part.numerator } else { part.denominator } != 0;
    let found = grievances.iter().filter_map(|one| Some((one, part(code, one, asked).filter(counts)?)));
    is_known.then(|| {
        let of_case = |grievance: &Grievance| known.cases.get(&grievance.case?).copied();
        found.filter_map(|(one, part)| Some(Behind { subject: of_case(one)?, day: part.day, brings: 1 })).collect()
    })
}
