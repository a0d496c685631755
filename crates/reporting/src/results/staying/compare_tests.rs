use super::{
    business::{Business, End, Fate},
    compare::{By, Comparison, FEWEST, compare},
};

fn business(days: i64, fate: Fate, sex: &str, groups: &[&str]) -> Business {
    let groups = groups.iter().map(|&group| group.into()).collect();
    Business { days, fate, codes: [vec![sex.into()], groups, vec!["R1".into()], vec!["BAKER".into()]] }
}

/// Twenty women of whom four ended, and twenty men of whom ten did; the others were seen 800 days after receipt.
fn forty() -> Vec<Business> {
    let ends = [(100, End::Closed), (200, End::Sold), (400, End::FoundWork), (500, End::Recovered)];
    let women = (0..20).map(|nth| match ends.get(nth) {
        Some((days, end)) => business(*days, Fate::Over(*end), "F", &["LONG"]),
        None => business(800, Fate::Staying, "F", &["LONG", "TSA"]),
    });
    let men = (0..20).map(|nth| match nth {
        0..10 => business(60 * (nth + 1), Fate::Over(End::Closed), "M", &["TSA"]),
        10 => business(300, Fate::Unreachable, "M", &["TSA"]),
        11 => business(350, Fate::Over(End::Died), "M", &["TSA"]),
        _ => business(800, Fate::Staying, "M", &["TSA"]),
    });
    women.chain(men).collect()
}

fn compared(businesses: &[Business], by: By) -> Comparison {
    compare(businesses, by).expect("enough to compare")
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[test]
fn shares_are_those_of_the_product_limit_by_hand() {
    let found = compared(&forty(), By::Sex);
    let women = found.groups.iter().find(|group| group.code == "F").expect("women");
    assert_eq!((women.watched, women.ended, women.unreachable, women.died), (20, 4, 0, 0));
    let marks: Vec<(usize, f64)> = women.marks.iter().flatten().map(|mark| (mark.at_risk, rounded(mark.estimate))).collect();
    assert_eq!(marks, [(19, 0.95), (18, 0.9), (16, 0.8)]);
    // Of 730 days: sixteen in business all of them, the others 100, 200, 400 and 500.
    assert_eq!(women.mean.map(|mean| rounded(mean.days)), Some(rounded((16.0 * 730.0 + 1_200.0) / 20.0)));

    let men = found.groups.iter().find(|group| group.code == "M").expect("men");
    assert_eq!((men.watched, men.ended, men.unreachable, men.died), (20, 10, 1, 1));
    // Ends on 60, 120, 180 of 20; on 240 and 300 of 17; then one unreachable and one dead leave 13 for 360.
    let half_year = 17.0 / 20.0;
    let year = half_year * 15.0 / 17.0 * 12.0 / 13.0;
    assert_eq!(men.marks[0].map(|mark| (mark.at_risk, rounded(mark.estimate))), Some((17, rounded(half_year))));
    assert_eq!(men.marks[1].map(|mark| (mark.at_risk, rounded(mark.estimate))), Some((12, rounded(year))));
    // Eight are left of whom to tell at 24 months: too few.
    assert_eq!((men.marks[2], men.mean, men.until), (None, None, 540));
}

#[test]
fn groups_that_part_are_told_from_such_as_chance_could_part() {
    let p = compared(&forty(), By::Sex).p.expect("two groups");
    assert!((0.01..0.05).contains(&p), "{p}");
    let mut alike = forty();
    alike.iter_mut().enumerate().for_each(|(nth, one)| one.codes[0] = vec![if nth % 2 == 0 { "F" } else { "M" }.into()]);
    assert!(compared(&alike, By::Sex).p.expect("two groups") > 0.3);
    assert_eq!(compared(&forty(), By::Region).p, None, "one region is compared with nothing");
}

#[test]
fn overlapping_groups_are_each_compared_with_everybody_else() {
    let found = compared(&forty(), By::Group);
    assert_eq!((found.p, found.groups.len()), (None, 2));
    let counts: Vec<(&str, usize)> = found.groups.iter().map(|group| (group.code.as_str(), group.watched)).collect();
    assert_eq!(counts, [("TSA", 36), ("LONG", 20)]);
    // Who draws no assistance ended, all of them.
    assert!(found.groups[0].p.expect("against the others") < 0.001);
}

#[test]
fn a_small_group_is_told_only_together_with_others() {
    let mut some = forty();
    for one in &mut some[..6] {
        one.codes[2] = vec!["R2".into()];
    }
    for one in &mut some[6..18] {
        one.codes[2] = vec!["R3".into()];
    }
    // Six alone could be found out by taking away, so the next smallest goes with them.
    let found = compared(&some, By::Region);
    assert_eq!(found.groups.iter().map(|group| group.code.as_str()).collect::<Vec<_>>(), ["R1"]);
    assert_eq!((found.small, found.rest.as_ref().map(|rest| rest.watched)), (2, Some(18)));
    assert!(compare(&some[..FEWEST - 1], By::Sex).is_none());
}

#[test]
fn ends_compete_and_with_the_staying_make_one() {
    let found = compared(&forty(), By::Sex);
    let counts: Vec<(End, usize)> = found.ends.iter().map(|ends| (ends.end, ends.ended)).collect();
    assert_eq!(counts[0], (End::Closed, 11));
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<usize>(), 15);
    let by_two_years: f64 = found.ends.iter().filter_map(|ends| ends.marks[2]).map(|mark| mark.estimate).sum();
    let staying = found.all.marks[2].expect("enough are watched").estimate;
    // The dead have ended here, and are only no longer watched there.
    assert!(1.0 - by_two_years < staying && 1.0 - by_two_years > staying - 0.03, "{by_two_years} and {staying}");
}
