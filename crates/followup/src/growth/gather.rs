//! What the conditions of an award are judged on, gathered from the case, its visits and its other awards.

use super::{
    rules::{Facts, Limits},
    store::Award,
};
use crate::monitoring::{rules::Found, store::Visit};
use chrono::NaiveDate;
use platform::clock;
use registry::{
    case::{CaseState, Stage},
    programme::{Programme, keys},
};
use values::id::AwardId;

/// How a case stands, as far as the conditions ask.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// In business under contract, or owner.
    pub in_business: bool,
    pub suspended: bool,
    pub received_on: Option<NaiveDate>,
    pub breach_open: bool,
    pub held: bool,
}

impl Standing {
    /// From the folded state.
    pub fn of(state: &CaseState) -> Self {
        Self {
            in_business: matches!(state.stage, Stage::Operating | Stage::Owner),
            suspended: state.suspension.is_some(),
            received_on: state.milestones.received_on,
            breach_open: state.breach_since.is_some() || state.fault_since.is_some(),
            held: !state.holds.is_empty(),
        }
    }
}

/// The facts of a case on a day; `own` is the application itself, which is not in its own way.
pub fn facts(
    programme: &Programme,
    state: &CaseState,
    visits: &[Visit],
    awards: &[Award],
    own: Option<AwardId>,
    on: NaiveDate,
) -> Facts {
    let other_open = awards.iter().any(|award| Some(award.id()) != own && !award.state().is_over());
    Facts { other_open, ..of(programme, Standing::of(state), visits, on) }
}

/// The facts of a case with no other award.
pub fn of(programme: &Programme, standing: Standing, visits: &[Visit], on: NaiveDate) -> Facts {
    let mut made: Vec<(NaiveDate, Found, i64)> = visits
        .iter()
        .filter_map(|visit| Some((clock::local(visit.made_at?).date(), visit.found()?, visit.sales.unwrap_or(0))))
        .filter(|(day, ..)| *day <= on)
        .collect();
    made.sort_by_key(|(day, ..)| *day);
    let seen = made.iter().rfind(|(_, found, _)| *found != Found::Unreachable);
    let working = made.iter().filter(|(_, found, sales)| *found == Found::Operating && *sales > 0);
    Facts {
        on,
        in_business: standing.in_business,
        suspended: standing.suspended,
        received_on: standing.received_on,
        limits: Limits::of(programme, on, standing.received_on),
        sales: working.map(|(.., sales)| *sales).collect(),
        seen_on: seen.map(|(day, ..)| *day),
        seen_working: seen.is_some_and(|(_, found, _)| *found == Found::Operating),
        seen_until: seen.map(|(day, ..)| programme.due(&keys::SEEN_WITHIN, *day)),
        breach_open: standing.breach_open,
        held: standing.held,
        asked: 0,
        own_share: 0,
        other_open: false,
    }
}

impl Facts {
    /// The facts with what an application asks for.
    pub fn asking(self, asked: i64, own_share: i64) -> Self {
        Self { asked, own_share, ..self }
    }
}
