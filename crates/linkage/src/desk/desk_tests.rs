use super::{Desk, keys};
use crate::{
    Model, Row, learn,
    made_up::{Draw, HEADER, Somebody},
    read,
};
use proptest::prelude::*;
use std::collections::HashMap;

fn model() -> Model {
    let (mut draw, mut text) = (Draw(31), HEADER.to_owned());
    for number in 0..2_000 {
        let person = Somebody::of(number);
        text += &person.csv(&number.to_string());
        if draw.percent(12) {
            text += &person.written_again(&mut draw).csv(&format!("{number}b"));
        }
    }
    learn(&read(text.as_bytes(), |_| {}).unwrap(), 1, &|_| {})
}

fn desk_of(people: u64) -> Desk<u64> {
    let mut desk = Desk::new(model());
    for number in 0..people {
        desk.put(number, &Somebody::of(number).row());
    }
    desk
}

#[test]
fn a_second_writing_finds_the_person_and_a_stranger_finds_nobody() {
    let desk = desk_of(5_000);
    let (mut draw, mut first, mut taken) = (Draw(5), 0, 0);
    for number in 0..1_000 {
        let again = Somebody::of(number * 5).written_again(&mut draw);
        first += u32::from(desk.find(&again.row(), 3).first().is_some_and(|likely| likely.id == number * 5));
        let stranger = Somebody::of(100_000 + number * 3);
        taken += u32::from(desk.find(&stranger.row(), 3).first().is_some_and(|likely| likely.probability > 0.5));
    }
    assert!(first >= 985, "{first} of 1000 found");
    assert!(taken <= 3, "{taken} of 1000 strangers taken for somebody");
}

#[test]
fn people_who_change_and_go_are_found_as_they_are_now() {
    let mut desk = desk_of(500);
    let (before, after) = (Somebody::of(7), Somebody::of(900_007));
    let found = |desk: &Desk<u64>, person: &Somebody| desk.find(&person.row(), 1).first().map(|likely| likely.id);
    assert_eq!(found(&desk, &before), Some(7));
    desk.put(7, &after.row());
    assert_eq!((desk.len(), found(&desk, &before), found(&desk, &after)), (500, None, Some(7)));
    assert!(desk.remove(7));
    assert!(!desk.remove(7));
    assert_eq!((desk.len(), found(&desk, &after)), (499, None));
    desk.put(1_000, &before.row());
    assert_eq!((desk.len(), found(&desk, &before)), (500, Some(1_000)));
}

#[test]
fn an_empty_desk_answers() {
    let desk: Desk<u64> = Desk::new(model());
    assert!(desk.is_empty() && desk.find(&Somebody::of(1).row(), 5).is_empty());
    assert!(desk.explain(&Somebody::of(1).row(), 1).is_none());
}

#[test]
fn a_number_that_half_the_registry_holds_hides_nobody() {
    let mut desk = Desk::new(model());
    let person =
        |number: u64| Somebody { phone: "0124980000".to_owned(), address: "yataqxana".to_owned(), ..Somebody::of(number) };
    for number in 0..4_000 {
        desk.put(number, &person(number).row());
    }
    assert!(desk.unlinked.values().any(|&count| count > 1_000), "the chain of the shared number is full");
    let mut draw = Draw(8);
    let found =
        |desk: &Desk<u64>, asked: &Somebody, number| desk.find(&asked.row(), 3).first().is_some_and(|likely| likely.id == number);
    let hits = (0..300).filter(|number| found(&desk, &person(number * 13).written_again(&mut draw), number * 13)).count();
    assert!(hits >= 290, "{hits} of 300 found");
    // The shared number tells next to nothing: a stranger who has it is nobody's double.
    let stranger = Somebody { phone: "0124980000".to_owned(), ..Somebody::of(77_777) };
    assert!(desk.find(&stranger.row(), 3).first().is_none_or(|likely| likely.probability < 0.5));
    for number in 0..4_000 {
        assert!(desk.remove(number));
    }
    assert!(desk.is_empty() && desk.unlinked.values().all(|&count| count == 0));
}

#[test]
fn an_explanation_agrees_with_the_answer() {
    let desk = desk_of(1_000);
    let again = Somebody::of(40).written_again(&mut Draw(3));
    let likely = desk.find(&again.row(), 1)[0];
    let explanation = desk.explain(&again.row(), likely.id).unwrap();
    assert_eq!(explanation.probability, likely.probability);
    assert!(explanation.to_string().contains("given name"));
}

