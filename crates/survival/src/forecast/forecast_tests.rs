use super::{Forecast, Options, Outlook, Refusal, forecast};
use crate::read::events::{self, Events, Vocabulary};
use chrono::{Days, NaiveDate};
use std::io::Cursor;

fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 1, 1).expect("a date") + Days::new(after)
}

/// Three new people a day; each stage takes 40 days and every tenth leaves from it.
fn steady(days: u32) -> Vec<(u32, Option<usize>, NaiveDate)> {
    let mut events = Vec::new();
    for case in 0..days * 3 {
        for stage in 0..5 {
            let on = u64::from(case / 3) + 40 * stage as u64 + u64::from(case * 7 % 11);
            if (case + stage as u32).is_multiple_of(10) && stage > 0 {
                events.push((case, None, day(on)));
                break;
            }
            events.push((case, Some(stage), day(on)));
        }
    }
    events
}

const STAGES: [&str; 5] = ["applied", "selected", "trained", "approved", "equipped"];

fn options() -> Options {
    Options { futures: 120, ..Options::default() }
}

fn foretold(events: &Events) -> Forecast {
    forecast(events, day(500), day(700), &options()).expect("there is a forecast")
}

#[test]
fn a_steady_programme_goes_on_steadily() {
    let events = Events::new(&STAGES, steady(900));
    for (stage, found) in foretold(&events).stages.iter().enumerate() {
        let came = events.reached(stage).iter().filter(|on| **on <= day(700)).count() as f64;
        let end = found.end();
        assert!((end.median / came - 1.0).abs() < 0.08, "{}: {} foretold, {came} came", found.name, end.median);
        assert!(end.low_95 <= came && came <= end.high_95, "{}: {end:?}, {came} came", found.name);
        assert_eq!(end.on, day(700));
    }
}

#[test]
fn bands_widen_hold_the_median_and_never_fall_below_what_is_known() {
    for stage in &foretold(&Events::new(&STAGES, steady(600))).stages {
        let mut before = stage.reached as f64;
        for b in &stage.ahead {
            let counts = [stage.reached as f64, b.low_95, b.low_80, b.low_50, b.median, b.high_50, b.high_80, b.high_95];
            assert!(counts.is_sorted(), "{counts:?}");
            assert!(b.median >= before, "{} falls", stage.name);
            before = b.median;
        }
    }
}

#[test]
fn the_chance_of_a_count_falls_from_certainty_to_none_and_is_even_at_the_median() {
    for stage in &foretold(&Events::new(&STAGES, steady(600))).stages {
        let end = stage.end();
        assert_eq!(stage.ends.len(), 120);
        assert_eq!((stage.chance_of(stage.reached as f64), stage.chance_of(end.high_95 + 1e6)), (1.0, 0.0), "{}", stage.name);
        assert!((stage.chance_of(end.median.round()) - 0.5).abs() < 0.1, "{}: {end:?}", stage.name);
        assert!(stage.chance_of(end.low_80.floor()) >= 0.9 && stage.chance_of(end.high_80.ceil() + 1.0) <= 0.1, "{}", stage.name);
    }
}

#[test]
fn what_came_after_the_day_of_knowing_is_not_looked_at() {
    let known = steady(900).into_iter().filter(|(_, _, on)| *on <= day(500));
    assert_eq!(foretold(&Events::new(&STAGES, known)), foretold(&Events::new(&STAGES, steady(900))));
}

#[test]
fn a_stage_that_is_reached_only_later_is_not_known_before() {
    let known: Vec<_> = steady(900).into_iter().filter(|(_, stage, on)| *stage != Some(1) && *on <= day(500)).collect();
    let mut all = known.clone();
    all.push((99_999, Some(1), day(501)));
    let [known, all] = [known, all].map(|events| foretold(&read(&csv(&events, |case| case.to_string()))));
    assert_eq!(
        known.stages.iter().map(|stage| stage.name.as_str()).collect::<Vec<_>>(),
        ["applied", "trained", "approved", "equipped"]
    );
    assert_eq!(known, all);
}

#[test]
fn a_programme_twenty_times_as_large_is_no_less_sure() {
    let small = steady(600);
    let large =
        small.iter().flat_map(|(case, stage, on)| (0..20).map(move |copy| (case * 20 + copy, *stage, *on))).collect::<Vec<_>>();
    let [small, large] = [small, large].map(|events| foretold(&Events::new(&STAGES, events)));
    for (small, large) in small.stages.iter().zip(&large.stages) {
        let width = |of: &super::StageForecast| (of.end().high_80 - of.end().low_80) / (of.end().median - of.reached as f64);
        assert!(width(large) < 1.2 * width(small), "{}: {} and {}", small.name, width(small), width(large));
    }
}

#[test]
fn a_mistyped_year_is_named_or_moves_little() {
    let plain = foretold(&Events::new(&STAGES, steady(600)));
    let with = |year: i32| {
        let stray = NaiveDate::from_ymd_opt(year, 3, 1).expect("a date");
        let events = Events::new(&STAGES, steady(600).into_iter().chain([(99_999, Some(0), stray)]));
        forecast(&events, day(500), day(700), &options())
    };
    for (plain, strayed) in plain.stages.iter().zip(&with(2009).expect("a forecast").stages) {
        let (plain, strayed) = (plain.end(), strayed.end());
        assert!((strayed.median / plain.median - 1.0).abs() < 0.03, "{plain:?} and {strayed:?}");
        assert!((strayed.high_95 / plain.high_95 - 1.0).abs() < 0.05, "{plain:?} and {strayed:?}");
    }
    let told = with(201).expect_err("refused").to_string();
    assert_eq!(told, "the first event is of 0201-03-01, more than 30 years before 2022-05-16: its year may be mistyped");
}

