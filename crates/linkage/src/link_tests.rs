use crate::{
    Clusters, FIELDS, Field, Linkage, Options, Register,
    compare::{Agreement, Comparer},
    link, link_with,
    made_up::{Draw, HEADER, Somebody},
    normalise::Born,
    read,
    register::Person,
    weigh::Weights,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Rows of made-up people, some of them written two to four times, and who is who.
fn rows(people: u64, percent: usize, seed: u64) -> (Vec<String>, Vec<u64>) {
    let (mut draw, mut rows, mut truth) = (Draw(seed), Vec::new(), Vec::new());
    for number in 0..people {
        let person = Somebody::of(seed * 1_000_000 + number);
        let mut add = |row: Somebody| {
            rows.push(row.csv("")[1..].to_owned());
            truth.push(number);
        };
        add(person.clone());
        while draw.percent(percent) {
            add(person.written_again(&mut draw));
        }
    }
    (rows, truth)
}

fn register(rows: &[String], id: impl Fn(usize) -> String) -> Register {
    let text: String = rows.iter().enumerate().map(|(at, row)| format!("{},{row}", id(at))).collect();
    read(format!("{HEADER}{text}").as_bytes(), |_| {}).unwrap()
}

fn linked(register: &Register) -> Linkage {
    link(register, Options::default(), &|_| {})
}

/// The clusters as sets of names of records.
fn sets(clusters: &Clusters, name: impl Fn(usize) -> usize) -> BTreeSet<BTreeSet<usize>> {
    let mut sets = std::collections::BTreeMap::<u32, BTreeSet<usize>>::new();
    for (record, &first) in clusters.of.iter().enumerate() {
        sets.entry(first).or_default().insert(name(record));
    }
    sets.into_values().collect()
}

/// Pairwise precision and recall of clusters.
fn quality(clusters: &Clusters, truth: &[u64]) -> (f64, f64) {
    let (mut both, mut joined, mut wanted) = (0.0, 0.0, 0.0);
    for a in 0..truth.len() {
        for b in a + 1..truth.len() {
            let (together, one) = (clusters.of[a] == clusters.of[b], truth[a] == truth[b]);
            both += f64::from(u8::from(together && one));
            joined += f64::from(u8::from(together));
            wanted += f64::from(u8::from(one));
        }
    }
    (both / f64::max(joined, 1.0), both / f64::max(wanted, 1.0))
}

#[test]
fn people_written_several_times_are_found_and_families_are_not_joined() {
    for (people, percent, seed) in [(2_000, 10, 1), (1_500, 45, 2), (400, 20, 3)] {
        let (rows, truth) = rows(people, percent, seed);
        let linkage = linked(&register(&rows, |at| at.to_string()));
        let (precision, recall) = quality(&linkage.clusters, &truth);
        assert!(precision > 0.97 && recall > 0.93, "{people} people, {percent} %: precision {precision:.4}, recall {recall:.4}");
        let expected = linkage.expected;
        assert!((expected.precision - precision).abs() < 0.03 && (expected.recall - recall).abs() < 0.06, "{expected:?}");
        assert!(linkage.blocking_recall > 0.98, "{}", linkage.blocking_recall);
    }
}

#[test]
fn many_twins_are_not_learned_as_one_person_with_another_name() {
    let (mut draw, mut rows, mut truth) = (Draw(31), Vec::new(), Vec::new());
    let mut number = 0;
    let mut add = |somebody: &Somebody, who: u64| {
        rows.push(somebody.csv("")[1..].to_owned());
        truth.push(who);
    };
    for family in 0..2_500 {
        let first = Somebody::of(family * 7);
        let (mut twin, other) = (first.clone(), Somebody::of(family * 7 + 3));
        (twin.fin, twin.doc_no, twin.first_name) = (other.fin, other.doc_no, other.first_name);
        twin.sex = if twin.first_name == first.first_name { continue } else { first.sex.clone() };
        for mut person in [first, twin].into_iter().take(if draw.percent(80) { 2 } else { 1 }) {
            if draw.percent(70) {
                person.fin.clear();
            }
            if draw.percent(70) {
                person.doc_no.clear();
            }
            add(&person, number);
            if draw.percent(4) {
                add(&person.written_again(&mut draw), number);
            }
            number += 1;
        }
    }
    let linkage = linked(&register(&rows, |at| at.to_string()));
    let (precision, recall) = quality(&linkage.clusters, &truth);
    let (given, differs) = (Field::Given as usize, usize::from(crate::field::DIFFERS[Field::Given as usize]));
    assert!(linkage.model.same[given][differs] < 0.05, "{:?}", linkage.model.same[given]);
    assert!(precision > 0.9 && recall > 0.9, "precision {precision:.4}, recall {recall:.4}");
}

#[test]
fn where_nobody_stands_twice_nobody_is_joined() {
    let (rows, _) = rows(3_000, 0, 4);
    let linkage = linked(&register(&rows, |at| at.to_string()));
    let joined = linkage.clusters.of.iter().enumerate().filter(|(at, first)| *at != **first as usize).count();
    assert!(joined <= 2, "{joined} joined");
}

#[test]
fn no_row_one_row_and_rows_that_say_nothing_are_no_trouble() {
    for text in ["", "1,,,,,,,,,,\n", "1,,,,,,,,,,\n2,,,,,,,,,,\n3,,Əli,,,,,,,,\n"] {
        let register = read(format!("{HEADER}{text}").as_bytes(), |_| {}).unwrap();
        let linkage = linked(&register);
        assert_eq!(linkage.clusters.of, (0..register.len() as u32).collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn the_same_seed_gives_the_same_answer_with_any_number_of_threads() {
    let (rows, _) = rows(1_500, 20, 5);
    let register = register(&rows, |at| at.to_string());
    let with = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| linked(&register));
    let (one, three, seven) = (with(1), with(3), with(7));
    for other in [&three, &seven] {
        assert_eq!(one.model, other.model);
        assert_eq!(one.pairs, other.pairs);
        assert_eq!(one.clusters.of, other.clusters.of);
        assert_eq!((one.compared, one.threshold), (other.compared, other.threshold));
    }
    let reseeded = link(&register, Options { seed: 9, ..Options::default() }, &|_| {});
    assert_ne!(one.model, reseeded.model, "the seed draws the random pairs");
}

#[test]
fn a_model_that_was_written_down_gives_the_same_answer() {
    let (rows, _) = rows(800, 20, 6);
    let register = register(&rows, |at| at.to_string());
    let first = linked(&register);
    let model = serde_json::from_str(&serde_json::to_string(&first.model).unwrap()).unwrap();
    let again = link_with(&register, model, Options::default(), &|_| {});
    assert_eq!(first.pairs, again.pairs);
    assert_eq!(first.clusters.of, again.clusters.of);
}

#[test]
fn what_each_level_says_is_told_by_how_often_it_occurs() {
    let (rows, _) = rows(1_200, 20, 9);
    let model = linked(&register(&rows, |at| at.to_string())).model;
    for levels in model.weights().chunk_by(|a, b| a.field == b.field) {
        let of = |share: fn(&crate::LevelWeight) -> f64| levels.iter().map(share).sum::<f64>();
        assert!((of(|level| level.same) - 1.0).abs() < 0.01 && (of(|level| level.strangers) - 1.0).abs() < 0.02, "{levels:?}");
        assert!(levels[1..].iter().all(|level| (level.weight - (level.same / level.strangers).ln()).abs() < 1e-9), "{levels:?}");
        assert!(levels[0].weight >= (levels[0].same / levels[0].strangers).ln() - 1e-9, "{levels:?}");
    }
}

#[test]
fn a_threshold_that_is_given_is_kept_and_a_higher_one_joins_less() {
    let (rows, _) = rows(1_000, 20, 7);
    let register = register(&rows, |at| at.to_string());
    let people = |threshold| {
        let linkage = link(&register, Options { threshold: Some(threshold), seed: 0 }, &|_| {});
        assert_eq!(linkage.threshold, threshold);
        sets(&linkage.clusters, |at| at).len()
    };
    let counts = [0.05, 0.5, 0.95, 0.999_999].map(people);
    assert!(counts.is_sorted() && counts[0] < counts[3], "{counts:?}");
}

#[test]
fn a_file_that_is_doubled_joins_each_row_to_its_copy_and_changes_nothing_else() {
    let (rows, _) = rows(700, 15, 8);
    let once = linked(&register(&rows, |at| at.to_string()));
    let doubled: Vec<String> = rows.iter().chain(&rows).cloned().collect();
    let twice = linked(&register(&doubled, |at| at.to_string()));
    for at in 0..rows.len() {
        assert_eq!(twice.clusters.of[at + rows.len()], twice.clusters.of[at], "row {at}");
    }
    assert_eq!(sets(&twice.clusters, |at| at % rows.len()), sets(&once.clusters, |at| at));
    assert_eq!(once.model, twice.model);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_and_their_ids_change_nothing(seed in 10_u64..1_000_000, percent in 0_usize..50, shift in 1_usize..200) {
        let (rows, _) = rows(200, percent, seed);
        let plain = linked(&register(&rows, |at| at.to_string()));
        let renamed = linked(&register(&rows, |at| format!("person-{}", (at * 7919 + shift) % 1_000_003)));
        prop_assert_eq!(&plain.clusters.of, &renamed.clusters.of);
        prop_assert_eq!(&plain.pairs, &renamed.pairs);

        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&at| crate::normalise::mix(at as u64, shift as u64));
        let shuffled: Vec<String> = order.iter().map(|&at| rows[at].clone()).collect();
        let moved = linked(&register(&shuffled, |at| order[at].to_string()));
        prop_assert_eq!(sets(&plain.clusters, |at| at), sets(&moved.clusters, |at| order[at]));
        prop_assert_eq!(&plain.model, &moved.model);
    }

    #[test]
    fn a_value_that_is_lost_says_nothing_and_never_raises_a_score(seed in 0_u64..1_000_000) {
        let (rows, _) = rows(120, 30, seed);
        let register = register(&rows, |at| at.to_string());
        let linkage = linked(&register);
        let (weights, comparer) = (Weights::new(&linkage.model), Comparer::of(&register));
        let score = |a: &Person, b: &Person| {
            let agreement = comparer.compare(a, b);
            (agreement.levels, weights.log_odds(weights.evidence(&agreement)))
        };
        for pair in linkage.pairs.iter().take(40) {
            let (a, b) = (&register.people[pair.a as usize], &register.people[pair.b as usize]);
            let (levels, whole) = score(a, b);
            let mut begun = Agreement::NONE;
            let most = comparer.begin(&weights, a, b, &mut begun);
            let same = weights.evidence(&comparer.compare(a, b)).same;
            prop_assert!(most >= same - 1e-4, "the bound by which pairs are passed over holds");
            for lost in LOSSES {
                let mut less = *b;
                let field = lost(&mut less);
                let (_, once) = score(a, &less);
                prop_assert!(levels[field as usize] > 1 || once <= whole + 1e-9, "{:?} lost raises {} to {}", field, whole, once);
                // Where one side lacks it, whatever the other holds says nothing.
                let mut both = *a;
                lost(&mut both);
                let (_, twice) = score(&both, &less);
                prop_assert!((once - twice).abs() < 1e-9, "{:?}: {} and {}", field, once, twice);
            }
        }
    }
}

/// Takes one value from a person.
type Loss = fn(&mut Person) -> Field;

const LOSSES: [Loss; FIELDS - 2] = [
    |p| {
        p.fin = 0;
        Field::Fin
    },
    |p| {
        p.given = 0;
        Field::Given
    },
    |p| {
        p.stem = 0;
        if p.sex == 2 { Field::WomansSurname } else { Field::Surname }
    },
    |p| {
        p.father = 0;
        Field::Father
    },
    |p| {
        p.born = Born::MISSING;
        Field::Born
    },
    |p| {
        p.phone = 0;
        Field::Phone
    },
    |p| {
        p.doc = 0;
        Field::Document
    },
    |p| {
        p.place = 0;
        Field::Place
    },
    |p| {
        p.address = 0;
        Field::Address
    },
];
