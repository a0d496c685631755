//! Suppliers, orders, pieces of equipment and their handovers.

use crate::demo::{
    afterwards::Business,
    day::Moment,
    equipment::{Delivery, FaultFound, Piece},
    history::{Act, CaseNo, History},
    ids::{Noun, id},
    programme::Simulated,
    shape,
    staff::Officer,
};
use platform::role::Role;
use provision::{
    asset::{
        rules::{Outcome, State},
        store::{Asset, Handover, HandoverItem},
    },
    procurement::{
        rules::number,
        store::{Line, Order, Supplier},
    },
};
use std::collections::HashMap;
use uuid::Uuid;

/// Working days in which a lost piece was replaced.
const LOSS_REPLACED: u32 = 12;

/// Every supplier.
pub fn suppliers(made: &Simulated) -> Vec<Supplier> {
    let added_at = shape::OPENING.at(10 * 60);
    let buyer =
        (0u16..).zip(&made.officers).find(|(_, officer)| officer.role == Role::Procurement).map_or(0, |(number, _)| number);
    made.suppliers
        .iter()
        .zip(0u32..)
        .map(|(supplier, nth)| Supplier {
            supplier_id: supplier_id(made, nth),
            voen: supplier.voen.clone(),
            name: supplier.name.clone(),
            phone: supplier.phone.clone(),
            added_at: added_at.utc(),
            added_by: made.officer_id(buyer).0,
        })
        .collect()
}

pub(super) fn supplier_id(made: &Simulated, number: u32) -> Uuid {
    id(made.seed, Noun::Detail, 0x5u64 << 56 | u64::from(number), shape::OPENING.at(10 * 60))
}

/// Every order, numbered by office and year in the order of placing.
pub fn orders(made: &Simulated) -> Vec<Order> {
    let mut placed: HashMap<(i32, i32), i64> = HashMap::new();
    let mut rows = Vec::with_capacity(made.orders.len());
    for (order, nth) in made.orders.iter().zip(0u32..) {
        let office = made.setting.offices[usize::from(order.office)].id;
        let year = order.placed.at.day.year();
        let count = placed.entry((office, year)).or_default();
        *count += 1;
        let total = order.cases.iter().map(|case| made.history(*case).approved_plan().map_or(0, |plan| plan.items_total)).sum();
        let arrived_on = order.arrived.map(|act| act.at.date());
        rows.push(Order {
            order_id: made.order_id(nth).0,
            office,
            number: number(year, office, *count),
            supplier_id: supplier_id(made, u32::from(order.supplier)),
            total,
            placed_at: order.placed.at.utc(),
            placed_by: made.officer_id(order.placed.by).0,
            approved_at: order.approved.map(|act| act.at.utc()),
            approved_by: order.approved.map(|act| made.officer_id(act.by).0),
            refused_at: None,
            refused_by: None,
            refusal: None,
            due_on: order.due.date(),
            arrived_on,
            complete_on: arrived_on,
        });
    }
    rows
}

/// What a case was given.
#[derive(Default)]
pub struct Rows {
    pub lines: Vec<Line>,
    pub assets: Vec<Asset>,
    pub handovers: Vec<Handover>,
    pub items: Vec<HandoverItem>,
}

impl Rows {
    /// Both together.
    pub fn join(mut self, other: Self) -> Self {
        self.lines.extend(other.lines);
        self.assets.extend(other.assets);
        self.handovers.extend(other.handovers);
        self.items.extend(other.items);
        self
    }
}

/// What is known of everything that a case was given.
struct Given<'m> {
    made: &'m Simulated,
    case: CaseNo,
    history: &'m History,
    delivery: &'m Delivery,
    order: u32,
    office: i32,
}

/// The rows of a case for which something was ordered.
pub fn rows(made: &Simulated, case: CaseNo) -> Rows {
    let history = made.history(case);
    let mut rows = Rows::default();
    let Some(delivery) = &history.delivery else { return rows };
    let Some(order) = delivery.order else { return rows };
    let office = made.setting.offices[usize::from(history.office_now)].id;
    let given = Given { made, case, history, delivery, order, office };
    rows.lines = given.lines();
    let mut current = Vec::with_capacity(delivery.pieces.len());
    for (piece, position) in delivery.pieces.iter().zip(0u8..) {
        current.push(given.piece(piece, position, &mut rows.assets));
    }
    given.hand_over(&current, &mut rows);
    rows
}

/// The asset that was handed over for a piece, and the one that was shown and refused.
struct Shown {
    handed: Option<Uuid>,
    refused: Option<(Uuid, Moment)>,
}

