//! Contracts, orders by lots, goods with their faults, and handovers at the pace of the country's deliveries.

use super::queue::{Step, Todo};
use super::{Flow, Stream};
use crate::demo::day::{Day, Moment};
use crate::demo::draw::Draw;
use crate::demo::equipment::*;
use crate::demo::history::*;
use crate::demo::setting::Setting;
use crate::demo::shape::{self, delay, outcome};
use platform::role::Role;
use values::voen::Voen;

const SIGNING_LAPSES: f64 = 0.008;
/// Working days that a drawn-up contract may wait for signatures.
const SIGNING_WORKING_DAYS: u32 = 15;
/// Calendar days from placing an order to the usual handover.
const LEAD: i32 = 25;
const SUPPLIERS: usize = 14;
/// The two suppliers whose goods are worst.
const WORST: [usize; 2] = [4, 9];
const ONE_YEAR_TERM_FROM: Day = Day::of(2022, 1, 1);

impl Flow<'_> {
    pub(super) fn draft_contract(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Contract, u64::from(case));
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let drafted = self.act(case, &mut draw, by);
        self.counts.contracts += 1;
        let number = self.counts.contracts;
        let total = self.histories[case as usize].plans.last().map_or(0, |plan| plan.items_total);
        let term_months = if self.day < ONE_YEAR_TERM_FROM { 24 } else { 12 };
        self.history(case).contract =
            Some(Contract { drafted, checked: None, signed: None, number, term_months, total, lapsed: None });
        let days = match draw.chance(SIGNING_LAPSES) {
            _ if self.histories[case as usize].overridden.is_some() => f64::from(draw.between(2, 5)),
            true => f64::from(SIGNING_WORKING_DAYS) * 1.4 + 3.0,
            false => (draw.log_normal(delay::CONTRACT, 0.35) - 2.0).clamp(2.0, 19.0),
        };
        self.after_days(case, days, Todo::SignContract);
    }

    /// Signed by the head of the office and the beneficiary after the status was checked again, or lapsed.
    pub(super) fn sign_contract(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Contract, 1 << 40 | u64::from(case));
        let office = self.office(case);
        let officer = self.roster.of(office, Role::Officer, draw.bits());
        let head = self.roster.of(office, Role::OfficeHead, draw.bits());
        let first = self.act(case, &mut draw, officer);
        let Some(contract) = self.histories[case as usize].contract.as_ref() else { return };
        if self.day > self.setting.days.plus(contract.drafted.at.day, SIGNING_WORKING_DAYS) {
            if let Some(contract) = self.history(case).contract.as_mut() {
                contract.lapsed = Some(first);
            }
            return self.close(case, first, CloseReason::ContractLapsed);
        }
        let signed = self.act(case, &mut draw, head);
        if let Some(contract) = self.history(case).contract.as_mut() {
            contract.checked = Some(first);
            contract.signed = Some(signed);
        }
        self.history(case).delivery =
            Some(Delivery { order: None, pieces: Vec::new(), partial: None, refused: None, completed: None });
        self.set_step(case, Step::Signed);
        self.queues.signed[usize::from(office)].push_back((self.day, case));
    }

    /// Once a week: as many contracts as deliveries are wanted for, from the offices that have waited longest.
    pub(super) fn place_orders(&mut self) {
        let first_of_week = self.setting.days.on_or_after(monday(self.day)) == self.day;
        if !first_of_week {
            return;
        }
        let until = self.day.plus(LEAD);
        let arranged: u32 = self.counts.receipts.iter().take(until.since(shape::OPENING).max(0) as usize + 1).sum();
        let aim = self.aims.equipped.at(until) * self.scale;
        let mut wanted = (aim - f64::from(arranged)).round().max(0.0) as usize;
        while wanted > 0 {
            let Some(office) = self.longest_signed() else { return };
            let queue = &mut self.queues.signed[office];
            let ripe = queue.iter().take_while(|(signed, _)| *signed < self.day).count();
            let cases: Vec<CaseNo> = queue.drain(..ripe.min(wanted)).map(|(_, case)| case).collect();
            wanted -= cases.len();
            self.order_for_office(office as OfficeNo, &cases);
        }
    }

    /// The office that has waited longest among those with a batch worth ordering, else among all.
    fn longest_signed(&self) -> Option<usize> {
        const BATCH: usize = 12;
        const PATIENCE_DAYS: i32 = 40;
        let oldest =
            |queue: &std::collections::VecDeque<(Day, CaseNo)>| queue.front().map(|(day, _)| *day).filter(|day| *day < self.day);
        let ripe =
            || self.queues.signed.iter().enumerate().filter_map(|(office, queue)| Some((oldest(queue)?, queue.len(), office)));
        let home = self.queues.home.map(usize::from);
        let batches = ripe()
            .filter(|(day, count, office)| {
                *count >= BATCH || Some(*office) == home && *count > 1 || self.day.since(*day) >= PATIENCE_DAYS
            })
            .min();
        batches.or_else(|| ripe().min()).map(|(_, _, office)| office)
    }

    /// One order a supplier for the office's contracts.
    fn order_for_office(&mut self, office: OfficeNo, cases: &[CaseNo]) {
        let mut by_supplier: Vec<(u16, Vec<CaseNo>)> = Vec::new();
        for case in cases {
            let supplier = self.supplier_for(*case, office);
            match by_supplier.iter_mut().find(|(known, _)| *known == supplier) {
                Some((_, list)) => list.push(*case),
                None => by_supplier.push((supplier, vec![*case])),
            }
        }
        for (supplier, cases) in by_supplier {
            self.place_order(office, supplier, cases);
        }
    }

    fn supplier_for(&self, case: CaseNo, office: OfficeNo) -> u16 {
        let direction = self.histories[case as usize].direction();
        let able: Vec<u16> = (0..self.suppliers.len() as u16)
            .filter(|supplier| self.suppliers[usize::from(*supplier)].directions.contains(&direction))
            .collect();
        let half_year = self.day.0 / 183;
        let turn = usize::from(office) / 4 + half_year as usize;
        able.get(turn % able.len().max(1)).copied().unwrap_or(0)
    }

    fn place_order(&mut self, office: OfficeNo, supplier: u16, cases: Vec<CaseNo>) {
        let number = self.orders.len() as u32;
        let mut draw = self.draw(Stream::Order, u64::from(number));
        let days = &self.setting.days;
        let (by, approver) = (draw.below(2) as u64, 2 + draw.below(2) as u64);
        let placed =
            Act { at: self.day.at(17 * 60 + draw.between(0, 40) as u16), by: self.roster.national(Role::Procurement, by) };
        let approved = Act {
            at: days.plus(self.day, draw.between(1, 6) as u32).at(11 * 60 + draw.between(0, 300) as u16),
            by: self.roster.national(Role::Procurement, approver),
        };
        let due = days.plus(self.day, 15);
        let late = if draw.chance(outcome::LATE) { draw.between(2, 24) } else { -draw.between(0, 3) };
        let arrival = days.on_or_after(due.plus(late));
        let keeper = self.roster.of(office, Role::Storekeeper, 0);
        let arrived = Act { at: arrival.at(9 * 60 + 30 + draw.between(0, 180) as u16), by: keeper };
        for case in &cases {
            self.deliver(*case, number, supplier, arrived);
        }
        let approved = self.past(approved);
        let arrived = self.past(arrived);
        self.orders.push(Order { supplier, office, placed, approved, due, arrived, cases });
    }

    /// The act, if it lies in the past.
    fn past(&self, act: Act) -> Option<Act> {
        (act.at.day <= self.today).then_some(act)
    }

    /// The goods of one contract: inspection, faults, replacement, handover; whatever lies after today stays open.
    fn deliver(&mut self, case: CaseNo, order: u32, supplier: u16, arrived: Act) {
        let mut draw = self.draw(Stream::Goods, u64::from(case));
        let share = self.suppliers[usize::from(supplier)].fault_share;
        let lines = self.histories[case as usize].plans.last().map(|plan| plan.items.clone()).unwrap_or_default();
        let direction = usize::from(self.histories[case as usize].direction());
        let keeper = arrived.by;
        let first = self.setting.days.plus(arrived.at.day, draw.between(1, 6) as u32);
        let handover = Act { at: first.at(13 * 60 + draw.between(0, 210) as u16), by: keeper };
        let mut goods = Goods { arrived, handover, last_replaced: None, pieces: Vec::new() };
        for line in &lines {
            for _ in 0..line.quantity {
                let mandatory = self.setting.directions[direction].package[usize::from(line.item)].mandatory;
                let piece = self.piece(&mut draw, &mut goods, *line, share, mandatory);
                goods.pieces.push(piece);
            }
        }
        self.hand_over(case, order, &mut draw, goods);
    }

    fn piece(&mut self, draw: &mut Draw, goods: &mut Goods, line: PlanItem, share: f64, mandatory: bool) -> Piece {
        self.counts.pieces += 1;
        let serial = self.counts.pieces;
        let mut handed_over = goods.handover.at;
        let fault = draw.chance(share).then(|| {
            let found = [FaultFound::AtInspection, FaultFound::AtHandover, FaultFound::InUse]
                [draw.weighted([40.0, 30.0, 30.0].into_iter())];
            let days = &self.setting.days;
            let used = days.on_or_after(goods.handover.at.day.plus(draw.between(5, 60)));
            let at = match found {
                FaultFound::AtInspection => goods.arrived,
                FaultFound::AtHandover => goods.handover,
                FaultFound::InUse => Act { at: used.at(12 * 60), by: goods.handover.by },
            };
            let back = days.plus(at.at.day, draw.between(5, 20) as u32).at(14 * 60 + draw.between(0, 120) as u16);
            self.counts.pieces += 1;
            let replacement = Act { at: back, by: goods.handover.by };
            if found != FaultFound::InUse {
                let later = Moment { day: days.plus(back.day, 1), minute: goods.handover.at.minute };
                handed_over = handed_over.max(later);
                if mandatory {
                    goods.last_replaced = goods.last_replaced.max(Some(handed_over));
                }
            }
            Fault { found, at, replaced: Some((self.counts.pieces, replacement)) }
        });
        Piece {
            item: line.item,
            price: line.unit_price,
            serial,
            received: Some(goods.arrived),
            fault,
            handed_over: Some(handed_over),
        }
    }

    fn hand_over(&mut self, case: CaseNo, order: u32, draw: &mut Draw, mut goods: Goods) {
        let keeper = goods.handover.by;
        let refused = draw.chance(0.003).then_some(goods.handover);
        let mut completed = goods.handover;
        if let Some(later) = goods.last_replaced {
            completed = Act { at: later, by: keeper };
        }
        if refused.is_some() {
            let again = self.setting.days.plus(completed.at.day, 10);
            completed = Act { at: again.at(completed.at.minute), by: keeper };
            goods.pieces.iter_mut().for_each(|piece| piece.handed_over = piece.handed_over.max(Some(completed.at)));
        }
        let partial = (completed.at > goods.handover.at && refused.is_none()).then_some(goods.handover);
        let today = self.today;
        for piece in &mut goods.pieces {
            piece.received = piece.received.filter(|act| act.at.day <= today);
            piece.handed_over = piece.handed_over.filter(|at| at.day <= today);
            piece.fault = piece
                .fault
                .filter(|fault| fault.at.at.day <= today)
                .map(|fault| Fault { replaced: fault.replaced.filter(|(_, act)| act.at.day <= today), ..fault });
        }
        let since = completed.at.day.since(shape::OPENING) as usize;
        if self.counts.receipts.len() <= since {
            self.counts.receipts.resize(since + 1, 0);
        }
        self.counts.receipts[since] += 1;
        let (partial, refused) = (partial.and_then(|act| self.past(act)), refused.and_then(|act| self.past(act)));
        let completed = self.past(completed);
        self.queues.last[case as usize] = completed.or(partial).map_or(goods.arrived.at, |act| act.at);
        self.history(case).delivery = Some(Delivery { order: Some(order), pieces: goods.pieces, partial, refused, completed });
        self.set_step(case, Step::Ordered);
    }
}

