//! Who may have an award, judged on facts that are kept with the application, and what a round may give. Pure.

use super::state::Decision;
use chrono::NaiveDate;
use platform::message::{Explain, Message};
use preparation::sitting::{self, Effect, Motion, Votes, may_stand};
use registry::programme::{Programme, keys};
use serde::{Deserialize, Serialize};
use values::Money;

/// What is known of a case and its application on a day. Kept, so that a judgment can be repeated.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The day on which it was looked at.
    pub on: NaiveDate,
    /// In business under contract, or owner.
    pub in_business: bool,
    pub suspended: bool,
    pub received_on: Option<NaiveDate>,
    /// Months and figures of the programme on that day.
    pub limits: Limits,
    /// Sales of a month as visits found them, the oldest first, in qəpik.
    pub sales: Vec<i64>,
    /// The last visit that reached somebody, and whether the business worked then.
    pub seen_on: Option<NaiveDate>,
    pub seen_working: bool,
    /// After this day what was seen last is too old.
    pub seen_until: Option<NaiveDate>,
    pub breach_open: bool,
    /// A hold lies on the case.
    pub held: bool,
    pub asked: i64,
    pub own_share: i64,
    /// The case has another award that is not closed.
    pub other_open: bool,
}

/// What the programme asked on a day.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Limits {
    /// The first day on which an award may be asked for; none without a receipt.
    pub from: Option<NaiveDate>,
    pub months: u32,
    pub visits: u32,
    /// Per cent.
    pub trend: i64,
    pub own_share: i64,
    /// In qəpik.
    pub least: i64,
    pub most: i64,
}

impl Limits {
    /// The programme's figures on a day, for goods received on another.
    pub fn of(programme: &Programme, on: NaiveDate, received_on: Option<NaiveDate>) -> Self {
        let months = programme.parameter(&keys::AWARD_MONTHS_MIN, on).0;
        let after = i32::try_from(months).unwrap_or(i32::MAX);
        Self {
            from: received_on.map(|day| values::add_months(day, after)),
            months,
            visits: programme.parameter(&keys::AWARD_VISITS_MIN, on),
            trend: programme.parameter(&keys::AWARD_SALES_TREND, on).0,
            own_share: programme.parameter(&keys::AWARD_OWN_SHARE, on).0,
            least: programme.parameter(&keys::AWARD_MIN, on).qepik(),
            most: programme.parameter(&keys::AWARD_MAX, on).qepik(),
        }
    }
}

/// A condition of an award.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    InBusiness,
    Months,
    Visits,
    Working,
    Trend,
    Duties,
    Free,
    OneAtATime,
    Amount,
    OwnShare,
}

/// A condition with whether it is met, and what it rests on.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Finding {
    pub condition: Condition,
    pub met: bool,
    #[serde(flatten)]
    pub message: Message,
}

/// Sales of the later half of the visits as per cent of the earlier half; none below two visits.
pub fn trend(sales: &[i64]) -> Option<i64> {
    let middle = sales.len() / 2;
    let (early, late) = (&sales[..middle], &sales[sales.len() - middle..]);
    let (before, after) = (early.iter().sum::<i64>(), late.iter().sum::<i64>());
    (before > 0).then(|| after * 100 / before)
}

/// The conditions that a case must meet before anything is asked for: of the business.
pub fn of_business(facts: &Facts) -> Vec<Finding> {
    let limits = &facts.limits;
    let months = limits.from.is_some_and(|from| facts.on >= from);
    let months_words = match limits.from {
        Some(from) => said("months", months).arg("months", limits.months).arg("from", from),
        None => said("receipt", false),
    };
    let found = facts.sales.len();
    let visits = found >= limits.visits as usize;
    let working = facts.seen_working && facts.seen_on.is_some() && facts.seen_until.is_some_and(|until| facts.on <= until);
    let working_words = match facts.seen_on {
        Some(seen) => said("working", working).arg("seen", seen),
        None => said("unseen", false),
    };
    let trend = trend(&facts.sales);
    let grows = trend.is_some_and(|percent| percent >= limits.trend);
    let trend_words = match trend {
        Some(percent) => said("trend", grows).arg("percent", percent).arg("least", limits.trend),
        None => said("no-trend", false),
    };
    vec![
        finding(
            Condition::InBusiness,
            facts.in_business && !facts.suspended,
            said("in-business", facts.in_business && !facts.suspended),
        ),
        finding(Condition::Months, months, months_words),
        finding(Condition::Visits, visits, said("visits", visits).arg("found", found).arg("least", limits.visits)),
        finding(Condition::Working, working, working_words),
        finding(Condition::Trend, grows, trend_words),
        finding(Condition::Duties, !facts.breach_open, said("duties", !facts.breach_open)),
        finding(Condition::Free, !facts.held, said("free", !facts.held)),
        finding(Condition::OneAtATime, !facts.other_open, said("one", !facts.other_open)),
    ]
}

