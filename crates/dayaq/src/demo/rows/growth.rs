//! Rounds of awards, applications, scores, sittings, contracts, equipment and accounts of awards.

use super::{
    commission::{marks, sheet},
    monitoring::owner,
    provision::supplier_id,
};
use crate::demo::{
    afterwards::{Award as Told, AwardStands},
    award_rounds,
    day::Moment,
    events::receipt,
    history::OfficerNo,
    ids::{Noun, id},
    programme::Simulated,
    rows::people::registration,
};
use anyhow::Result;
use followup::growth::{
    account::Account,
    contract::{number as contract_number, store::Contract},
    delivery::{
        number as act_number,
        store::{Delivery, DeliveryItem},
    },
    lodge::number,
    round::store::{Round, number as round_number},
    scoring::store::Score,
    sitting::store::{Item, Member, Sitting, Vote, number as sitting_number},
    state::{Decision, PROOFS, State},
    store::{Award, Help, Line},
};
use platform::{keys::Keys, role::Role};
use preparation::commission::store::Assignment;
use provision::{
    asset::{rules::State as Piece, store::Asset},
    procurement::store::{Line as OrderLine, Order},
};
use registry::case::Duty;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;
use values::id::{OfficeId, SittingId};

/// Parts the streams of the ids of what this slice keeps.
const ROUNDS: u64 = 0x0420 << 40;
const SITTINGS: u64 = 0x0421 << 40;
const HELPED: u64 = 0x0422 << 40;
const ORDERS: u64 = 0x0423 << 40;
const PIECES: u64 = 0x0424 << 40;
const DELIVERIES: u64 = 0x0425 << 40;

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
    rounds(made, &mut rows);
    let mut orders: HashMap<(i32, i32), i64> = HashMap::new();
    let mut agendas: BTreeMap<(u8, u8), Vec<usize>> = BTreeMap::new();
    for (nth, told) in made.awards.iter().enumerate() {
        let teller = Teller { made, told, nth };
        teller.application(&mut rows)?;
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
    let heard: std::collections::BTreeSet<Uuid> = rows.items.iter().map(|item| item.sitting_id).collect();
    rows.sittings.retain(|sitting| heard.contains(&sitting.sitting_id));
    rows.members.retain(|member| heard.contains(&member.sitting_id));
    Ok(rows)
}

fn round_id(made: &Simulated, round: u8) -> Uuid {
    id(made.seed, Noun::Detail, ROUNDS | u64::from(round), made.rounds[usize::from(round)].proposed.at)
}

fn sitting_id(made: &Simulated, round: u8, sitting: u8) -> SittingId {
    let called = made.rounds[usize::from(round)].sittings[usize::from(sitting)].called;
    id(made.seed, Noun::Sitting, SITTINGS | u64::from(round) << 8 | u64::from(sitting), called)
}

fn round_no(made: &Simulated, round: u8) -> String {
    let year = made.rounds[usize::from(round)].opens.year();
    let before = made.rounds[..=usize::from(round)].iter().filter(|one| one.opens.year() == year).count();
    round_number(year, i64::try_from(before).unwrap_or(1))
}

fn rounds(made: &Simulated, rows: &mut Rows) {
    for (told, nth) in made.rounds.iter().zip(0u8..) {
        let given = |sitting: Option<u8>| -> i64 {
            let of = |award: &&Told| award.round == nth && sitting.is_none_or(|sitting| award.sitting == Some(sitting));
            made.awards.iter().filter(of).map(|award| award.granted).sum()
        };
        rows.rounds.push(Round {
            round_id: round_id(made, nth),
            office: OfficeId::CENTRE.0,
            number: round_no(made, nth),
            title: told.title.to_owned(),
            opens_on: told.opens.date(),
            closes_on: told.closes.date(),
            rolling: told.rolling,
            budget: told.budget,
            granted: given(None),
            proposed_at: told.proposed.at.utc(),
            proposed_by: made.officer_id(told.proposed.by).0,
            decided_at: told.approved.map(|act| act.at.utc()),
            decided_by: told.approved.map(|act| made.officer_id(act.by).0),
            approved: told.approved.map(|_| true),
            note: None,
        });
        for (sitting, number) in told.sittings.iter().zip(0u8..) {
            let sitting_id = sitting_id(made, nth, number).0;
            rows.sittings.push(Sitting {
                sitting_id,
                office: OfficeId::CENTRE.0,
                round_id: round_id(made, nth),
                number: sitting_number(&round_no(made, nth), usize::from(number) + 1),
                place: "Bakı, Məşğulluq Agentliyi".to_owned(),
                sits_on: sitting.sits.date(),
                called_at: sitting.called.utc(),
                called_by: made.officer_id(told.secretary).0,
                head_id: made.officer_id(told.members[0]).0,
                granted: given(Some(number)),
                closed_at: sitting.closed.map(Moment::utc),
                closed_by: sitting.closed.map(|_| made.officer_id(told.secretary).0),
            });
            rows.members.extend(told.members.iter().map(|member| Member {
                sitting_id,
                officer_id: made.officer_id(*member).0,
                office: OfficeId::CENTRE.0,
                present: sitting.closed.map(|_| true),
            }));
        }
    }
    rows.rounds.extend(next_round(made));
}

