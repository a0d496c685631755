//! Complaints and appeals keep to the shape.

use super::disputes::{Found, Share, appeals, complaints};
use crate::demo::business::Scene;
use crate::demo::simulate_tests::{SMALL, setting, wanted};
use crate::demo::{complaints::hear, shape, simulate::simulate, staff::Roster};

/// Adds up the shares of several programmes.
fn together(all: Vec<Vec<Found>>) -> Vec<Found> {
    let mut sums: Vec<Found> = Vec::new();
    for (name, share, wanted) in all.into_iter().flatten() {
        match sums.iter_mut().find(|(known, _, _)| *known == name) {
            Some((_, sum, _)) => *sum = Share { count: sum.count + share.count, of: sum.of + share.of },
            None => sums.push((name, share, wanted)),
        }
    }
    sums
}

/// Within what chance allows, and a tenth beside: complaints come some weeks after what they are about.
fn check(found: Vec<Found>) {
    for (name, share, wanted) in found {
        let chance = 4.0 * (wanted * (1.0 - wanted) / share.of as f64).sqrt();
        let off = (share.value() - wanted).abs();
        assert!(off <= chance + 0.1 * wanted, "{name}: {:.3} of {}, aim {wanted}", share.value(), share.of);
    }
}

#[test]
fn complaints_come_and_are_answered_as_the_shape_says() {
    let roster = Roster::new(&SMALL.setting, 1);
    let heard = |seed| {
        let scene = Scene { setting: &SMALL.setting, roster: &roster, seed, today: SMALL.today.plus(-1) };
        complaints(&hear(scene, &SMALL.histories), &SMALL.histories, SMALL.today)
    };
    let found = together((0..30).map(heard).collect());
    assert!(found.iter().all(|(_, share, _)| share.of > 1_000), "{found:?}");
    check(found);
}

#[test]
fn refusals_are_appealed_and_changed_as_the_shape_says() {
    let all = (1..=2).map(|seed| {
        let made = simulate(setting(), crate::demo::simulate::Wanted { seed, ..wanted(9_000, shape::SEASON) });
        appeals(&made.histories, made.today)
    });
    let found = together(all.collect());
    assert!(found.iter().all(|(_, share, _)| share.of > 50), "{found:?}");
    check(found);
}