/// The conditions on what is asked for.
pub fn of_request(facts: &Facts) -> Vec<Finding> {
    let limits = &facts.limits;
    let amount = (limits.least..=limits.most).contains(&facts.asked);
    let needed = least_own_share(facts.asked, limits.own_share);
    let own = facts.own_share >= needed;
    let money = Money::from_qepik;
    vec![
        finding(
            Condition::Amount,
            amount,
            said("amount", amount)
                .arg("asked", money(facts.asked))
                .arg("least", money(limits.least))
                .arg("most", money(limits.most)),
        ),
        finding(
            Condition::OwnShare,
            own,
            said("own-share", own)
                .arg("own", money(facts.own_share))
                .arg("needed", money(needed))
                .arg("percent", limits.own_share),
        ),
    ]
}

/// Every condition, in the order in which an officer looks at them.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    [of_business(facts), of_request(facts)].concat()
}

/// Those that are not met.
pub fn failed(findings: &[Finding]) -> Vec<&Finding> {
    findings.iter().filter(|finding| !finding.met).collect()
}

/// The least contribution of one's own to a sum, rounded up to a qəpik.
pub fn least_own_share(asked: i64, percent: i64) -> i64 {
    (asked * percent + 99) / 100
}

fn finding(condition: Condition, met: bool, message: Message) -> Finding {
    Finding { condition, met, message }
}

fn said(what: &str, met: bool) -> Message {
    Message::new(format!("growth-condition-{what}{}", if met { "" } else { "-not" }))
}

/// Why something does not happen to an award or a round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// No round is open today.
    NoRound,
    /// The case applied in this round already.
    TwiceInRound,
    /// Lodged, checked, scored or decided already, or not yet.
    NotNow,
    /// The same person lodged or did the step before.
    SecondPerson,
    /// More is given than the round has left, in qəpik.
    OverBudget {
        left: i64,
    },
    /// What was asked for, and is to be given on appeal, is more than the round has left, in qəpik.
    NothingLeft {
        left: i64,
    },
    /// The round is still open and decides everything together after it closes.
    RoundOpen {
        until: NaiveDate,
    },
    /// The conditions no longer hold.
    Unmet {
        position: i16,
    },
    /// The contract runs until then.
    TermRuns {
        until: NaiveDate,
    },
    /// Nothing of the award lies in the store.
    NothingInStock,
    /// Something is on order already.
    Ordered,
    /// Nothing was chosen.
    Empty,
    Sitting(sitting::Refusal),
}

impl From<sitting::Refusal> for Refusal {
    fn from(refusal: sitting::Refusal) -> Self {
        Self::Sitting(refusal)
    }
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        let new = |what: &str| Message::new(format!("growth-refusal-{what}"));
        match self {
            Self::NoRound => new("no-round"),
            Self::TwiceInRound => new("twice"),
            Self::NotNow => new("not-now"),
            Self::SecondPerson => new("second-person"),
            Self::OverBudget { left } => new("over-budget").arg("left", Money::from_qepik(*left)),
            Self::NothingLeft { left } => new("nothing-left").arg("left", Money::from_qepik(*left)),
            Self::RoundOpen { until } => new("round-open").arg("until", *until),
            Self::Unmet { position } => new("unmet").arg("position", i64::from(*position)),
            Self::TermRuns { until } => new("term-runs").arg("until", *until),
            Self::NothingInStock => new("nothing-in-stock"),
            Self::Ordered => new("ordered"),
            Self::Empty => new("empty"),
            Self::Sitting(refusal) => refusal.message(),
        }
    }
}

/// Whether an application may still be decided on the day of the sitting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It waits for a decision, and the conditions hold.
    Holds,
    /// It waits for a decision, but the conditions no longer hold: it can only be refused or put off.
    Unmet,
    /// It was taken back meanwhile: nobody votes on it.
    TakenBack,
}

/// An application before a sitting, with all that its decision rests on.
#[derive(Clone, Debug)]
pub struct Heard {
    pub position: i16,
    /// In qəpik.
    pub amount: i64,
    pub mean_tenths: i16,
    pub votes: Votes,
    pub standing: Standing,
    pub decision: Decision,
}

/// What the decisions give, in qəpik, if they may stand: each within the votes on it, the pass mark and the conditions, all
/// within what the round has left.
pub fn may_give(heard: &[Heard], quorum: usize, pass_mark: i64, left: i64) -> Result<i64, Refusal> {
    let mut given = 0i64;
    for one in heard {
        let (position, effect) = (one.position, one.decision.effect());
        if one.standing != Standing::Holds && effect == Effect::Grants {
            return Err(Refusal::Unmet { position });
        }
        if one.standing == Standing::TakenBack {
            continue;
        }
        let passes = one.standing == Standing::Holds && i64::from(one.mean_tenths) >= pass_mark * 10;
        may_stand(&Motion { position, votes: one.votes, passes, effect }, quorum)?;
        if effect == Effect::Grants {
            given += one.amount;
        }
    }
    if given > left { Err(Refusal::OverBudget { left }) } else { Ok(given) }
}
