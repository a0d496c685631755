//! Ids of everything made up: UUIDs of version 7, their time that of the thing, the rest drawn from the seed.

use super::day::Moment;
use super::draw::Draw;
use super::history::CaseNo;
use super::programme::Simulated;
use uuid::Uuid;
use values::id::*;

/// What an id is of: the purpose of its stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Noun {
    Person = 1,
    Case,
    Entry,
    Officer,
    Run,
    Cohort,
    Plan,
    Sitting,
    Contract,
    Order,
    Asset,
    Visit,
    Award,
    Grievance,
    Appeal,
    /// Anything that a slice keeps and no other names.
    Detail,
}

/// The id of a thing that came to be at a moment; the same for the same seed, noun and number.
pub fn id<T: From<Uuid>>(seed: u64, noun: Noun, number: u64, at: Moment) -> T {
    let mut draw = Draw::new(seed, 0x1D00 + noun as u64, number);
    let mut random = [0; 10];
    random[..8].copy_from_slice(&draw.bits().to_be_bytes());
    random[8..].copy_from_slice(&draw.bits().to_be_bytes()[..2]);
    let millis = u64::try_from(at.utc().timestamp_millis()).unwrap_or(0);
    T::from(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

impl Simulated {
    /// A person's id.
    pub fn person_id(&self, number: u32) -> PersonId {
        id(self.seed, Noun::Person, u64::from(number), self.people[number as usize].registered)
    }

    /// A case's id.
    pub fn case_id(&self, case: CaseNo) -> CaseId {
        id(self.seed, Noun::Case, u64::from(case), self.history(case).application.lodged.at)
    }

    /// An officer's id.
    pub fn officer_id(&self, number: u16) -> OfficerId {
        id(self.seed, Noun::Officer, u64::from(number), Moment::default())
    }

    /// A ranking run's id.
    pub fn run_id(&self, number: u32) -> RunId {
        id(self.seed, Noun::Run, u64::from(number), self.runs[number as usize].proposed.at)
    }

    /// A cohort's id.
    pub fn cohort_id(&self, number: u32) -> CohortId {
        id(self.seed, Noun::Cohort, u64::from(number), self.cohorts[number as usize].opened.at)
    }

    /// The id of a case's plan version, by its position in the list of plans.
    pub fn plan_id(&self, case: CaseNo, position: usize) -> PlanId {
        let plan = self.history(case).plans.get(position);
        let begun = plan.and_then(|plan| plan.commented.or(plan.submitted)).map_or(Moment::default(), |act| act.at);
        id(self.seed, Noun::Plan, u64::from(case) << 4 | position as u64, begun)
    }

    /// A sitting's id.
    pub fn sitting_id(&self, number: u32) -> SittingId {
        id(self.seed, Noun::Sitting, u64::from(number), self.sittings[number as usize].called.at)
    }

    /// The id of a case's contract.
    pub fn contract_id(&self, case: CaseNo) -> ContractId {
        let drafted = self.history(case).contract.as_ref().map_or(Moment::default(), |contract| contract.drafted.at);
        id(self.seed, Noun::Contract, u64::from(case), drafted)
    }

    /// An order's id.
    pub fn order_id(&self, number: u32) -> OrderId {
        id(self.seed, Noun::Order, u64::from(number), self.orders[number as usize].placed.at)
    }

    /// The id of the asset with a serial.
    pub fn asset_id(&self, serial: u32, received: Moment) -> AssetId {
        id(self.seed, Noun::Asset, u64::from(serial), received)
    }

    /// The id of a case's visit, by its position.
    pub fn visit_id(&self, case: CaseNo, position: usize, planned: Moment) -> VisitId {
        id(self.seed, Noun::Visit, u64::from(case) << 8 | position as u64, planned)
    }

    /// The id of an award application.
    pub fn award_id(&self, number: usize) -> AwardId {
        id(self.seed, Noun::Award, number as u64, self.awards[number].lodged.at)
    }

    /// The id of a grievance.
    pub fn grievance_id(&self, number: usize) -> GrievanceId {
        id(self.seed, Noun::Grievance, number as u64, self.grievances[number].lodged.at)
    }

    /// The id of a case's appeal, by its position.
    pub fn appeal_id(&self, case: CaseNo, position: usize) -> AppealId {
        let lodged = self.history(case).appeals.get(position).map_or(Moment::default(), |appeal| appeal.lodged.at);
        id(self.seed, Noun::Appeal, u64::from(case) << 4 | position as u64, lodged)
    }

    /// The id of the journal entry of a case's `nth` event of a kind, counted from zero.
    pub fn entry_id(&self, case: CaseNo, kind: registry::case::Kind, nth: usize, at: Moment) -> EntryId {
        let number = u64::from(case) << 16 | (kind.number() as u64) << 8 | nth as u64;
        id(self.seed, Noun::Entry, number, at)
    }
}
