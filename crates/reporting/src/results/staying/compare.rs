//! A grouping: the curve of each group large enough to tell of, and whether chance alone could part them so far.

use super::business::{Business, End, Fate};
use serde::Serialize;
use std::collections::BTreeMap;
use survival::{Curve, Member, Point, RestrictedMean, Span, aalen_johansen, kaplan_meier, log_rank};

/// A group of fewer is told of only together with others, and a curve only as long as so many are watched: fewer say
/// little, and might say it of somebody.
pub const FEWEST: usize = 10;
/// Months after receipt at which curves are read off, in days.
pub const MARKS: [(u16, i64); 3] = [(6, 183), (12, 365), (24, 730)];

/// What businesses are grouped by; the numbers are places in [`Business::codes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    Sex = 0,
    Group = 1,
    Region = 2,
    Direction = 3,
}

impl By {
    pub const ALL: [By; 4] = [By::Sex, By::Group, By::Region, By::Direction];

    /// The word in addresses and message keys.
    pub const fn word(self) -> &'static str {
        match self {
            By::Sex => "sex",
            By::Group => "group",
            By::Region => "region",
            By::Direction => "direction",
        }
    }

    pub fn from_word(word: &str) -> Option<By> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }

    /// Whether one business may belong to several groups.
    pub const fn overlaps(self) -> bool {
        matches!(self, By::Group)
    }
}

/// Everybody, and the groups beside each other.
#[derive(Debug, PartialEq, Serialize)]
pub struct Comparison {
    pub by: By,
    pub all: Staying,
    /// The largest first.
    pub groups: Vec<Staying>,
    /// Those of groups too small to be told of, together.
    pub rest: Option<Staying>,
    /// How many groups are among them.
    pub small: usize,
    /// How often chance alone would part the groups at least so far; none where a business may be in several of them.
    pub p: Option<f64>,
    pub ends: Vec<Ends>,
    /// Means count the days up to this one.
    pub limit: i64,
}

/// How a group stays in business.
#[derive(Debug, PartialEq, Serialize)]
pub struct Staying {
    /// Empty of everybody, and of the rest.
    pub code: String,
    pub watched: usize,
    /// Closed, sold, found work, recovered; not died.
    pub ended: usize,
    pub unreachable: usize,
    pub died: usize,
    /// Still there at each of [`MARKS`]; none past the day until which enough are watched.
    pub marks: Vec<Option<Mark>>,
    /// Of the days up to the limit, those in business on average.
    pub mean: Option<Mean>,
    /// Against everybody else, where groups overlap.
    pub p: Option<f64>,
    /// Until this day at least [`FEWEST`] are watched.
    pub until: i64,
    #[serde(skip)]
    pub curve: Curve,
}

/// A share of those who began, with its band of 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mark {
    pub months: u16,
    pub at_risk: usize,
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
}

/// A mean with its band of 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    pub days: f64,
    pub low: f64,
    pub high: f64,
}

/// How many have ended in one way, and the share by each of [`MARKS`].
#[derive(Debug, PartialEq, Serialize)]
pub struct Ends {
    pub end: End,
    pub ended: usize,
    pub marks: Vec<Option<Mark>>,
    /// The share after each day on which somebody ended so.
    #[serde(skip)]
    pub steps: Vec<(i64, f64)>,
}

/// Compares all businesses by a grouping; none where they are too few to tell of.
pub fn compare(businesses: &[Business], by: By) -> Option<Comparison> {
    if businesses.len() < FEWEST {
        return None;
    }
    let everybody: Vec<&Business> = businesses.iter().collect();
    let until = told_until(&everybody);
    let limit = until.min(MARKS[2].1);
    let all = staying("", &everybody, limit);
    let (told, few) = groups(businesses, by);
    let of = |code: &str, members: &[&Business]| {
        let own = staying(code, members, limit);
        Staying { p: by.overlaps().then(|| against_others(businesses, code, by)).flatten(), ..own }
    };
    let small = few.len();
    let rest = together(few);
    Some(Comparison {
        by,
        groups: told.iter().map(|(code, members)| of(code, members)).collect(),
        p: (!by.overlaps()).then(|| between(&told, &rest)).flatten(),
        rest: (rest.len() >= FEWEST && !by.overlaps()).then(|| staying("", &rest, limit)),
        small,
        ends: ends(&everybody, until),
        limit,
        all,
    })
}

type Members<'b> = Vec<(&'b str, Vec<&'b Business>)>;