#[test]
fn a_day_more_or_less_does_not_move_a_young_programme_much() {
    let events = Events::new(&STAGES, steady(300));
    for known in 85..125 {
        let applied = &forecast(&events, day(known), day(known + 90), &options()).expect("a forecast").stages[0];
        let (came, end) = (3.0 * (known as f64 + 91.0), applied.end());
        assert!((end.median / came - 1.0).abs() < 0.1, "as of day {known}: {} foretold, {came} came", end.median);
        assert!(end.high_95 < came * 1.6, "as of day {known}: {end:?}");
    }
}

fn csv(events: &[(u32, Option<usize>, NaiveDate)], id: impl Fn(u32) -> String) -> String {
    let row = |(case, stage, on): &(u32, Option<usize>, NaiveDate)| {
        format!("{},{},{on}\n", id(*case), stage.map_or("dropped_out", |stage| STAGES[stage]))
    };
    std::iter::once("case_id,event,date\n".to_owned()).chain(events.iter().map(row)).collect()
}

fn read(text: &str) -> Events {
    events::read(Cursor::new(text.as_bytes().to_vec()), &Vocabulary::default()).expect("it reads")
}

#[test]
fn the_order_of_rows_repeated_rows_and_other_ids_change_nothing() {
    let mut events = steady(560);
    let plain = foretold(&read(&csv(&events, |case| case.to_string())));
    assert_eq!(foretold(&read(&csv(&events, |case| format!("X-{}", 90_000 - case)))), plain, "other ids");
    let twice: Vec<_> = events.iter().chain(&events).copied().collect();
    assert_eq!(foretold(&read(&csv(&twice, |case| case.to_string()))), plain, "each row twice");
    events.sort_by_key(|(case, _, on)| (case.wrapping_mul(2_654_435_761), *on));
    events.reverse();
    assert_eq!(foretold(&read(&csv(&events, |case| case.to_string()))), plain, "another order");
}

#[test]
fn one_seed_gives_one_forecast_and_another_seed_nearly_the_same() {
    let events = Events::new(&STAGES, steady(600));
    assert_eq!(foretold(&events), foretold(&events));
    let other = forecast(&events, day(500), day(700), &Options { seed: 2, ..options() }).expect("a forecast");
    let (one, two) = (foretold(&events).stages[4].end().median, other.stages[4].end().median);
    assert!(one != two && (one / two - 1.0).abs() < 0.05, "{one} and {two}");
}

#[test]
fn a_known_last_call_and_a_known_capacity_hold() {
    let events = Events::new(&STAGES, steady(600));
    let closed = forecast(&events, day(500), day(700), &Options { last_application: Some(day(500)), ..options() });
    let applied = &closed.expect("a forecast").stages[0];
    assert_eq!(applied.end().high_95, applied.reached as f64, "nobody applies after the last call");
    let held = Options { capacity: vec![("trained".to_owned(), 10.0)], ..options() };
    let trained = &forecast(&events, day(500), day(700), &held).expect("a forecast").stages[2];
    assert!(trained.end().high_95 <= trained.reached as f64 + 10.0 * 200.0 / 30.4375 + 1.0, "{:?}", trained.end());
}

#[test]
fn levers_that_speed_up_or_keep_people_add_people() {
    let events = Events::new(&STAGES, steady(600));
    let outlook = Outlook::learn(&events, day(500), day(900), &options()).expect("an outlook");
    let levers = outlook.levers();
    assert_eq!(levers.len(), 9);
    assert!(levers.is_sorted_by(|one, other| one.more >= other.more));
    assert!(levers.iter().all(|lever| lever.more >= 0.0), "{levers:?}");
    assert!(levers[0].more > 50.0, "the strongest moves something: {levers:?}");
}

#[test]
fn delays_count_those_who_still_wait() {
    let found = foretold(&Events::new(&STAGES, steady(900)));
    let onward = found.stages[0].onward.expect("applied is left");
    assert!((38..=52).contains(&onward.median_days.expect("half go on")), "{onward:?}");
    assert!((onward.goes_on - 0.9).abs() < 0.03 && (onward.leaves - 0.1).abs() < 0.03, "{onward:?}");
    assert!(found.stages[4].onward.is_none());
}

#[test]
fn what_cannot_be_foretold_is_refused_in_words() {
    let events = Events::new(&STAGES, steady(100));
    let refused = |as_of, until, options: &Options| forecast(&events, as_of, until, options).expect_err("refused").to_string();
    assert_eq!(refused(day(50), day(50), &options()), "2021-02-20 is not after 2021-02-20");
    let early = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date");
    assert_eq!(refused(early, day(50), &options()), "nothing had happened by 2020-01-01: the first event is of 2021-01-01");
    let no_stage = Options { capacity: vec![("baked".to_owned(), 1.0)], ..options() };
    assert!(refused(day(50), day(90), &no_stage).starts_with("there is no stage baked"));
    assert_eq!(forecast(&Events::new(&STAGES, []), day(1), day(2), &options()), Err(Refusal::NoEvents));
}

/// A programme of one day, of one person, of one stage, and one in which nobody has gone on.
#[test]
fn little_is_known_but_bands_stay_finite() {
    for (events, as_of) in [
        (vec![(1, Some(0), day(0))], day(0)),
        (vec![(1, Some(0), day(0)), (2, Some(4), day(3))], day(30)),
        ((0..500).map(|case| (case, Some(0), day(u64::from(case) / 4))).collect(), day(125)),
    ] {
        let found = forecast(&Events::new(&STAGES, events), as_of, as_of + Days::new(900), &options()).expect("a forecast");
        for stage in &found.stages {
            assert!(stage.ahead.iter().all(|b| b.high_95.is_finite() && b.low_95 >= 0.0), "{stage:?}");
        }
    }
}
