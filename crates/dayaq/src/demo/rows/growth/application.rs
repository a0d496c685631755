//! An application: what is asked for, what it rests on, and the help given with it.

use super::{Teller, judged::mean_tenths, rounds::round_id};
use crate::demo::{
    award_rounds,
    day::Moment,
    ids::{Noun, id},
};
use anyhow::Result;
use followup::growth::{
    state::PROOFS,
    store::{Award, Help, Line},
};

/// Parts the stream of the ids of help.
const HELPED: u64 = 0x0422 << 40;

/// What they want to do, and who would buy.
const PLANS: [(&str, &str); 4] = [
    (
        "İkinci iş yeri açmaq və eyni vaxtda iki sifariş görmək",
        "Qonşu küçələrin sakinləri, aylıq otuz sifariş var, gözləyənlər çoxdur",
    ),
    (
        "Köhnə avadanlığı daha sürətlisi ilə tamamlamaq, gündəlik işi iki dəfə artırmaq",
        "Daimi müştərilər və iki mağaza ilə şifahi razılıq var",
    ),
    ("Yeni xidmət növü əlavə etmək və qışda da işləmək", "Rayonda bu xidməti göstərən yoxdur, insanlar şəhərə gedir"),
    ("Məhsulu qablaşdırıb mağazalara vermək", "Üç mağaza nümunə götürüb, həftəlik sifariş istəyir"),
];

impl Teller<'_> {
    pub(super) fn award(&self) -> Result<Award> {
        let (person_id, award_id, case_id, office) = self.ids();
        let told = self.told;
        let judged_on = told.checked.map_or(told.lodged.at.day, |(act, _)| act.at.day);
        let facts = award_rounds::facts(self.made, told.case, judged_on).asking(told.asked, told.own_share);
        let now = facts.sales.last().copied().unwrap_or(0);
        let (plan, market) = PLANS[told.case as usize % PLANS.len()];
        let all_sealed = !told.scores.is_empty() && told.scores.iter().all(|score| score.1.is_some());
        let scored = told.scores.iter().filter_map(|score| score.1).max().filter(|_| all_sealed);
        let decided = told.decided.map(|(at, _)| at).or(told.checked.filter(|(_, found)| !found).map(|(act, _)| act.at));
        let history = self.made.history(told.case);
        Ok(Award {
            person_id,
            award_id,
            case_id,
            office,
            round_id: round_id(self.made, told.round),
            number: self.number(),
            state: self.state() as i16,
            direction: self.made.direction(history.direction()).to_owned(),
            lodged_at: told.lodged.at.utc(),
            lodged_by: self.officer(told.lodged.by),
            plan: plan.to_owned(),
            market: market.to_owned(),
            sales_now: now,
            sales_after: now * 3 / 2 / 1_000 * 1_000,
            jobs: told.jobs_promised.into(),
            jobs_by: (told.jobs_promised > 0).then(|| told.lodged.at.day.plus_months(10).date()),
            own_share: told.own_share,
            own_proof: PROOFS[told.case as usize % 2].to_owned(),
            own_paper: format!("№ {}, {}", 200 + told.case % 700, told.lodged.at.day.plus(-3).date().format("%d.%m.%Y")),
            other_grants: String::new(),
            asked: told.asked,
            adviser_id: Some(self.officer(told.adviser)),
            facts: serde_json::to_string(&facts)?,
            checked_at: told.checked.map(|(act, _)| act.at.utc()),
            checked_by: told.checked.map(|(act, _)| self.officer(act.by)),
            papers_seen: told.checked.map(|_| "töhfənin sənədi və iki qiymət təklifi".to_owned()),
            mean_tenths: scored.map(|_| mean_tenths(told)),
            scored_on: scored.map(Moment::date),
            decided_on: decided.map(Moment::date),
            granted: told.granted,
            reason: told.decided.filter(|(_, won)| !won).map(|_| self.refusal().to_owned()),
            delivered_on: told.delivered.map(|act| act.at.date()),
            withdrawn_on: None,
        })
    }

    /// An hour or two with an adviser before it was lodged.
    pub(super) fn help(&self) -> Option<Help> {
        let (person_id, award_id, case_id, office) = self.ids();
        let told = self.told;
        told.helped.then(|| Help {
            person_id,
            help_id: id(self.made.seed, Noun::Detail, HELPED | self.nth as u64, told.lodged.at),
            award_id,
            case_id,
            office,
            adviser_id: self.officer(told.adviser),
            helped_on: told.lodged.at.date(),
            minutes: 60 + (told.case % 5) as i16 * 15,
            done: "aylıq satış və xərc hesabı quruldu, qiymət təklifləri müqayisə edildi".to_owned(),
        })
    }

    /// A thing of the catalogue, and the rest by a quotation.
    pub(super) fn lines(&self) -> Vec<Line> {
        let (person_id, award_id, case_id, office) = self.ids();
        let direction = &self.made.setting.directions[usize::from(self.made.history(self.told.case).direction())];
        let line = |line: i16, item: &str, quoted_by: &str, unit_price: i64| Line {
            person_id,
            award_id,
            line,
            case_id,
            office,
            item: item.to_owned(),
            quoted_by: quoted_by.to_owned(),
            quantity: 1,
            unit_price,
        };
        let supplier = self.supplier();
        let price = |ceiling: i64| ceiling * 9 / 10 / 100 * 100;
        let known = direction.package.iter().find(|item| (10_000..self.told.asked - 50_000).contains(&price(item.ceiling)));
        match known {
            Some(item) => {
                let first = price(item.ceiling);
                let rest = self.told.asked - first;
                vec![
                    line(1, &item.code, "", first),
                    line(2, "Sənaye tipli əlavə avadanlıq", &self.made.suppliers[supplier].name, rest),
                ]
            }
            None => vec![line(1, "Sənaye tipli əlavə avadanlıq", &self.made.suppliers[supplier].name, self.told.asked)],
        }
    }
}