/// The groups large enough, the largest first, and those that are not. Where what is left over would be a few, the
/// smallest of the others goes with them, or they could be found out by taking away.
fn groups(businesses: &[Business], by: By) -> (Members<'_>, Members<'_>) {
    let mut all: BTreeMap<&str, Vec<&Business>> = BTreeMap::new();
    for business in businesses {
        for code in &business.codes[by as usize] {
            all.entry(code).or_default().push(business);
        }
    }
    let mut told: Members = all.into_iter().collect();
    told.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    let mut few = told.split_off(told.partition_point(|(_, members)| members.len() >= FEWEST));
    let is_few = |few: &Members| (1..FEWEST).contains(&few.iter().map(|(_, members)| members.len()).sum());
    while !by.overlaps() && is_few(&few) {
        match told.pop() {
            Some(smallest) => few.push(smallest),
            None => break,
        }
    }
    (told, few)
}

fn together<'b>(groups: Members<'b>) -> Vec<&'b Business> {
    groups.into_iter().flat_map(|(_, members)| members).collect()
}

/// The last day on which enough are watched.
fn told_until(members: &[&Business]) -> i64 {
    let mut days: Vec<i64> = members.iter().map(|business| business.days).collect();
    days.sort_unstable_by_key(|day| std::cmp::Reverse(*day));
    days.get(FEWEST - 1).copied().unwrap_or_default()
}

fn staying(code: &str, members: &[&Business], limit: i64) -> Staying {
    let spans: Vec<Span> = members.iter().map(|business| business.span()).collect();
    let curve = kaplan_meier(&spans);
    let until = told_until(members);
    let count = |is: fn(&Fate) -> bool| members.iter().filter(|business| is(&business.fate)).count();
    let mark = |(months, day): (u16, i64)| {
        let Point { estimate, low, high, .. } = curve.at(day);
        (day <= until).then(|| Mark { months, at_risk: at_risk(members, day), estimate, low, high })
    };
    Staying {
        code: code.to_owned(),
        watched: members.len(),
        ended: count(|fate| matches!(fate, Fate::Over(end) if *end != End::Died)),
        unreachable: count(|fate| *fate == Fate::Unreachable),
        died: count(|fate| *fate == Fate::Over(End::Died)),
        marks: MARKS.into_iter().map(mark).collect(),
        mean: (limit > 0 && limit <= until).then(|| mean(&curve, limit)),
        p: None,
        until,
        curve,
    }
}

fn at_risk(members: &[&Business], day: i64) -> usize {
    members.iter().filter(|business| business.days >= day).count()
}

fn mean(curve: &Curve, limit: i64) -> Mean {
    let RestrictedMean { days, low, high, .. } = curve.restricted_mean(limit);
    Mean { days, low, high }
}

/// The log-rank test between groups, the rest being one more.
fn between(told: &Members<'_>, rest: &[&Business]) -> Option<f64> {
    let mut members = Vec::new();
    for (nth, (_, own)) in told.iter().enumerate() {
        members.extend(own.iter().map(|business| member(business, nth as u32)));
    }
    if rest.len() >= FEWEST {
        members.extend(rest.iter().map(|business| member(business, told.len() as u32)));
    }
    tested(&members)
}

/// The log-rank test between a group and everybody who is not in it.
fn against_others(businesses: &[Business], code: &str, by: By) -> Option<f64> {
    let is_in = |business: &Business| business.codes[by as usize].iter().any(|own| &**own == code);
    let members: Vec<Member> = businesses.iter().map(|business| member(business, u32::from(is_in(business)))).collect();
    tested(&members)
}

fn member(business: &Business, group: u32) -> Member {
    Member { stratum: 0, span: business.span(), group }
}

/// None where there is nothing to compare: one group, or nobody ended.
fn tested(members: &[Member]) -> Option<f64> {
    let test = log_rank(members);
    (test.degrees > 0).then_some(test.p)
}

/// The ends that occur, the most frequent first.
fn ends(members: &[&Business], until: i64) -> Vec<Ends> {
    let endings: Vec<_> = members.iter().map(|business| business.ending()).collect();
    let found = aalen_johansen(&endings, End::ALL.len());
    let count = |end: End| members.iter().filter(|business| business.fate == Fate::Over(end)).count();
    let one = |end: End| {
        let kind = end as usize;
        let mark = |(months, day): (u16, i64)| {
            let share = found.at(kind, day);
            let (estimate, low, high) = (share.estimate, share.low, share.high);
            (day <= until).then(|| Mark { months, at_risk: at_risk(members, day), estimate, low, high })
        };
        let steps = found.points.iter().filter(|point| point.kinds[kind].ended > 0 && point.days <= until);
        Ends {
            end,
            ended: count(end),
            marks: MARKS.into_iter().map(mark).collect(),
            steps: steps.map(|point| (point.days, point.kinds[kind].estimate)).collect(),
        }
    };
    let mut all: Vec<Ends> = End::ALL.into_iter().map(one).filter(|ends| ends.ended > 0).collect();
    all.sort_by_key(|ends| std::cmp::Reverse(ends.ended));
    all
}
