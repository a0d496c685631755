//! Rounds of awards, applications, scores, sittings, contracts, equipment and accounts of awards.

mod application;
mod equipment;
mod judged;
mod papers;
mod rounds;

use self::judged::{hear, mean_tenths};
use crate::demo::{
    afterwards::{Award as Told, AwardStands},
    day::Moment,
    events::receipt,
    history::OfficerNo,
    programme::Simulated,
};
use anyhow::Result;
use followup::growth::{
    account::Account,
    contract::store::Contract,
    delivery::store::{Delivery, DeliveryItem},
    lodge::number,
    round::store::Round,
    scoring::store::Score,
    sitting::store::{Item, Member, Sitting, Vote},
    state::State,
    store::{Award, Help, Line},
};
use platform::keys::Keys;
use preparation::commission::store::Assignment;
use provision::{
    asset::store::Asset,
    procurement::store::{Line as OrderLine, Order},
};
use registry::case::Duty;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// A duty that somebody had on a case: person, case, officer, duty, office.
pub type Claim = (Uuid, Uuid, Uuid, Duty, i32);

/// Everything about awards.
#[derive(Default)]
pub struct Rows {
    pub rounds: Vec<Round>,
    pub awards: Vec<Award>,
    pub lines: Vec<Line>,
    pub help: Vec<Help>,
    pub scores: Vec<Score>,
    pub assignments: Vec<Assignment>,
    pub claims: Vec<Claim>,
    pub sittings: Vec<Sitting>,
    pub members: Vec<Member>,
    pub items: Vec<Item>,
    pub votes: Vec<Vote>,
    pub contracts: Vec<Contract>,
    pub orders: Vec<Order>,
    pub order_lines: Vec<OrderLine>,
    pub assets: Vec<Asset>,
    pub deliveries: Vec<Delivery>,
    pub delivered: Vec<DeliveryItem>,
    pub accounts: Vec<Account>,
}

/// The rows of every award.
pub fn rows(made: &Simulated, keys: &Keys) -> Result<Rows> {
    let mut rows = Rows::default();
    rounds::rows(made, &mut rows);
    let mut orders: HashMap<(i32, i32), i64> = HashMap::new();
    let mut agendas: BTreeMap<(u8, u8), Vec<usize>> = BTreeMap::new();
    for (nth, told) in made.awards.iter().enumerate() {
        let teller = Teller { made, told, nth };
        rows.awards.push(teller.award()?);
        rows.lines.extend(teller.lines());
        rows.help.extend(teller.help());
        teller.scores(&mut rows)?;
        teller.contract(keys, &mut rows)?;
        teller.equipment(&mut orders, &mut rows);
        teller.handed_over(&mut rows);
        teller.account(&mut rows);
        if let Some(sitting) = told.sitting {
            agendas.entry((told.round, sitting)).or_default().push(nth);
        }
    }
    for ((round, sitting), mut agenda) in agendas {
        agenda.sort_by_key(|nth| std::cmp::Reverse(mean_tenths(&made.awards[*nth])));
        hear(made, round, sitting, &agenda, &mut rows);
    }
    // A sitting without an agenda was thinned away.
    let heard: BTreeSet<Uuid> = rows.items.iter().map(|item| item.sitting_id).collect();
    rows.sittings.retain(|sitting| heard.contains(&sitting.sitting_id));
    rows.members.retain(|member| heard.contains(&member.sitting_id));
    Ok(rows)
}

/// One application with its place in the list.
struct Teller<'m> {
    made: &'m Simulated,
    told: &'m Told,
    nth: usize,
}

impl Teller<'_> {
    /// Person, award, case and office.
    fn ids(&self) -> (Uuid, Uuid, Uuid, i32) {
        let history = self.made.history(self.told.case);
        let office = self.made.setting.offices[usize::from(history.office_now)].id;
        (self.made.person_id(history.person).0, self.made.award_id(self.nth).0, self.made.case_id(self.told.case).0, office)
    }

    fn officer(&self, number: OfficerNo) -> Uuid {
        self.made.officer_id(number).0
    }

    fn number(&self) -> String {
        let history = self.made.history(self.told.case);
        number(&receipt(history.number, history.application.lodged.at.day), 1)
    }

    fn state(&self) -> State {
        match self.told.stands() {
            AwardStands::Lodged => State::Applied,
            AwardStands::Ineligible | AwardStands::Refused => State::Refused,
            AwardStands::Unassigned | AwardStands::Assigned => State::Eligible,
            AwardStands::Scored | AwardStands::Heard => State::Scored,
            AwardStands::Granted | AwardStands::Drafted => State::Granted,
            AwardStands::Contracted | AwardStands::Ordered | AwardStands::InStock => State::Contracted,
            AwardStands::Delivered => State::Delivered,
            AwardStands::Accounted | AwardStands::Ended => State::Accounted,
            AwardStands::Closed => State::Closed,
        }
    }

    fn refusal(&self) -> &'static str {
        match mean_tenths(self.told) < 650 {
            true => "orta bal keçid balından azdır",
            false => "dövrənin vəsaiti daha yüksək bal toplayanlara çatıb",
        }
    }

    fn supplier(&self) -> usize {
        self.told.case as usize % self.made.suppliers.len().max(1)
    }

    fn assignment(&self, officer: OfficerNo, duty: Duty, since: Moment) -> Assignment {
        let (person_id, _, case_id, office) = self.ids();
        Assignment { person_id, case_id, officer_id: self.officer(officer), duty: duty as i16, office, begun_on: since.date() }
    }
}