impl Given<'_> {
    fn lines(&self) -> Vec<Line> {
        let Some(plan) = self.history.approved_plan() else { return Vec::new() };
        let package = &self.made.setting.directions[usize::from(plan.direction)].package;
        let row = |(item, line): (&crate::demo::history::PlanItem, i16)| {
            let came = self.delivery.pieces.iter().filter(|piece| piece.item == item.item && piece.received.is_some()).count();
            Line {
                person_id: self.made.person_id(self.history.person).0,
                order_id: self.made.order_id(self.order).0,
                line,
                case_id: self.made.case_id(self.case).0,
                contract_id: self.made.contract_id(self.case).0,
                office: self.office,
                item: package[usize::from(item.item)].code.clone(),
                quantity: item.quantity.into(),
                unit_price: item.unit_price,
                received: i16::try_from(came).unwrap_or(i16::MAX),
                award_id: None,
            }
        };
        plan.items.iter().zip(1i16..).map(row).collect()
    }

    /// One piece with whatever took its place.
    fn piece(&self, piece: &Piece, position: u8, assets: &mut Vec<Asset>) -> Shown {
        let Some(received) = piece.received else { return Shown { handed: None, refused: None } };
        let mut first = self.asset(piece, piece.serial, received);
        let Some(fault) = piece.fault else {
            let handed = self.give(first, self.given_at(piece), position, assets);
            return Shown { handed, refused: None };
        };
        let in_use = fault.found == FaultFound::InUse;
        first.state = State::Faulty as i16;
        first.fault = Some(fault_words(fault.found).to_owned());
        first.fault_on = Some(fault.at.at.date());
        first.handed_over_on = self.given_at(piece).filter(|_| in_use).map(Moment::date);
        let first_id = first.asset_id;
        let refused = (fault.found == FaultFound::AtHandover).then_some((first_id, fault.at.at));
        let handed = first.handed_over_on.map(|_| first_id);
        let Some((serial, came)) = fault.replaced else {
            self.end(&mut first, position);
            assets.push(first);
            return Shown { handed, refused };
        };
        first.state = State::Replaced as i16;
        first.ended_on = Some(came.at.date());
        assets.push(first);
        let mut second = self.asset(piece, serial, came);
        second.replaces = Some(first_id);
        let given_at = if in_use { Some(came.at) } else { self.given_at(piece) };
        let second = self.give(second, given_at, position, assets);
        Shown { handed: handed.or(second), refused }
    }

    /// When an act gave the piece to the person: what came between the first handover and the last waited for the last.
    fn given_at(&self, piece: &Piece) -> Option<Moment> {
        let at = piece.handed_over?;
        match (self.delivery.partial, self.delivery.completed) {
            (Some(partial), _) if at <= partial.at => Some(at),
            (_, Some(completed)) => Some(at.max(completed.at)),
            _ => None,
        }
    }

    /// A piece in stock.
    fn asset(&self, piece: &Piece, serial: u32, received: Act) -> Asset {
        let direction = self.history.approved_plan().map_or(self.history.direction(), |plan| plan.direction);
        Asset {
            person_id: self.made.person_id(self.history.person).0,
            asset_id: self.made.asset_id(serial, received.at).0,
            case_id: self.made.case_id(self.case).0,
            order_id: self.made.order_id(self.order).0,
            office: self.office,
            item: self.made.setting.directions[usize::from(direction)].package[usize::from(piece.item)].code.clone(),
            serial: format!("AZ{serial:07}"),
            price: piece.price,
            state: State::InStock as i16,
            received_at: received.at.utc(),
            received_by: self.made.officer_id(received.by).0,
            handed_over_on: None,
            fault: None,
            fault_on: None,
            replaces: None,
            ended_on: None,
            award_id: None,
        }
    }

    /// A sound piece goes to the person, perhaps gets lost and is replaced, and ends as the contract ends.
    fn give(&self, mut asset: Asset, at: Option<Moment>, position: u8, assets: &mut Vec<Asset>) -> Option<Uuid> {
        let handed = at.map(|_| asset.asset_id);
        if let Some(at) = at {
            asset.state = State::WithPerson as i16;
            asset.handed_over_on = Some(at.date());
        }
        let business = self.history.business.as_deref();
        let loss = business.and_then(|business| business.loss).filter(|loss| loss.piece == position && at.is_some());
        if let Some(loss) = loss {
            asset.state = State::Missing as i16;
            let back = self.made.setting.days.plus(loss.reported.at.day, LOSS_REPLACED);
            let in_time = business.and_then(ended).is_none_or(|end| end.at.day > back);
            if back <= self.made.today && in_time {
                let mut second = asset.clone();
                second.asset_id = id(self.made.seed, Noun::Detail, 0x6u64 << 56 | u64::from(self.case), loss.reported.at);
                second.serial = format!("{}-E", asset.serial);
                second.received_at = back.at(10 * 60).utc();
                second.handed_over_on = Some(back.date());
                second.state = State::WithPerson as i16;
                second.replaces = Some(asset.asset_id);
                (asset.state, asset.ended_on) = (State::Lost as i16, Some(back.date()));
                self.end(&mut second, position);
                assets.push(asset);
                assets.push(second);
                return handed;
            }
        }
        self.end(&mut asset, position);
        assets.push(asset);
        handed
    }

    /// What became of a piece when the title passed or the equipment came back.
    fn end(&self, asset: &mut Asset, position: u8) {
        let Some(business) = self.history.business.as_deref().filter(|_| asset.is_held()) else { return };
        let Some(end) = ended(business) else { return };
        let missing = asset.state == State::Missing as i16;
        let state = match &business.recovery {
            _ if missing => State::Lost,
            Some(recovery) if recovery.written_off.contains(&position) => State::WrittenOff,
            Some(_) => State::Returned,
            None => State::Owned,
        };
        (asset.state, asset.ended_on) = (state as i16, Some(end.at.date()));
    }

    fn hand_over(&self, current: &[Shown], rows: &mut Rows) {
        let mut handovers: Vec<(Act, Outcome)> = Vec::new();
        let delivery = self.delivery;
        handovers.extend(delivery.refused.map(|act| (act, Outcome::Refused)));
        handovers.extend(delivery.partial.map(|act| (act, Outcome::Partial)));
        if let Some(completed) = delivery.completed {
            handovers.push((completed, Outcome::Completed));
            handovers.extend(delivery.late().into_iter().map(|(at, ..)| (Act { at, by: completed.by }, Outcome::Completed)));
        }
        let mut since: Option<Moment> = None;
        for ((act, outcome), nth) in handovers.into_iter().zip(1u64..) {
            let items = self.items(current, act, outcome, since);
            if outcome != Outcome::Refused {
                since = Some(act.at);
            }
            if !items.is_empty() {
                self.record(act, outcome, nth, &items, rows);
            }
        }
    }

    /// The pieces of a handover, each with whether it was accepted and its price.
    fn items(&self, current: &[Shown], act: Act, outcome: Outcome, since: Option<Moment>) -> Vec<(Uuid, bool, i64)> {
        let mut items = Vec::new();
        for (piece, shown) in self.delivery.pieces.iter().zip(current) {
            if outcome == Outcome::Refused {
                items
                    .extend(piece.received.map(|received| (self.made.asset_id(piece.serial, received.at).0, false, piece.price)));
                continue;
            }
            let now = piece.handed_over.is_some_and(|at| at <= act.at && since.is_none_or(|since| at > since));
            if let Some(asset) = shown.handed.filter(|_| now) {
                items.push((asset, true, piece.price));
            }
            if let Some((asset, _)) = shown.refused.filter(|(_, at)| *at == act.at) {
                items.push((asset, false, piece.price));
            }
        }
        items
    }

    /// A case officer of the office stands by when the storekeeper hands over.
    fn witness(&self) -> Option<String> {
        let office = Some(self.history.office_now);
        let present = |officer: &&Officer| officer.office == office && officer.role == Role::Officer;
        let of_office = self.made.officers.iter().filter(present);
        of_office.cycle().nth(self.case as usize % 3).map(|officer| officer.name.clone())
    }

    fn record(&self, act: Act, outcome: Outcome, nth: u64, items: &[(Uuid, bool, i64)], rows: &mut Rows) {
        let (made, history) = (self.made, self.history);
        let person_id = made.person_id(history.person).0;
        let number = 0x7u64 << 56 | u64::from(self.case) << 8 | nth;
        let handover_id: Uuid = id(made.seed, Noun::Detail, number, act.at);
        let office = &made.setting.offices[usize::from(history.office_now)];
        let person = made.person_of(self.case);
        let place = &made.setting.districts[usize::from(office.district)].name;
        let receipt = crate::demo::events::receipt(history.number, history.application.lodged.at.day);
        rows.handovers.push(Handover {
            person_id,
            handover_id,
            case_id: made.case_id(self.case).0,
            contract_id: made.contract_id(self.case).0,
            office: self.office,
            number: format!("T-{receipt}-{nth}"),
            outcome: outcome as i16,
            happened_at: act.at.utc(),
            place: format!("{place}, küç. {}, ev {}", person.street, person.house),
            witness: self.witness().unwrap_or_default(),
            delivery_note: format!("Q-{:06}", self.order + 1),
            remarks: String::new(),
            handed_by: made.officer_id(act.by).0,
            value: items.iter().filter(|(_, accepted, _)| *accepted).map(|(.., price)| price).sum(),
        });
        let warranty_until = act.at.day.plus_months(12).date();
        rows.items.extend(items.iter().map(|(asset_id, accepted, _)| HandoverItem {
            person_id,
            handover_id,
            asset_id: *asset_id,
            office: self.office,
            accepted: *accepted,
            condition: if *accepted { 1 } else { 3 },
            test_run: true,
            manual: true,
            warranty_until: Some(warranty_until),
            reason: (!accepted).then(|| fault_words(FaultFound::AtHandover).to_owned()),
        }));
    }
}

/// When the title passed or the equipment had come back.
fn ended(business: &Business) -> Option<Act> {
    let passed = business.ownership.and_then(|title| title.approved);
    passed.or(business.recovery.as_ref().and_then(|recovery| recovery.completed))
}

fn fault_words(found: FaultFound) -> &'static str {
    match found {
        FaultFound::AtInspection => "Qablaşdırma zədəlidir, gövdədə çat var",
        FaultFound::AtHandover => "İşə salınanda dayanır",
        FaultFound::InUse => "Mühərrik qızır və dayanır",
    }
}
