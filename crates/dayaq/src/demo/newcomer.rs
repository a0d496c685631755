//! Making up a person who comes to an office on a day, with the links that life has: assistance with children,
//! disability with age, women with long unemployment, sex with the work wished for.

use super::day::{Day, Moment};
use super::draw::Draw;
use super::history::{DirectionNo, OfficeNo, OfficerNo, PersonNo};
use super::people::{Education, Groups, Marital, Person};
use super::places::{DISPLACED_ORIGINS, DISPLACED_TOWNS};
use super::setting::Setting;
use super::{names, shape};

/// What is known before the person is made up.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    pub number: PersonNo,
    pub office: OfficeNo,
    pub registered: Moment,
    pub by: OfficerNo,
}

/// A person from nothing but the stream and the arrival.
pub fn make(setting: &Setting, seed: u64, draw: &mut Draw, arrival: Arrival) -> Person {
    let day = arrival.registered.day;
    let office = &setting.offices[usize::from(arrival.office)];
    let female = draw.chance(shape::on(&shape::WOMEN, day));
    let name = names::make(draw, female);
    let born = not_a_pensioner(setting, birth(draw, day), female, day);
    let age = f64::from(day.years_since(born));
    let home = household(draw, age, female);
    let land_ares = if draw.chance(office.landholders) { draw.between(20, 250) as u16 } else { 0 };
    let groups = groups(draw, &Basis { setting, office: arrival.office, day, born, age, female, children: home.children });
    let origin = groups.has(Groups::FORMER_DISPLACED).then(|| origin(draw, setting));
    let wish = direction(draw, setting, female, day);
    let disabled = groups.has(Groups::DISABILITY);
    Person {
        given: name.given,
        father: name.father,
        surname: name.surname,
        female,
        born,
        fin: (!draw.chance(shape::FIN_MISSING)).then(|| fin(seed, arrival.number)),
        phone: (!draw.chance(shape::PHONE_MISSING)).then(|| phone(draw)),
        document: draw.between(1_000_000, 9_999_999) as u32,
        registered: arrival.registered,
        registered_by: arrival.by,
        office: arrival.office,
        district: office.district,
        street: draw.between(1, 320) as u16,
        house: draw.between(1, 120) as u8,
        origin,
        groups,
        disability_percent: if disabled { [31, 41, 51, 61, 71, 81][draw.below(6)] } else { 0 },
        wheelchair: disabled && draw.chance(0.06),
        unemployed_since: unemployed_since(draw, groups, day),
        insured_until: draw.chance(0.03).then(|| day.plus(-draw.between(20, 400))),
        land_ares,
        education: [Education::Primary, Education::Secondary, Education::Vocational, Education::Higher]
            [draw.weighted(shape::EDUCATION.into_iter())],
        marital: home.marital,
        household: home.members,
        children: home.children,
        income_per_head: income(draw, groups),
        wish,
        experience_years: (draw.exponential() * 3.2).min((age - 17.0).clamp(0.0, 30.0)) as u8,
        duplicate_of: None,
        cast: false,
    }
}

/// A code that no other number of the same seed has: a walk through all 34⁷ codes by a stride prime to their count.
fn fin(seed: u64, number: PersonNo) -> [u8; 7] {
    const LETTERS: &[u8; 34] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const CODES: u128 = 34_u128.pow(7);
    let start = u128::from(Draw::new(seed, 0x0F11, 0).bits());
    let mut code = ((u128::from(number) * 7_654_321_987 + start) % CODES) as u64;
    std::array::from_fn(|_| {
        let letter = LETTERS[(code % 34) as usize];
        code /= 34;
        letter
    })
}

fn phone(draw: &mut Draw) -> u32 {
    let operator = [50, 51, 55, 70, 77, 99, 10][draw.below(7)];
    operator * 10_000_000 + draw.between(2_000_000, 9_999_999) as u32
}

/// 18 to 64, median 36, with a share under thirty that falls over the years.
fn birth(draw: &mut Draw, day: Day) -> Day {
    let years = if draw.chance(shape::on(&shape::UNDER_THIRTY, day)) {
        18.0 + 12.0 * draw.unit().sqrt()
    } else {
        30.0 + 35.0 * (1.0 - draw.unit()).powf(2.1)
    };
    day.plus(-(years * 365.25) as i32)
}

/// Somebody at the door of pension age is made younger: a pensioner is not unemployed.
fn not_a_pensioner(setting: &Setting, born: Day, female: bool, day: Day) -> Day {
    match setting.pension_on(born, female) {
        Some(pension) if pension < day.plus(LEAST_TO_PENSION) => born.plus_months(36),
        _ => born,
    }
}

/// Days to pension age that the oldest newcomers still have.
const LEAST_TO_PENSION: i32 = 90;

struct Home {
    members: u8,
    children: u8,
    marital: Marital,
}

