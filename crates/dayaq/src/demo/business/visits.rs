//! Visits by the interval, and the observations at the anniversaries of the receipt.

use super::*;

impl Telling<'_> {
    /// Visits by the interval until the term ends, the business is known to have ended, or today is near.
    pub(super) fn visit(&mut self) {
        let last_due = self.scene.today.plus(21);
        let known_end = self.business.ended.map_or(Day(i16::MAX), |end| end.recorded.at.day);
        let mut due = self.days().on_or_after(self.fate.received.plus(FIRST_VISIT));
        let mut number = 0;
        while due <= last_due && due < self.business.term_ends.plus(-20) && due <= known_end {
            self.visit_once(due, VisitKind::Field);
            number += 1;
            let interval = if number == 1 { VISIT_INTERVAL - FIRST_VISIT } else { VISIT_INTERVAL };
            due = self.days().on_or_after(due.plus(interval + self.draw.between(-4, 4)));
        }
    }

    pub(super) fn visit_once(&mut self, due: Day, kind: VisitKind) {
        let planned = self.days().on_or_before(due.plus(-25)).max(self.fate.received).at(9 * 60 + 30);
        let on_time = self.draw.chance(outcome::VISIT_ON_TIME);
        let day = if on_time { due.plus(-self.draw.between(0, 12)) } else { due.plus(self.draw.between(2, 38)) };
        let day = self.days().on_or_after(day).min(if on_time { due } else { Day(i16::MAX) }).max(self.fate.received.plus(1));
        let day = self.days().on_or_after(day);
        let at = day.at(self.draw.between(9 * 60 + 30, 16 * 60 + 30) as u16);
        let made = self.seen(at, outcome::VISIT_UNREACHABLE);
        let kind = match kind {
            VisitKind::Field if self.draw.chance(0.12) => VisitKind::Electronic,
            other => other,
        };
        let made = Some(made).filter(|made| made.at.day <= self.scene.today);
        self.business.visits.push(Visit { due, planned, monitor: self.officer(Role::Monitor), kind, made });
    }

    /// What a visit at a moment finds, when nobody is met with this probability.
    pub(super) fn seen(&mut self, at: Moment, unreachable: f64) -> VisitMade {
        let status = self.status(at.day, unreachable);
        let working = status == Seen::InBusiness;
        let months = f64::from(at.day.since(self.fate.received)) / DAYS_OF_A_MONTH;
        let growth = (0.55 + 0.09 * months).min(1.15);
        let sales = if working { round(self.level * growth * self.draw.log_normal(1.0, 0.25)) } else { 0 };
        let costs = if working { round(sales as f64 * (0.42 + 0.2 * self.draw.unit())) } else { 0 };
        let workers = if working { self.workers() } else { (0, 0) };
        VisitMade {
            at,
            status,
            sales,
            costs,
            household_income: self.income(sales - costs),
            workers_women: workers.0,
            workers_men: workers.1,
            satisfaction: if status == Seen::Unreachable {
                0
            } else {
                [0, 2, 3, 4, 5, 1][self.draw.weighted([10.0, 4.0, 12.0, 38.0, 34.0, 2.0].into_iter())]
            },
            tax_registered: working && self.draw.chance(0.86),
            photo_reused: working && self.draw.chance(outcome::PHOTO_REUSED),
        }
    }

    /// Paid workers, women and men: most businesses have none.
    fn workers(&mut self) -> (u8, u8) {
        let count = self.draw.weighted([77.0, 17.5, 4.5, 1.0].into_iter()) as u8;
        let women = (0..count).filter(|_| self.draw.chance(0.4)).count() as u8;
        (women, count - women)
    }

    fn income(&mut self, profit: i64) -> i64 {
        self.base_income * self.household + profit.max(0) * 7 / 10
    }

    fn status(&mut self, day: Day, unreachable: f64) -> Seen {
        let away = self.draw.chance(unreachable);
        let paused = self
            .business
            .pauses
            .iter()
            .any(|pause| pause.from.at.day <= day && pause.resumed.is_none_or(|resumed| day < resumed.at.day));
        match () {
            () if self.death.is_some_and(|death| death.on <= day) => Seen::Deceased,
            () if away => Seen::Unreachable,
            () if self.ended_by(day) => Seen::Ended,
            () if self.business.started.is_none_or(|started| day < started.at.day) => Seen::NotStarted,
            () if paused => Seen::Paused,
            () => Seen::InBusiness,
        }
    }

    /// Most follow-ups are made in the last days before their anniversary, the others some weeks after it.
    fn follow_up_day(&mut self, due: Day) -> Day {
        const TURNS: i32 = 36;
        let turn = self.draw.between(1, TURNS);
        let on_time = (outcome::VISIT_ON_TIME * f64::from(TURNS)).round() as i32;
        match turn - on_time {
            late if late > 0 => self.days().on_or_after(due.plus(late * 6)),
            _ => self.days().on_or_before(due.plus(-(turn % 10))),
        }
    }

    /// Observations at 6, 12 and 24 months, whatever the contract.
    pub(super) fn follow_up(&mut self) {
        for (months, unreachable) in [(6, 0.025), (12, 0.035), (24, outcome::UNREACHABLE_AT_24)] {
            let due = self.fate.received.plus_months(months);
            if due.plus(-14) > self.scene.today {
                return;
            }
            let day = self.follow_up_day(due);
            let at = day.at(self.draw.between(9 * 60 + 40, 16 * 60 + 20) as u16);
            let status = match self.status(day, unreachable) {
                // A business not yet begun after half a year does not sell.
                Seen::NotStarted => Seen::Ended,
                other => other,
            };
            let profit = if status == Seen::InBusiness { round(self.level * 0.5) } else { 0 };
            let household_income = self.income(profit);
            let still = if status == Seen::InBusiness { 0.45 } else { 0.8 };
            let on_assistance = self.on_assistance && self.draw.chance(still);
            let made = (day <= self.scene.today).then_some((Act { at, by: self.officer(Role::Monitor) }, status));
            self.business.follow_ups.push(FollowUp { months: months as u8, due, made, household_income, on_assistance });
        }
    }
}
