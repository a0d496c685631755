//! The shape that the made-up programme is drawn to: how many, when, where, who, how it ended.
//!
//! Only the demo reads these figures; results are counted from the events that the demo leaves behind.
//! Public figures are marked F; the rest is plausible and may be changed freely.

use super::day::Day;

/// Cumulative counts on a day: applications lodged, people selected, trained, equipped.
pub struct Point {
    pub day: Day,
    pub applications: f64,
    pub selected: f64,
    pub trained: f64,
    pub equipped: f64,
}

const fn point(day: Day, applications: f64, selected: f64, trained: f64, equipped: f64) -> Point {
    Point { day, applications, selected, trained, equipped }
}

/// The first day on which anybody may apply.
pub const OPENING: Day = Day::of(2020, 9, 14);
/// The Monday on which the demo opens.
pub const SEASON: Day = Day::of(2024, 9, 2);
/// Applications by `SEASON` in a demo of full size; `--people` scales against it.
pub const FULL_SIZE: f64 = 75_500.0;

/// F: equipped on every day but the first two and August 2023's round figure; selected and trained in November 2024.
pub const POINTS: [Point; 13] = [
    point(OPENING, 0.0, 0.0, 0.0, 0.0),
    point(Day::of(2020, 12, 31), 7_000.0, 1_200.0, 500.0, 100.0),
    point(Day::of(2021, 12, 31), 22_000.0, 6_500.0, 5_200.0, 900.0),
    point(Day::of(2022, 8, 31), 36_000.0, 11_500.0, 10_000.0, 5_700.0),
    point(Day::of(2022, 12, 31), 43_000.0, 14_000.0, 12_500.0, 6_574.0),
    point(Day::of(2023, 8, 1), 53_000.0, 18_000.0, 16_500.0, 9_457.0),
    point(Day::of(2024, 2, 29), 65_000.0, 22_000.0, 20_200.0, 14_000.0),
    point(Day::of(2024, 7, 29), 73_500.0, 25_500.0, 22_500.0, 15_000.0),
    point(SEASON, 75_500.0, 26_300.0, 23_200.0, 16_225.0),
    point(Day::of(2024, 11, 30), 81_000.0, 29_200.0, 27_100.0, 19_000.0),
    point(Day::of(2025, 8, 31), 91_000.0, 34_500.0, 32_200.0, 24_000.0),
    point(Day::of(2025, 12, 31), 96_000.0, 37_500.0, 35_000.0, 26_700.0),
    point(Day::of(2026, 6, 30), 104_000.0, 41_000.0, 38_300.0, 29_600.0),
];

/// Of all applications, by economic region as numbered by the decree of July 2021 (1 Bakı … 14 Şirvan–Salyan).
pub const REGION_SHARES: [f64; 15] = [0.0, 7.0, 3.0, 6.0, 6.0, 9.0, 8.0, 9.0, 8.0, 11.0, 10.0, 8.0, 8.0, 0.4, 7.0];

/// How busy a month is, January first: peaks in spring and autumn, low in summer and at Novruz.
pub const MONTH_INTENSITY: [f64; 12] = [0.85, 1.25, 1.05, 1.25, 1.0, 0.9, 0.6, 0.6, 1.25, 1.3, 1.2, 0.9];
/// From the war's first day to its last almost nobody applied.
pub const WAR: (Day, Day) = (Day::of(2020, 9, 27), Day::of(2020, 11, 10));
pub const WAR_INTENSITY: f64 = 0.06;
/// Courses are held online before this day.
pub const CLASSROOMS_OPEN: Day = Day::of(2021, 7, 1);

/// A direction's weight, women per cent, cost in AZN thousand, in business after 24 months per cent.
pub struct DirectionShape {
    pub code: &'static str,
    pub share: f64,
    pub women: f64,
    pub cost: f64,
    pub survival: f64,
}

const fn direction(code: &'static str, share: f64, women: f64, cost: f64, survival: f64) -> DirectionShape {
    DirectionShape { code, share, women, cost, survival }
}

/// What is drawn for directions that the table below does not name.
pub const OTHER_DIRECTION: DirectionShape = direction("", 1.0, 20.0, 4.2, 70.0);

