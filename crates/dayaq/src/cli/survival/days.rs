//! Which days of a curve are named: in tables, and on the axis.

/// The days at which tables are read off: months of the programme's visits, or quarters of what is shorter.
pub fn marks(longest: i64) -> Vec<(i64, String)> {
    let months = [6, 12, 18, 24, 36, 48, 60].into_iter().map(|months| (day(months), format!("{months} months")));
    let marks: Vec<(i64, String)> = months.filter(|(day, _)| *day <= longest).collect();
    if marks.len() >= 2 {
        return marks;
    }
    let step = (longest as u64).div_ceil(4).max(1) as i64;
    (1..=4).map(|at| at * step).filter(|day| *day <= longest).map(|day| (day, format!("day {day}"))).collect()
}

/// Names for the axis: its two ends first, then round days, months or years between, about eight at most.
pub fn places(longest: i64) -> Vec<(f64, String)> {
    let mut places = vec![(0.0, "0".to_owned()), (longest as f64, format!("day {longest}"))];
    if longest < 2 * day(6) {
        let step = round(longest as f64 / 6.0).max(1.0);
        let days = (1..).map(|at| at as f64 * step).take_while(|day| *day < longest as f64);
        places.extend(days.map(|day| (day, format!("day {day}"))));
        return places;
    }
    let months = longest as f64 / MONTH;
    let step = [6, 12, 24, 36, 60].into_iter().find(|step| months / *step as f64 <= 8.0);
    let step = step.unwrap_or_else(|| 12 * round(months / 12.0 / 8.0) as i64);
    for at in (1..).map(|at| at * step).take_while(|at| day(*at) < longest) {
        let name = if step % 60 == 0 { format!("{} years", at / 12) } else { format!("{at} months") };
        places.push((day(at) as f64, name));
    }
    places
}

const MONTH: f64 = 365.25 / 12.0;

/// The day on which so many months are over: 183, 365, 548, 730.
fn day(months: i64) -> i64 {
    (months as f64 * MONTH - 0.01).round() as i64
}

/// The next number of 1, 2 or 5 with zeros.
fn round(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|times| times * power).find(|step| *step >= least).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_those_of_the_visits_or_reach_to_the_end_of_what_is_shorter() {
        let days = |longest| marks(longest).into_iter().map(|(day, _)| day).collect::<Vec<_>>();
        assert_eq!(days(4_000), [183, 365, 548, 730, 1_096, 1_461, 1_826]);
        assert_eq!(days(6), [2, 4, 6]);
        assert_eq!(days(1), [1]);
        assert_eq!(days(200), [50, 100, 150, 200]);
    }

    #[test]
    fn an_axis_has_a_few_round_names_however_long_it_is() {
        let names = |longest| places(longest).into_iter().skip(2).map(|(_, name)| name).collect::<Vec<_>>().join(", ");
        assert_eq!(names(5), "day 1, day 2, day 3, day 4");
        assert_eq!(names(250), "day 50, day 100, day 150, day 200");
        assert_eq!(names(800), "6 months, 12 months, 18 months, 24 months");
        assert_eq!(names(2_000), "12 months, 24 months, 36 months, 48 months, 60 months");
        assert_eq!(names(7_300), "36 months, 72 months, 108 months, 144 months, 180 months, 216 months");
        assert_eq!(names(20_000), "10 years, 20 years, 30 years, 40 years, 50 years");
        for longest in [1, 2, 365, 366, 3_652_058, 1 << 53] {
            assert!((2..=10).contains(&places(longest).len()), "{longest}: {:?}", places(longest));
        }
    }
}