#[test]
fn a_row_that_says_nothing_finds_nobody() {
    assert!(desk_of(300).find(&Row::default(), 5).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    /// After any puts and removals the desk answers as one that was filled with what is left.
    #[test]
    fn a_desk_with_a_past_answers_like_a_new_one(acts in proptest::collection::vec((0_u64..40, 0_u64..60, any::<bool>()), 1..300)) {
        let model = Model { records: 1_000, ..model_of_usual() };
        let mut desk = Desk::new(model.clone());
        let mut left = HashMap::new();
        for &(id, number, is_put) in &acts {
            if is_put {
                desk.put(id, &Somebody::of(number).row());
                left.insert(id, number);
            } else {
                prop_assert_eq!(desk.remove(id), left.remove(&id).is_some());
            }
        }
        let mut new = Desk::new(model);
        for (&id, &number) in &left {
            new.put(id, &Somebody::of(number).row());
        }
        prop_assert_eq!(desk.len(), left.len());
        for number in 0..60 {
            let asked = Somebody::of(number);
            let answers = |desk: &Desk<u64>| {
                let mut found: Vec<(u64, i64)> =
                    desk.find(&asked.row(), 100).iter().map(|likely| (likely.id, (likely.log_odds * 1e6).round() as i64)).collect();
                found.sort_unstable();
                found
            };
            prop_assert_eq!(answers(&desk), answers(&new));
        }
    }
}

/// Weights that need no learning.
fn model_of_usual() -> Model {
    learn(&read(format!("{HEADER}{}", Somebody::of(1).csv("1")).as_bytes(), |_| {}).unwrap(), 1, &|_| {})
}

#[test]
fn whoever_is_found_shares_a_key_with_the_person_asked_about() {
    let desk = desk_of(3_000);
    let (mut draw, mut found) = (Draw(9), 0);
    for number in 0..500 {
        let again = Somebody::of(number * 5).written_again(&mut draw);
        let own = keys(&again.row());
        for likely in desk.find(&again.row(), 10) {
            found += 1;
            let theirs = keys(&Somebody::of(likely.id).row());
            assert!(own.iter().any(|key| theirs.contains(key)), "{number} found {}", likely.id);
        }
    }
    assert!(found > 450, "only {found} were found");
}

#[test]
fn a_desk_learns_the_same_from_its_people_in_whatever_order_they_came() {
    let mut people: Vec<(u64, Somebody)> = (0..1_500).map(|number| (number, Somebody::of(number))).collect();
    let mut draw = Draw(13);
    people.extend((0..200).map(|number| (10_000 + number, Somebody::of(number * 7).written_again(&mut draw))));
    people.extend((0..20).map(|number| (20_000 + number, Somebody::of(number * 9))));
    let filled = |order: &mut dyn Iterator<Item = &(u64, Somebody)>| {
        let mut desk = Desk::new(Model::usual());
        order.for_each(|(id, person)| desk.put(*id, &person.row()));
        desk
    };
    let (mut forth, back) = (filled(&mut people.iter()), filled(&mut people.iter().rev()));
    forth.put(77_777, &Somebody::of(77_777).row());
    forth.remove(77_777);
    let (one, other) = (forth.register(usize::MAX), back.register(usize::MAX));
    assert_eq!(one.len(), people.len(), "those registered alike are two people of the register");
    let learned = learn(&one, 1, &|_| {});
    assert_eq!(learned, learn(&other, 1, &|_| {}));
    assert!(learned.prior * 1_720.0 * 1_720.0 / 2.0 > 100.0, "220 pairs were registered twice: {}", learned.prior);
    let sample = forth.register(500);
    assert!((300..800).contains(&sample.len()), "{}", sample.len());
    assert_eq!(learn(&sample, 1, &|_| {}), learn(&back.register(500), 1, &|_| {}));

    let asked = Somebody::of(35).written_again(&mut Draw(3));
    let before = forth.find(&asked.row(), 1)[0];
    forth.weigh_by(&learned);
    let after = forth.find(&asked.row(), 1)[0];
    assert_eq!(before.id, after.id);
    assert_ne!(before.log_odds, after.log_odds);
}

#[test]
fn usual_weights_tell_people_apart_where_few_are_registered() {
    let mut desk = Desk::new(Model::usual());
    for number in 0..40 {
        desk.put(number, &Somebody::of(number).row());
    }
    let mut draw = Draw(17);
    let found = (0..40).filter(|&number| {
        let again = Somebody::of(number).written_again(&mut draw);
        desk.find(&again.row(), 1).first().is_some_and(|likely| likely.id == number && likely.probability > 0.5)
    });
    assert!(found.count() >= 38);
    let strangers = (1_000..3_000)
        .filter(|&number| desk.find(&Somebody::of(number).row(), 1).first().is_some_and(|likely| likely.probability > 0.5));
    assert!(strangers.count() <= 2);
}
