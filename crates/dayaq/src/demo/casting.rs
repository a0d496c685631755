//! Gives the names of the cast to made-up people who stand where the cast should stand.

use super::cast::{self, CastPerson, Stands};
use super::draw::Draw;
use super::equipment::Piece;
use super::flow::plan::equipment;
use super::history::{CaseNo, DirectionNo, History, Listed, OfficerNo, PersonNo};
use super::open_work::{self, Work};
use super::people::{Groups, Person};
use super::programme::Simulated;

/// A person of the cast, found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Member {
    /// By which tests and documents call them.
    pub key: &'static str,
    pub person: PersonNo,
    pub case: CaseNo,
}

/// Finds somebody for each part and gives them the name; whoever fits best of those not yet cast.
pub fn cast_all(made: &mut Simulated) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for part in cast::PEOPLE {
        let mut fitting: Vec<(u32, CaseNo)> = standing(made, part.stands)
            .into_iter()
            .enumerate()
            .filter(|(_, case)| members.iter().all(|member| member.person != made.history(*case).person))
            .filter_map(|(age, case)| Some((misfit(made, part, case)? + age.min(99) as u32, case)))
            .collect();
        fitting.sort_unstable();
        if let Some((_, case)) = fitting.first().copied() {
            let person = made.history(case).person;
            dress(made, part, case);
            members.push(Member { key: part.key, person, case });
        }
    }
    members
}

/// Cases that stand there, oldest first.
fn standing(made: &Simulated, stands: Stands) -> Vec<CaseNo> {
    let with =
        |test: &dyn Fn(&History) -> bool| (0..made.histories.len() as CaseNo).filter(|case| test(made.history(*case))).collect();
    match stands {
        Stands::Waits(work) => {
            let waiting = open_work::waiting(made).into_iter().filter(|(kind, _, _)| *kind == work);
            waiting.map(|(_, _, case)| case).collect()
        }
        Stands::OnReserve => with(&|history| {
            let reserve = history.listings.last().is_some_and(|listing| listing.outcome == Listed::Reserve);
            reserve && history.offer.is_none() && history.closing.is_none()
        }),
        Stands::Operating => with(&|history| {
            let running = |b: &super::afterwards::Business| b.started.is_some() && b.ended.is_none() && b.ownership.is_none();
            history.business.as_deref().is_some_and(running) && history.closing.is_none() && history.suspension.is_none()
        }),
        Stands::Owner => with(&|history| {
            let title = history.business.as_deref().and_then(|business| business.ownership);
            title.is_some_and(|title| title.approved.is_some()) && history.closing.is_none() && history.death.is_none()
        }),
    }
}

/// How badly a case suits a part; `None` when the person's sex or registration rules it out.
fn misfit(made: &Simulated, part: &CastPerson, case: CaseNo) -> Option<u32> {
    let history = made.history(case);
    let person = &made.people[history.person as usize];
    if person.female != part.female || person.duplicate_of.is_some() || person.fin.is_none() {
        return None;
    }
    let office = &made.setting.offices[usize::from(history.office_now)];
    let home = made.setting.office_in(part.unit) == Some(history.office_now);
    let unit = made.setting.districts[usize::from(office.district)].code == part.unit;
    let place = match (home, unit) {
        (true, _) => 0,
        (_, true) => 2_000,
        _ => 4_000,
    };
    let direction = if made.direction(history.direction()) == part.direction { 0 } else { 100 };
    let moved = if history.office_now == history.office && history.earlier.is_none() { 0 } else { 400 };
    let disabled = part.key == "phone-repairer" && !history.application.groups.has(Groups::DISABILITY);
    Some(place + direction + moved + if disabled { 200 } else { 0 })
}

fn dress(made: &mut Simulated, part: &CastPerson, case: CaseNo) {
    let number = made.history(case).person as usize;
    let wish = made.setting.directions.iter().position(|direction| direction.code == part.direction);
    if let Some(wish) = wish {
        redirect(made, case, wish as DirectionNo);
        made.people[number].wish = wish as DirectionNo;
    }
    if part.stands == Stands::Waits(Work::Decide) {
        // Entered by the third officer, so that either of the other two may decide.
        let third = made.officers.iter().position(|officer| officer.login == cast::REGISTRAR).unwrap_or(0) as OfficerNo;
        made.histories[case as usize].application.lodged.by = third;
        made.people[number].registered_by = third;
    }
    let person: &mut Person = &mut made.people[number];
    person.given = part.given.into();
    person.father = part.father.into();
    person.surname = part.surname.into();
    person.cast = true;
    if part.key == "phone-repairer" {
        person.groups.add(Groups::DISABILITY);
        made.histories[case as usize].application.groups.add(Groups::DISABILITY);
        person.disability_percent = person.disability_percent.max(71);
        person.wheelchair = true;
    }
}

/// Lets the case follow another direction from the first, with its plans and pieces.
fn redirect(made: &mut Simulated, case: CaseNo, direction: DirectionNo) {
    if made.history(case).direction() == direction {
        return;
    }
    let mut spare = made.histories.iter().filter_map(last_serial).max().unwrap_or(0);
    let history = &mut made.histories[case as usize];
    history.application.direction = direction;
    history.application.second_direction = None;
    if let Some(readiness) = history.readiness.as_mut() {
        (readiness.advised, readiness.chosen) = (direction, direction);
    }
    let package = &made.setting.directions[usize::from(direction)];
    for plan in &mut history.plans {
        let mut draw = Draw::new(made.seed, 0xCA57, u64::from(case));
        plan.direction = direction;
        plan.items = equipment(&mut draw, package);
        plan.items_total = plan.items.iter().map(|item| item.unit_price * i64::from(item.quantity)).sum();
    }
    let items = history.plans.last().map(|plan| (plan.items.clone(), plan.items_total));
    let Some((items, total)) = items else { return };
    if let Some(contract) = history.contract.as_mut() {
        contract.total = total;
    }
    let Some(delivery) = history.delivery.as_mut().filter(|delivery| !delivery.pieces.is_empty()) else { return };
    let old = std::mem::take(&mut delivery.pieces);
    let units = items.iter().flat_map(|line| std::iter::repeat_n(line, usize::from(line.quantity)));
    for (position, line) in units.enumerate() {
        let pattern = old[position.min(old.len() - 1)];
        let serial = old.get(position).map_or_else(
            || {
                spare += 1;
                spare
            },
            |piece| piece.serial,
        );
        let fault = pattern.fault.filter(|_| position < old.len());
        delivery.pieces.push(Piece { item: line.item, price: line.unit_price, serial, fault, ..pattern });
    }
}

/// The highest serial among a case's pieces and their replacements.
fn last_serial(history: &History) -> Option<u32> {
    let pieces = &history.delivery.as_ref()?.pieces;
    let replaced = |piece: &Piece| piece.fault.and_then(|fault| fault.replaced).map_or(0, |(serial, _)| serial);
    pieces.iter().map(|piece| piece.serial.max(replaced(piece))).max()
}
