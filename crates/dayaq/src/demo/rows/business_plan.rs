//! Business plans with their equipment, and what trainers said of them.

use crate::demo::{
    history::{CaseNo, Plan as Made, Premises},
    ids::{self, Noun},
    programme::Simulated,
};
use anyhow::Result;
use preparation::business_plan::store::{Comment, Line, Plan};
use registry::programme::sheet::Sheet;
use values::Money;

/// What cases leave of their plans.
#[derive(Default)]
pub struct Rows {
    pub plans: Vec<Plan>,
    pub lines: Vec<Line>,
    pub comments: Vec<Comment>,
}

impl Rows {
    /// Joins the rows of many cases.
    pub fn join(mut self, other: Self) -> Self {
        self.plans.extend(other.plans);
        self.lines.extend(other.lines);
        self.comments.extend(other.comments);
        self
    }
}

/// The rows of a case.
pub fn rows(made: &Simulated, case: CaseNo) -> Result<Rows> {
    let history = made.history(case);
    let (person_id, case_id) = (made.person_id(history.person).0, made.case_id(case).0);
    let office = made.setting.offices[usize::from(history.office_now)].id;
    let mut rows = Rows::default();
    for (position, plan) in history.plans.iter().enumerate() {
        let plan_id = made.plan_id(case, position).0;
        let begun = plan.commented.or(plan.submitted).map_or(made.today.at(9 * 60), |act| act.at);
        rows.plans.push(Plan {
            person_id,
            plan_id,
            case_id,
            version: plan.version.into(),
            office,
            direction: made.direction(plan.direction).to_owned(),
            answers: serde_json::to_string(&sheet(made, case, plan))?,
            items_total: plan.items_total,
            own_contribution: plan.own_contribution,
            total: plan.items_total + plan.own_contribution,
            begun_at: begun.utc(),
            submitted_at: plan.submitted.map(|act| act.at.utc()),
            submitted_by: plan.submitted.map(|act| made.officer_id(act.by).0),
        });
        if let Some(said) = plan.commented {
            rows.comments.push(Comment {
                person_id,
                plan_id,
                comment_id: ids::id(made.seed, Noun::Detail, u64::from(case) << 8 | 0x40 | position as u64, said.at),
                case_id,
                office,
                officer_id: made.officer_id(said.by).0,
                made_at: said.at.utc(),
                words: REMARKS[case as usize % REMARKS.len()].to_owned(),
            });
        }
        if plan.submitted.is_some() {
            rows.lines.extend(lines(made, plan).zip(1i16..).map(|((item, quantity, unit_price), line)| Line {
                person_id,
                plan_id,
                line,
                case_id,
                office,
                item,
                quantity,
                unit_price,
            }));
        }
    }
    Ok(rows)
}

/// What trainers say of drafts.
const REMARKS: [&str; 4] = [
    "Qiymətləri yerli bazarla tutuşdurun, ayda neçə sifariş alacağınızı yazın.",
    "Rəqibləri adbaad göstərin. Xərclərə elektrik haqqını da əlavə edin.",
    "Pul axınında ilk üç ayın satışı çox yüksəkdir, ehtiyatla hesablayın.",
    "Risklər yaxşı yazılıb. Öz töhfənizin nədən ibarət olduğunu dəqiqləşdirin.",
];

/// Item, pieces and price of one, for each line of the equipment.
fn lines<'m>(made: &'m Simulated, plan: &'m Made) -> impl Iterator<Item = (String, i16, i64)> + 'm {
    let package = &made.setting.directions[usize::from(plan.direction)].package;
    plan.items.iter().map(move |item| (package[usize::from(item.item)].code.clone(), i16::from(item.quantity), item.unit_price))
}

/// The programme's form as such a person would fill it in.
fn sheet(made: &Simulated, case: CaseNo, plan: &Made) -> Sheet {
    let mut sheet = Sheet::default();
    let equipment = lines(made, plan).enumerate().flat_map(|(row, (item, quantity, _))| {
        [(format!("equipment-{row}-item"), item), (format!("equipment-{row}-quantity"), quantity.to_string())]
    });
    let answers = [place(made, case, plan), market(), business(made, case, plan)].concat();
    let answers = answers.into_iter().map(|(name, value)| (name.to_owned(), value));
    for (name, value) in answers.chain(equipment).chain(cash_flow(plan)) {
        sheet.set(name, value);
    }
    sheet
}