pub const DIRECTIONS: [DirectionShape; 26] = [
    direction("TAILOR", 10.0, 85.0, 3.6, 70.0),
    direction("BEAUTICIAN", 9.0, 97.0, 3.6, 78.0),
    direction("BARBER", 7.5, 3.0, 3.2, 82.0),
    direction("WELDER", 7.0, 1.0, 4.2, 76.0),
    direction("CAR_MECHANIC", 7.0, 1.0, 5.2, 78.0),
    direction("CABINET_MAKER", 6.5, 3.0, 5.6, 74.0),
    direction("CONFECTIONER", 6.0, 78.0, 4.6, 70.0),
    direction("BAKER", 5.0, 45.0, 5.8, 74.0),
    direction("CARPENTER", 5.0, 2.0, 4.8, 73.0),
    direction("CATERER", 5.0, 48.0, 5.4, 63.0),
    direction("TYRE_FITTER", 4.0, 1.0, 4.6, 79.0),
    direction("PHONE_COMPUTER_REPAIR", 4.0, 8.0, 3.6, 72.0),
    direction("PHOTOGRAPHER", 3.5, 22.0, 5.0, 60.0),
    direction("WINDOW_MAKER", 2.5, 2.0, 5.9, 72.0),
    direction("CARPET_WEAVER", 2.0, 95.0, 3.2, 66.0),
    direction("DAIRY_MAKER", 2.0, 55.0, 5.5, 70.0),
    direction("APPLIANCE_REPAIR", 2.0, 2.0, 3.4, 71.0),
    direction("PLUMBER", 2.0, 1.0, 3.0, 74.0),
    direction("FRUIT_PROCESSOR", 1.5, 60.0, 5.6, 68.0),
    direction("ELECTRICIAN", 1.5, 1.0, 3.1, 76.0),
    direction("SHOEMAKER", 1.2, 10.0, 3.4, 70.0),
    direction("WOOD_CARVER", 1.2, 15.0, 3.5, 64.0),
    direction("MILLER", 1.0, 5.0, 6.0, 73.0),
    direction("BLACKSMITH", 1.0, 1.0, 4.4, 72.0),
    direction("POTTER", 1.0, 40.0, 3.3, 62.0),
    direction("CAR_LUBRICATION", 1.0, 1.0, 4.5, 75.0),
];

/// Share of women among new applicants, by day.
pub const WOMEN: [(Day, f64); 5] = [
    (OPENING, 0.27),
    (Day::of(2021, 12, 31), 0.28),
    (Day::of(2022, 6, 1), 0.37),
    (Day::of(2024, 6, 30), 0.40),
    (Day::of(2025, 12, 31), 0.43),
];
/// Share of people under thirty among new applicants, by day.
pub const UNDER_THIRTY: [(Day, f64); 3] = [(OPENING, 0.31), (Day::of(2022, 12, 31), 0.29), (Day::of(2024, 1, 1), 0.20)];

/// How often each group is met among applicants; priority then raises it among the equipped.
pub mod groups {
    pub const LONG_UNEMPLOYED: f64 = 0.158;
    pub const ASSISTANCE: f64 = 0.163;
    pub const DISABILITY: f64 = 0.078;
    pub const MARTYR_FAMILY: f64 = 0.018;
    pub const RELEASED: f64 = 0.0095;
    pub const WAR_PARTICIPANT: f64 = 0.12;
    /// Of applicants in the towns where displaced people live.
    pub const DISPLACED_IN_TOWNS: f64 = 0.45;
    /// Jobseekers with a land share, of all applicants outside Baku and in the two offices near the cap.
    pub const LANDHOLDER: f64 = 0.13;
    pub const LANDHOLDER_NEAR_CAP: f64 = 0.40;
}

/// Primary, secondary, vocational, higher.
pub const EDUCATION: [f64; 4] = [8.0, 60.0, 20.0, 12.0];
pub const DUPLICATES: f64 = 0.01;
pub const FIN_MISSING: f64 = 0.02;
pub const PHONE_MISSING: f64 = 0.05;