/// The next round has just been opened by a manager, and waits for a second person.
fn next_round(made: &Simulated) -> Option<Round> {
    let by =
        (0u16..).zip(&made.officers).filter(|(_, officer)| officer.role == Role::Manager).map(|(number, _)| number).nth(1)?;
    let day = made.setting.days.on_or_before(made.today.plus(-3));
    let opens = made.today.plus(150);
    let which = made.rounds.iter().filter(|round| round.opens.year() == opens.year()).count() + 1;
    Some(Round {
        round_id: id(made.seed, Noun::Detail, ROUNDS | 0xFF, day.at(16 * 60)),
        office: OfficeId::CENTRE.0,
        number: round_number(opens.year(), i64::try_from(which).unwrap_or(1)),
        title: "Növbəti dövrə".to_owned(),
        opens_on: opens.date(),
        closes_on: opens.plus(75).date(),
        rolling: false,
        budget: 60_000_000,
        granted: 0,
        proposed_at: day.at(16 * 60).utc(),
        proposed_by: made.officer_id(by).0,
        decided_at: None,
        decided_by: None,
        approved: None,
        note: None,
    })
}

fn mean_tenths(told: &Told) -> i16 {
    let count = i16::try_from(told.scores.len()).unwrap_or(1).max(1);
    let sum: i16 = told.scores.iter().map(|score| i16::from(score.2)).sum();
    (sum * 10 + count / 2) / count
}