fn sum(qepik: i64) -> String {
    Money::from_qepik(qepik).to_string()
}

/// Answers by the names of their fields.
type Answers = Vec<(&'static str, String)>;

/// Who they are and where they will work.
fn place(made: &Simulated, case: CaseNo, plan: &Made) -> Answers {
    let (history, person) = (made.history(case), made.person_of(case));
    let office = &made.setting.offices[usize::from(history.office_now)];
    let district = &made.setting.districts[usize::from(office.district)].name;
    let years = history.application.experience_years;
    let tenure = match history.application.premises {
        Premises::AtHome => "family",
        Premises::Owned => "own",
        Premises::Rented => "rented",
        Premises::NoneYet => "mobile",
    };
    vec![
        ("summary", format!("{}: {years} illik təcrübə ilə öz işimi qururam.", trade(made, plan))),
        ("tax_registration", "will_register".to_owned()),
        ("licence", "not_needed".to_owned()),
        ("experience_years", years.to_string()),
        ("address", format!("{district}, küç. {}, ev {}", person.street, person.house)),
        ("tenure", tenure.to_owned()),
        ("area_m2", (12 + case % 48).to_string()),
        ("power", "single_phase".to_owned()),
        ("water", "yes".to_owned()),
        ("rent", sum(plan.monthly_costs / 5)),
    ]
}

fn trade<'m>(made: &'m Simulated, plan: &Made) -> &'m str {
    let direction = made.setting.programme.direction(made.direction(plan.direction));
    direction.map_or("", |direction| direction.name.az.as_str())
}

/// To whom they will sell, beside whom, and how.
fn market() -> Answers {
    [
        ("customers", "Qonşular, məhəllə sakinləri və yaxın müəssisələr."),
        ("rivals", "Yaxınlıqda iki-üç usta var. Mən sifarişi evə çatdırıram və zəmanət verirəm."),
        ("channels", "workshop"),
        ("working_days_month", "24"),
        ("daily_capacity", "gündə iki-üç sifariş"),
        ("risks-0-risk", "sifarişlər mövsümə görə azala bilər"),
        ("risks-0-answer", "təmir və daimi müştərilərlə işləyəcəyəm"),
        ("own_work", "yes"),
        ("true_data", "yes"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// Hands, money of their own, what they make and what it costs.
fn business(made: &Simulated, case: CaseNo, plan: &Made) -> Answers {
    vec![
        ("family_workers", (case % 3).to_string()),
        ("paid_workers", "0".to_owned()),
        ("money", sum(plan.own_contribution)),
        ("in_kind", "0".to_owned()),
        ("products-0-product", trade(made, plan).to_owned()),
        ("products-0-unit", "sifariş".to_owned()),
        ("products-0-monthly_quantity", "50".to_owned()),
        ("products-0-price", sum(plan.monthly_sales / 50)),
        ("products-0-unit_cost", sum(plan.monthly_costs / 80)),
        ("start_costs-0-cost", "yerin hazırlanması".to_owned()),
        ("start_costs-0-amount", sum(plan.other_costs)),
        ("start_costs-0-source", "own".to_owned()),
    ]
}

/// Twelve months alike.
fn cash_flow(plan: &Made) -> impl Iterator<Item = (String, String)> {
    let part = |percent: i64| sum(plan.monthly_costs * percent / 100);
    let month = [
        ("sales", sum(plan.monthly_sales)),
        ("materials", part(60)),
        ("wages", sum(0)),
        ("rent_utilities", part(25)),
        ("other_costs", part(5)),
        ("tax", part(5)),
        ("social_insurance", part(5)),
        ("drawings", sum((plan.monthly_sales - plan.monthly_costs) * 3 / 4)),
    ];
    (0..12).flat_map(move |row| {
        let number = (format!("cash_flow-{row}-month"), (row + 1).to_string());
        let sums = month.clone().map(|(field, sum)| (format!("cash_flow-{row}-{field}"), sum));
        std::iter::once(number).chain(sums)
    })
}