/// Probabilities of outcomes.
pub mod outcome {
    pub const INELIGIBLE: f64 = 0.12;
    pub const OFFER_REFUSED: f64 = 0.075;
    pub const DROPPED: f64 = 0.04;
    pub const FAILED: f64 = 0.02;
    pub const REPEATS: f64 = 0.80;
    pub const PLAN_SUBMITTED: f64 = 0.95;
    /// Of plans submitted: approved at first, approved after a revision, the rest refused.
    pub const APPROVED_AT_ONCE: f64 = 0.72;
    pub const APPROVED_AFTER_REVISION: f64 = 0.16;
    pub const RATED_MODERATE: f64 = 0.095;
    pub const RATED_STOPPED: f64 = 0.005;
    pub const FAULTY: f64 = 0.025;
    pub const FAULTY_AT_WORST_SUPPLIERS: f64 = 0.09;
    pub const LATE: f64 = 0.12;
    pub const VISIT_ON_TIME: f64 = 0.90;
    pub const VISIT_UNREACHABLE: f64 = 0.04;
    pub const PHOTO_REUSED: f64 = 0.003;
    pub const UNREACHABLE_AT_24: f64 = 0.05;
    pub const EXTENDED: f64 = 0.05;
    pub const GOODS_GRIEVANCES: f64 = 0.01;
    pub const SELECTION_GRIEVANCES: f64 = 0.005;
    pub const BY_HOTLINE: f64 = 0.45;
    pub const ANONYMOUS: f64 = 0.08;
    pub const GRIEVANCE_ON_TIME: f64 = 0.91;
    pub const ESCALATED: f64 = 0.06;
    pub const APPEALED: f64 = 0.03;
    pub const APPEAL_CHANGED: f64 = 0.18;
}

/// Median days of the stages, log-normal.
pub mod delay {
    pub const DECISION: f64 = 8.0;
    pub const PLAN: f64 = 14.0;
    pub const CONTRACT: f64 = 12.0;
}

/// A round of incentive awards: opens, closes, decides; applications and awards in a full programme.
pub struct Round {
    pub opens: Day,
    pub closes: Day,
    pub decides: Day,
    pub applied: f64,
    pub won: f64,
    /// Decides as applications are scored; then its first sitting is on this day.
    pub first_sitting: Option<Day>,
    pub title: &'static str,
}

pub const AWARD_ROUNDS: [Round; 3] = [
    Round {
        opens: Day::of(2023, 4, 3),
        closes: Day::of(2023, 6, 30),
        decides: Day::of(2023, 8, 18),
        applied: 900.0,
        won: 300.0,
        first_sitting: None,
        title: "Birinci dövrə",
    },
    Round {
        opens: Day::of(2024, 7, 15),
        closes: Day::of(2024, 10, 31),
        decides: Day::of(2024, 12, 19),
        applied: 1_200.0,
        won: 400.0,
        first_sitting: Some(Day::of(2024, 8, 9)),
        title: "İkinci dövrə",
    },
    Round {
        opens: Day::of(2025, 9, 15),
        closes: Day::of(2025, 12, 12),
        decides: Day::of(2026, 2, 19),
        applied: 1_300.0,
        won: 420.0,
        first_sitting: None,
        title: "Üçüncü dövrə",
    },
];
/// Asked for in an award, in qəpik, and the least share of one's own.
pub const AWARD_AMOUNTS: (i32, i32) = (300_000, 800_000);
pub const AWARD_OWN_SHARE: f64 = 0.15;

/// Cumulative hazard of a business ending, by months since receipt. With those that never start and what experience
/// does, 93, 85 and 73 % are left after 6, 12 and 24.
pub const ENDING_HAZARD: [(f64, f64); 5] = [(0.0, 0.0), (6.0, 0.050), (12.0, 0.132), (24.0, 0.280), (72.0, 0.75)];
/// Monthly sales, median, in qəpik.
pub const SALES_MEDIAN: f64 = 90_000.0;
/// Mean of the scores out of 100.
pub const SCORE_MEAN: f64 = 66.0;
/// Third scorer when two scores differ by more.
pub const SCORE_GAP: i32 = 20;

/// A value between dated points, straight between them and level outside.
pub fn on(points: &[(Day, f64)], day: Day) -> f64 {
    let after = points.partition_point(|(when, _)| *when <= day);
    match (after.checked_sub(1).map(|at| points[at]), points.get(after).copied()) {
        (Some((from, low)), Some((to, high))) => low + (high - low) * f64::from(day.since(from)) / f64::from(to.since(from)),
        (Some((_, value)), None) | (None, Some((_, value))) => value,
        (None, None) => 0.0,
    }
}