struct Goods {
    arrived: Act,
    handover: Act,
    /// The day the last mandatory replacement was handed over.
    last_replaced: Option<Moment>,
    pieces: Vec<Piece>,
}

fn monday(day: Day) -> Day {
    use chrono::Datelike;
    day.plus(-(day.date().weekday().num_days_from_monday() as i32))
}

/// Fourteen suppliers, each for some directions, every direction with at least two; the goods of two are poor.
pub(super) fn suppliers(setting: &Setting, seed: u64) -> Vec<Supplier> {
    const NAMES: [&str; SUPPLIERS] = [
        "Göyqurşaq Avadanlıq",
        "Usta Ticarət",
        "Xəzər Alət",
        "Nur Dəzgah",
        "Şəfəq Təchizat",
        "Polad Texnika",
        "Bahar Tikiş Avadanlığı",
        "Zirvə Servis",
        "Ocaq Mətbəx Texnikası",
        "Karvan İdxal",
        "Çinar Mebel Dəzgahları",
        "Günəş Salon",
        "Araz Motor",
        "Təməl Alətləri",
    ];
    let mut draw = Draw::new(seed, 0xF10 + Stream::Supplier as u64, 0);
    let make = |(number, name): (usize, &str)| Supplier {
        name: format!("{name} MMC"),
        voen: voen(&mut draw),
        phone: format!("+99412{}", draw.between(4_100_000, 4_999_999)),
        fault_share: if WORST.contains(&number) { outcome::FAULTY_AT_WORST_SUPPLIERS } else { outcome::FAULTY * 0.62 },
        directions: (0..setting.directions.len()).filter(|d| supplies(number, *d)).map(|d| d as u8).collect(),
    };
    NAMES.into_iter().enumerate().map(make).collect()
}

fn supplies(supplier: usize, direction: usize) -> bool {
    // Three in turn for each direction, and few different ones at a time, so that orders are worth placing.
    (0..3).any(|turn| (direction % 5 * 3 + turn) % SUPPLIERS == supplier)
}

/// A tax number with a valid check digit, of a legal person.
fn voen(draw: &mut Draw) -> String {
    loop {
        let start: u32 = draw.between(10_000_000, 99_999_999) as u32;
        let valid = (0..10).map(|check| format!("{start}{check}1")).find(|text| text.parse::<Voen>().is_ok());
        if let Some(text) = valid {
            return text;
        }
    }
}
