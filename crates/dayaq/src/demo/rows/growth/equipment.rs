//! Orders for awards, the pieces that came, and their delivery.

use super::{Rows, Teller};
use crate::demo::{
    day::Moment,
    history::Act,
    ids::{Noun, id},
    rows::{people::registration, provision::supplier_id},
};
use followup::growth::{
    delivery::{
        number as act_number,
        store::{Delivery, DeliveryItem},
    },
    store::Line,
};
use provision::{
    asset::{rules::State as Piece, store::Asset},
    procurement::store::{Line as OrderLine, Order},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Parts the streams of the ids of what is kept here.
const ORDERS: u64 = 0x0423 << 40;
const PIECES: u64 = 0x0424 << 40;
const DELIVERIES: u64 = 0x0425 << 40;

impl Teller<'_> {
    /// The order for an award with its lines, and the pieces that came.
    pub(super) fn equipment(&self, orders: &mut HashMap<(i32, i32), i64>, rows: &mut Rows) {
        let Some((placed, approved)) = self.told.ordered else { return };
        let order_id: Uuid = id(self.made.seed, Noun::Order, ORDERS | self.nth as u64, placed.at);
        let (person_id, award_id, case_id, office) = self.ids();
        let arrived = self.told.arrived;
        let year = placed.at.day.year();
        let count = orders.entry((office, year)).or_default();
        *count += 1;
        rows.orders.push(Order {
            order_id,
            office,
            number: format!("S-{year}-{office:02}-M{count:03}"),
            supplier_id: supplier_id(self.made, u32::try_from(self.supplier()).unwrap_or(0)),
            total: self.told.asked,
            placed_at: placed.at.utc(),
            placed_by: self.officer(placed.by),
            approved_at: Some(approved.at.utc()),
            approved_by: Some(self.officer(approved.by)),
            refused_at: None,
            refused_by: None,
            refusal: None,
            due_on: placed.at.day.plus(45).date(),
            arrived_on: arrived.map(|act| act.at.date()),
            complete_on: arrived.map(|act| act.at.date()),
        });
        let contract_id = self.made.contract_id(self.told.case).0;
        let lines = self.lines();
        rows.order_lines.extend(lines.iter().map(|line| OrderLine {
            person_id,
            order_id,
            line: line.line,
            case_id,
            contract_id,
            office,
            item: line.item.clone(),
            quantity: 1,
            unit_price: line.unit_price,
            received: i16::from(arrived.is_some()),
            award_id: Some(award_id),
        }));
        rows.assets.extend(arrived.into_iter().flat_map(|came| lines.iter().map(move |line| self.asset(line, order_id, came))));
    }

    fn asset(&self, line: &Line, order_id: Uuid, came: Act) -> Asset {
        let (person_id, award_id, case_id, office) = self.ids();
        let given = self.told.delivered;
        Asset {
            person_id,
            asset_id: self.piece(line, came.at),
            case_id,
            order_id,
            office,
            item: line.item.clone(),
            serial: format!("HM{:05}-{}", self.told.case, line.line),
            price: line.unit_price,
            state: match (given, self.told.closed) {
                (None, _) => Piece::InStock,
                (Some(_), None) => Piece::WithPerson,
                (Some(_), Some(_)) => Piece::Owned,
            } as i16,
            received_at: came.at.utc(),
            received_by: self.officer(came.by),
            handed_over_on: given.map(|act| act.at.date()),
            fault: None,
            fault_on: None,
            replaces: None,
            ended_on: self.told.closed.map(|act| act.at.date()),
            award_id: Some(award_id),
        }
    }

    fn piece(&self, line: &Line, came: Moment) -> Uuid {
        id(self.made.seed, Noun::Asset, PIECES | (self.nth as u64) << 4 | line.line as u64, came)
    }

    pub(super) fn handed_over(&self, rows: &mut Rows) {
        let (Some(given), Some(came)) = (self.told.delivered, self.told.arrived) else { return };
        let (person_id, award_id, case_id, office) = self.ids();
        let delivery_id: Uuid = id(self.made.seed, Noun::Detail, DELIVERIES | self.nth as u64, given.at);
        let person = registration(self.made, self.made.history(self.told.case).person);
        rows.deliveries.push(Delivery {
            person_id,
            delivery_id,
            award_id,
            case_id,
            office,
            number: act_number(&self.number(), 1),
            happened_at: given.at.utc(),
            place: person.address,
            witness: self.made.officer(given.by).name.clone(),
            delivery_note: String::new(),
            remarks: String::new(),
            handed_by: self.officer(given.by),
            value: self.told.asked,
            whole: true,
        });
        rows.delivered.extend(self.lines().iter().map(|line| DeliveryItem {
            person_id,
            delivery_id,
            asset_id: self.piece(line, came.at),
            office,
            accepted: true,
            condition: 1,
            reason: None,
        }));
    }
}