/// Mean size 4.4, parents and children of the person counted alike.
fn household(draw: &mut Draw, age: f64, female: bool) -> Home {
    let marital = match draw.unit() {
        u if u < (0.95 - age / 38.0).max(0.12) => Marital::Single,
        u if u < 0.90 => Marital::Married,
        u if u < 0.96 || !female => Marital::Divorced,
        _ => Marital::Widowed,
    };
    let alone = marital == Marital::Single;
    let children = if alone || age > 58.0 { 0 } else { draw.weighted([14.0, 24.0, 34.0, 18.0, 7.0, 2.5, 0.5].into_iter()) as u8 };
    let others = 1 + draw.weighted([18.0, 34.0, 28.0, 14.0, 6.0].into_iter()) as u8 + u8::from(alone);
    Home { members: 1 + children + others.saturating_sub(u8::from(children > 3)), children, marital }
}

struct Basis<'a> {
    setting: &'a Setting,
    office: OfficeNo,
    day: Day,
    born: Day,
    age: f64,
    female: bool,
    children: u8,
}

fn groups(draw: &mut Draw, basis: &Basis<'_>) -> Groups {
    use shape::groups as share;
    let mut groups = Groups::default();
    let office = &basis.setting.offices[usize::from(basis.office)];
    let town = basis.setting.districts[usize::from(office.district)].code.as_str();
    // Some lives carry several burdens: a common factor ties the groups together.
    let burden = 0.55 + 0.9 * draw.unit();
    let mut add = |group: Groups, probability: f64| {
        if draw.chance(probability) {
            groups.add(group);
        }
    };
    add(Groups::LONG_UNEMPLOYED, share::LONG_UNEMPLOYED * burden * if basis.female { 1.45 } else { 0.82 });
    add(Groups::ASSISTANCE, share::ASSISTANCE * burden * (0.5 + 0.36 * f64::from(basis.children)));
    add(Groups::DISABILITY, share::DISABILITY * burden * (basis.age / 38.0).powf(1.5));
    add(Groups::MARTYR_FAMILY, share::MARTYR_FAMILY);
    add(Groups::RELEASED, share::RELEASED * burden * if basis.female { 0.2 } else { 1.35 });
    let served = !basis.female && (20.0..56.0).contains(&basis.age) && basis.day > shape::WAR.0;
    add(Groups::WAR_PARTICIPANT, if served { share::WAR_PARTICIPANT * 1.5 } else { share::WAR_PARTICIPANT * 0.05 });
    let displaced = DISPLACED_TOWNS.contains(&town);
    add(Groups::FORMER_DISPLACED, if displaced { share::DISPLACED_IN_TOWNS } else { 0.0 });
    if near_pension(basis.born, basis.female, basis.day) {
        groups.add(Groups::NEAR_PENSION);
    }
    if basis.children >= 5 {
        groups.add(Groups::MANY_CHILDREN);
    }
    groups
}

/// Less than two years to pension age: men 65; women 62 from July 2020 and six months more each 1 July, up to 65.
pub fn near_pension(born: Day, female: bool, day: Day) -> bool {
    let months = if female {
        let date = day.date();
        let rises = (date.years_since(Day::of(2020, 7, 1).date())).unwrap_or(0).min(6);
        62 * 12 + 6 * rises
    } else {
        65 * 12
    };
    let pension = born.plus_months(months);
    day < pension && pension.since(day) < 730
}

fn origin(draw: &mut Draw, setting: &Setting) -> u8 {
    let code = DISPLACED_ORIGINS[draw.below(DISPLACED_ORIGINS.len())];
    setting.districts.iter().position(|d| d.code == code).unwrap_or(0) as u8
}

/// A direction on offer, by its share within the person's sex.
pub fn direction(draw: &mut Draw, setting: &Setting, female: bool, day: Day) -> DirectionNo {
    let weights = setting.directions.iter().zip(0..).map(|(d, number)| {
        let of_sex = if female { d.women } else { 1.0 - d.women };
        if setting.is_chosen(number, day) { d.share * of_sex } else { 0.0 }
    });
    draw.weighted(weights) as DirectionNo
}

fn unemployed_since(draw: &mut Draw, groups: Groups, day: Day) -> Day {
    if groups.has(Groups::LONG_UNEMPLOYED) {
        day.plus(-(370 + (draw.exponential() * 420.0).min(1_400.0) as i32))
    } else {
        day.plus(-(5 + (draw.unit().powf(1.6) * 350.0) as i32))
    }
}

/// In qəpik a month for each member; lower with assistance.
fn income(draw: &mut Draw, groups: Groups) -> i64 {
    let median = if groups.has(Groups::ASSISTANCE) { 12_500.0 } else { 21_000.0 };
    (draw.log_normal(median, 0.35) / 100.0).round() as i64 * 100
}