/// The agenda of a sitting with its votes, or with the members who have still to cast them.
fn hear(made: &Simulated, round: u8, sitting: u8, agenda: &[usize], rows: &mut Rows) {
    let told = &made.rounds[usize::from(round)];
    let id = sitting_id(made, round, sitting).0;
    for (nth, position) in agenda.iter().zip(1i16..) {
        let teller = Teller { made, told: &made.awards[*nth], nth: *nth };
        let (person_id, award_id, case_id, office) = teller.ids();
        let decision = teller.told.decided.map(|(_, won)| if won { Decision::Granted } else { Decision::Refused });
        rows.items.push(Item {
            person_id,
            sitting_id: id,
            award_id,
            case_id,
            office,
            position,
            amount: teller.told.asked,
            mean_tenths: mean_tenths(teller.told),
            decision: decision.map(|decision| decision as i16),
            reason: decision.filter(|decision| *decision == Decision::Refused).map(|_| teller.refusal().to_owned()),
        });
        for member in &told.members {
            let officer_id = made.officer_id(*member).0;
            match decision {
                Some(decision) => {
                    let vote = if decision == Decision::Granted { 1 } else { 2 };
                    rows.votes.push(Vote { person_id, sitting_id: id, award_id, officer_id, office, vote, reason: None });
                    rows.claims.push((person_id, case_id, officer_id, Duty::DecideAward, office));
                }
                None => rows.assignments.push(teller.assignment(
                    *member,
                    Duty::DecideAward,
                    told.sittings[usize::from(sitting)].called,
                )),
            }
        }
    }
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

    fn application(&self, rows: &mut Rows) -> Result<()> {
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
        let (person_id, award_id, case_id, office) = self.ids();
        let told = self.told;
        let state = self.state();
        let judged_on = told.checked.map_or(told.lodged.at.day, |(act, _)| act.at.day);
        let facts = award_rounds::facts(self.made, told.case, judged_on).asking(told.asked, told.own_share);
        let now = facts.sales.last().copied().unwrap_or(0);
        let (plan, market) = PLANS[told.case as usize % PLANS.len()];
        let all_sealed = !told.scores.is_empty() && told.scores.iter().all(|score| score.1.is_some());
        let scored = told.scores.iter().filter_map(|score| score.1).max().filter(|_| all_sealed);
        let decided = told.decided.map(|(at, _)| at).or(told.checked.filter(|(_, found)| !found).map(|(act, _)| act.at));
        let history = self.made.history(told.case);
        rows.awards.push(Award {
            person_id,
            award_id,
            case_id,
            office,
            round_id: round_id(self.made, told.round),
            number: self.number(),
            state: state as i16,
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
        });
        rows.lines.extend(self.lines());
        if told.helped {
            rows.help.push(Help {
                person_id,
                help_id: id(self.made.seed, Noun::Detail, HELPED | self.nth as u64, told.lodged.at),
                award_id,
                case_id,
                office,
                adviser_id: self.officer(told.adviser),
                helped_on: told.lodged.at.date(),
                minutes: 60 + (told.case % 5) as i16 * 15,
                done: "aylıq satış və xərc hesabı quruldu, qiymət təklifləri müqayisə edildi".to_owned(),
            });
        }
        Ok(())
    }

    /// A thing of the catalogue, and the rest by a quotation.
    fn lines(&self) -> Vec<Line> {
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

    fn supplier(&self) -> usize {
        self.told.case as usize % self.made.suppliers.len().max(1)
    }

    fn assignment(&self, officer: OfficerNo, duty: Duty, since: Moment) -> Assignment {
        let (person_id, _, case_id, office) = self.ids();
        Assignment { person_id, case_id, officer_id: self.officer(officer), duty: duty as i16, office, begun_on: since.date() }
    }

    fn scores(&self, rows: &mut Rows) -> Result<()> {
        let Some(assigned) = self.told.assigned else { return Ok(()) };
        let (person_id, award_id, case_id, office) = self.ids();
        let form = sheet(self.made, "AWARD", assigned.date())?;
        for (evaluator, sealed, total) in &self.told.scores {
            let marked = sealed.map(|_| marks(form, *total, true)).unwrap_or_default();
            rows.scores.push(Score {
                person_id,
                award_id,
                officer_id: self.officer(*evaluator),
                case_id,
                office,
                assigned_at: assigned.utc(),
                marks: serde_json::to_string(&marked)?,
                points: sealed.map(|_| i16::from(*total)),
                sealed_at: sealed.map(Moment::utc),
                recused_at: None,
                recusal: None,
            });
            match sealed {
                Some(_) => rows.claims.push((person_id, case_id, self.officer(*evaluator), Duty::ScoreAward, office)),
                None => rows.assignments.push(self.assignment(*evaluator, Duty::ScoreAward, assigned)),
            }
        }
        Ok(())
    }

    fn contract(&self, keys: &Keys, rows: &mut Rows) -> Result<()> {
        let Some(drafted) = self.told.drafted else { return Ok(()) };
        let (person_id, award_id, case_id, office) = self.ids();
        let signed = self.told.contracted;
        let person = registration(self.made, self.made.history(self.told.case).person);
        let side = match signed {
            Some(_) => Some(keys.seal(&serde_json::to_string(&owner(self.made, self.told.case))?)?),
            None => None,
        };
        rows.contracts.push(Contract {
            person_id,
            award_id,
            case_id,
            office,
            number: contract_number(&self.number()),
            place_of_use: person.address,
            explained_in: person.language,
            drafted_at: drafted.at.utc(),
            drafted_by: self.officer(drafted.by),
            term_months: signed.map_or(0, |_| award_rounds::TERM_MONTHS as i16),
            signed_on: signed.map(|act| act.at.date()),
            signed_by: signed.map(|act| self.officer(act.by)),
            head: signed.map(|act| self.made.officer(act.by).name.clone()),
            ends_on: signed.map(|act| act.at.day.plus_months(award_rounds::TERM_MONTHS).date()),
            beneficiary: side,
        });
        Ok(())
    }

    fn order_id(&self) -> Option<Uuid> {
        let (placed, _) = self.told.ordered?;
        Some(id(self.made.seed, Noun::Order, ORDERS | self.nth as u64, placed.at))
    }

    /// The order for an award with its lines, and the pieces that came.
    fn equipment(&self, orders: &mut HashMap<(i32, i32), i64>, rows: &mut Rows) {
        let (Some((placed, approved)), Some(order_id)) = (self.told.ordered, self.order_id()) else { return };
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
        for line in self.lines() {
            rows.order_lines.push(OrderLine {
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
            });
            let Some(came) = arrived else { continue };
            let given = self.told.delivered;
            rows.assets.push(Asset {
                person_id,
                asset_id: self.piece(&line, came.at),
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
            });
        }
    }

    fn piece(&self, line: &Line, came: Moment) -> Uuid {
        id(self.made.seed, Noun::Asset, PIECES | (self.nth as u64) << 4 | line.line as u64, came)
    }

    fn handed_over(&self, rows: &mut Rows) {
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

    fn account(&self, rows: &mut Rows) {
        let Some(accounted) = self.told.accounted else { return };
        let (person_id, award_id, case_id, office) = self.ids();
        let now = award_rounds::facts(self.made, self.told.case, accounted.at.day).sales.last().copied().unwrap_or(0);
        rows.accounts.push(Account {
            person_id,
            award_id,
            case_id,
            office,
            own_spent: self.told.own_share,
            receipts: format!("kassa çekləri № {}, {}", 10 + self.nth % 80, 11 + self.nth % 80),
            jobs_made: i16::from(self.told.jobs_promised).min(2),
            sales: now,
            finding: "əşyalar yerindədir və istifadə olunur, öz töhfəsi xərclənib".to_owned(),
            accounted_at: accounted.at.utc(),
            accounted_by: self.officer(accounted.by),
            closed_at: self.told.closed.map(|act| act.at.utc()),
            closed_by: self.told.closed.map(|act| self.officer(act.by)),
        });
    }
}
