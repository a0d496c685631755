//! Learning the model: strangers from random pairs and from how often values occur, one person and families by
//! expectation and maximisation over candidate pairs (Dempster, Laird and Rubin 1977).

use crate::{
    block::Blocker,
    compare::Comparer,
    field::{DIFFERS, FAR_APART, FIELDS, Field, LEVELS},
    model::{FAR_APART_SAME, Model, Table, USUAL_FAMILY, USUAL_SAME, add, table},
    normalise::mix,
    register::{Person, Register, Shared},
    weigh::{Pattern, Weights},
};
use hashbrown::HashMap;
use rayon::prelude::*;

/// How many random pairs show what strangers look like.
const RANDOM_PAIRS: usize = 400_000;
/// About how many records' blocks are looked at to learn from.
const LEARN_FROM: usize = 150_000;
/// The usual levels count for so many pairs in every field.
const USUAL_PAIRS: f64 = 40.0;
/// The names that make a family count as usual for so many pairs for each that is found: else that kind of pairs drifts
/// to whatever else is alike, such as all who live in one village.
const USUAL_FAMILY_NAMES: f64 = 1.0;
/// So many pairs of strangers are taken for granted, lest a register of a few rows finds everybody alike.
const USUAL_NONE: f64 = 100.0;
const MOST_ROUNDS: u32 = 60;

/// Learns the weights of a register from itself. The seed draws the random pairs; `on_step` hears which step begins.
pub fn learn(register: &Register, seed: u64, on_step: &(dyn Fn(&str) + Sync)) -> Model {
    let comparer = Comparer::of(register);
    on_step("random pairs");
    let mut model = strangers(register, &comparer, seed);
    on_step("candidate pairs");
    let every = (register.order.len() / LEARN_FROM).max(1) as u64;
    let patterns = patterns(register, &comparer, &model, every);
    on_step("weights");
    maximise(&mut model, &patterns, register.all_pairs() / every as f64);
    model
}

/// A model that knows strangers, and of the rest only what is usual.
fn strangers(register: &Register, comparer: &Comparer<'_>, seed: u64) -> Model {
    let order = &register.order;
    let n = order.len();
    let mut counts = [[0.0; LEVELS]; FIELDS];
    let mut inverse = [[0.0; LEVELS]; FIELDS];
    if n > 1 {
        let per_chunk = 1 << 14;
        let chunks = RANDOM_PAIRS.min(n * (n - 1) / 2 * 4).div_ceil(per_chunk);
        let sums: Vec<(Table, Table)> = (0..chunks)
            .into_par_iter()
            .map(|chunk| random_pairs(register, comparer, mix(seed, chunk as u64), per_chunk))
            .collect();
        for (c, i) in sums {
            for at in 0..FIELDS * LEVELS {
                counts[at / LEVELS][at % LEVELS] += c[at / LEVELS][at % LEVELS];
                inverse[at / LEVELS][at % LEVELS] += i[at / LEVELS][at % LEVELS];
            }
        }
    }
    let mut model = Model {
        same: table(USUAL_SAME),
        family: table(USUAL_FAMILY),
        strangers: [[0.0; LEVELS]; FIELDS],
        rarity: [[0.0; LEVELS]; FIELDS],
        prior: 0.05 / n.max(1) as f64,
        family_prior: 0.1 / n.max(1) as f64,
        records: n as u64,
        rounds: 0,
    };
    for field in 0..FIELDS {
        settle_strangers(register, field, &counts[field], &inverse[field], &mut model);
    }
    model
}

/// Levels of random pairs, and sums of one over the share of values that agree.
fn random_pairs(register: &Register, comparer: &Comparer<'_>, seed: u64, pairs: usize) -> (Table, Table) {
    let n = register.order.len() as u64;
    let (mut counts, mut inverse) = ([[0.0; LEVELS]; FIELDS], [[0.0; LEVELS]; FIELDS]);
    for pair in 0..pairs as u64 {
        let left = mix(seed, pair * 2) % n;
        let right = (left + 1 + mix(seed, pair * 2 + 1) % (n - 1)) % n;
        let person = |at: u64| &register.people[register.order[at as usize] as usize];
        let found = comparer.compare(person(left), person(right));
        for field in 0..FIELDS {
            let level = found.levels[field] as usize;
            counts[field][level] += 1.0;
            if found.holders[field] > 0 {
                inverse[field][level] += comparer.records() / f64::from(found.holders[field]);
            }
        }
    }
    (counts, inverse)
}

/// The levels of one field among strangers. Exact agreement is counted over all pairs instead of the sample.
fn settle_strangers(register: &Register, field: usize, counts: &[f64; LEVELS], inverse: &[f64; LEVELS], model: &mut Model) {
    let levels = Field::ALL[field].levels().len();
    let given: f64 = counts[1..].iter().sum();
    let agreeing = agreeing(register, Field::ALL[field]);
    // Half a pair in every level keeps what the sample never met possible; the plain difference takes the rest.
    let floor = 0.5 / (given + 1.0).max(1_000.0);
    let mut row = [0.0; LEVELS];
    for level in 1..levels {
        row[level] = if given > 0.0 { (counts[level] / given).max(floor) } else { floor };
    }
    if let Some(exact) = agreeing.filter(|_| given > 0.0) {
        row[1] = exact.max(1e-12);
    }
    // What is so rare among strangers that no sample holds it: one of a FİN's or number's characters mistyped.
    match Field::ALL[field] {
        Field::Fin => row[2] = row[1].max(7.0 * 33.0 / 34_f64.powi(7)),
        Field::Phone => row[2] = row[2].max(row[1]),
        _ => {}
    }
    row[levels] = (1.0 - row[1..levels].iter().sum::<f64>()).max(0.01);
    for level in 1..=levels {
        // For exact agreement the mean of one over the share is one over the probability of agreeing.
        let mean = if counts[level] >= 10.0 { inverse[level] / counts[level] } else { 0.0 };
        model.rarity[field][level] = match level {
            1 if agreeing.is_some() => -row[1].ln(),
            _ if mean > 0.0 => mean.ln(),
            _ => -row[1].max(1e-12).ln(),
        };
    }
    model.strangers[field] = row;
}

/// The probability that two random records agree exactly in the field, both given; None where levels tell it better.
fn agreeing(register: &Register, field: Field) -> Option<f64> {
    let of_counts = |counts: &[u32]| {
        let given: f64 = counts[1..].iter().map(|&c| f64::from(c)).sum();
        let pairs: f64 = counts[1..].iter().map(|&c| f64::from(c) * (f64::from(c) - 1.0).max(0.0)).sum();
        (given > 1.0).then(|| pairs / (given * (given - 1.0)))
    };
    let of_shared = |which: Shared| {
        let given = register.order.iter().filter(|&&at| register.people[at as usize].shared(which) > 0).count() as f64;
        // One number for every person, had nobody two records: what pairs of strangers could at most share is not
        // known before learning, so the count starts from half of the pairs that share it.
        let pairs: f64 = register.shared[which as usize].values().map(|&c| f64::from(c) * (f64::from(c) - 1.0)).sum();
        (given > 1.0).then(|| (0.5 * pairs / (given * (given - 1.0))).max(1.0 / given / given))
    };
    match field {
        Field::Given => of_counts(register.lists.given.counts()),
        Field::Father => of_counts(register.lists.fathers.counts()),
        Field::Born => of_counts(&register.lists.born),
        Field::Place => of_counts(register.lists.places.counts()),
        Field::Fin => of_shared(Shared::Fin),
        Field::Phone => of_shared(Shared::Phone),
        Field::Document => of_shared(Shared::Doc),
        Field::Address => of_shared(Shared::Address),
        Field::Surname | Field::WomansSurname | Field::Sex => None,
    }
}

/// Candidate pairs, counted by pattern.
fn patterns(register: &Register, comparer: &Comparer<'_>, model: &Model, every: u64) -> Vec<(Pattern, f64)> {
    let blocker = Blocker::new(register, every);
    let weights = Weights::new(model);
    let people: &[Person] = &register.people;
    let found = blocker.pairs(
        HashMap::<Pattern, u32>::new,
        |counts, a, b| {
            let agreement = comparer.compare(&people[a as usize], &people[b as usize]);
            *counts.entry(Pattern::new(&weights, &agreement)).or_default() += 1;
        },
        |_| {},
    );
    let mut all: HashMap<Pattern, u32> = HashMap::new();
    for (pattern, count) in found.into_iter().flatten() {
        *all.entry(pattern).or_default() += count;
    }
    let mut patterns: Vec<(Pattern, f64)> = all.into_iter().map(|(pattern, count)| (pattern, f64::from(count))).collect();
    patterns.sort_unstable_by_key(|entry| entry.0);
    patterns
}

/// Expectation and maximisation. Pairs that are no candidates are taken for strangers: `all_pairs` are counted in the
/// priors, so that probabilities hold for any two records and not for those of a block alone.
fn maximise(model: &mut Model, patterns: &[(Pattern, f64)], all_pairs: f64) {
    for _ in 0..MOST_ROUNDS {
        model.rounds += 1;
        let found = expect(model, patterns);
        let before = model.clone();
        let share = |pairs: f64| (pairs + 0.5) / (all_pairs + USUAL_NONE);
        (model.prior, model.family_prior) = (share(found.same), share(found.family));
        renew(&mut model.same, &found.same_levels, &table(USUAL_SAME), |_| USUAL_PAIRS);
        settle_given(&mut model.same[Field::Given as usize], &found.given_of_bound);
        model.same[Field::Born as usize][usize::from(FAR_APART)] = FAR_APART_SAME;
        renew(&mut model.family, &found.family_levels, &table(USUAL_FAMILY), |field| match field {
            Field::Surname | Field::WomansSurname | Field::Father => USUAL_PAIRS + USUAL_FAMILY_NAMES * found.family,
            _ => USUAL_PAIRS,
        });
        if distance(&before, model) < 1e-5 {
            return;
        }
    }
}

/// Expected numbers of pairs of one person and of families, and their levels.
#[derive(Default)]
struct Expected {
    same: f64,
    family: f64,
    same_levels: Table,
    family_levels: Table,
    /// Levels of given names in pairs of one person whom a FİN or a document binds.
    given_of_bound: [f64; LEVELS],
}

fn expect(model: &Model, patterns: &[(Pattern, f64)]) -> Expected {
    let ratio = |table: &Table| -> Table {
        std::array::from_fn(|f| {
            std::array::from_fn(|l| if table[f][l] > 0.0 { (table[f][l] / model.strangers[f][l]).ln() } else { 0.0 })
        })
    };
    let (ln_same, ln_family) = (ratio(&model.same), ratio(&model.family));
    let strangers = (1.0 - model.prior - model.family_prior).ln();
    let mut found = Expected::default();
    for &(pattern, count) in patterns {
        let levels = pattern.levels();
        let (own, shared) = pattern.rarity();
        let (mut s, mut f) = (model.prior.ln() + own + shared, model.family_prior.ln() + shared);
        for ((level, same), family) in levels.iter().zip(&ln_same).zip(&ln_family) {
            s += same[usize::from(*level)];
            f += family[usize::from(*level)];
        }
        if levels[Field::Born as usize] == FAR_APART {
            s = f64::NEG_INFINITY;
        }
        let total = add(add(s, f), strangers);
        let (p_same, p_family) = (count * (s - total).exp(), count * (f - total).exp());
        found.same += p_same;
        found.family += p_family;
        for ((level, same), family) in levels.iter().zip(&mut found.same_levels).zip(&mut found.family_levels) {
            same[usize::from(*level)] += p_same;
            family[usize::from(*level)] += p_family;
        }
        let is_bound = matches!(levels[Field::Fin as usize], 1 | 2) || levels[Field::Document as usize] == 1;
        if is_bound {
            found.given_of_bound[usize::from(levels[Field::Given as usize])] += p_same;
        }
    }
    found
}

/// How often one person's given names plainly differ, from pairs that an identifier of the person's own binds and from
/// what is usual. Twins share all else, and where they are many and identifiers few they would be learned as one person
/// with another name.
fn settle_given(row: &mut [f64; LEVELS], bound: &[f64; LEVELS]) {
    let differs = usize::from(DIFFERS[Field::Given as usize]);
    let usual = table(USUAL_SAME)[Field::Given as usize][differs];
    let share = (bound[differs] + USUAL_PAIRS * usual) / (bound[1..].iter().sum::<f64>() + USUAL_PAIRS);
    let rest = 1.0 - row[differs];
    row[1..differs].iter_mut().for_each(|level| *level *= (1.0 - share) / rest);
    row[differs] = share;
}

/// New probabilities of levels from expected counts, the usual ones counting for as many pairs as `trust` says.
fn renew(table: &mut Table, sums: &Table, usual: &Table, trust: impl Fn(Field) -> f64) {
    for (((row, sums), usual), &field) in table.iter_mut().zip(sums).zip(usual).zip(&Field::ALL) {
        let trust = trust(field);
        let total: f64 = sums[1..].iter().sum::<f64>() + trust;
        for level in 1..LEVELS {
            if usual[level] > 0.0 {
                row[level] = (sums[level] + trust * usual[level]) / total;
            }
        }
    }
}

fn distance(a: &Model, b: &Model) -> f64 {
    let of = |x: &Table, y: &Table| x.iter().flatten().zip(y.iter().flatten()).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
    let prior = ((a.prior / b.prior).ln().abs() + (a.family_prior / b.family_prior).ln().abs()) * 1e-2;
    of(&a.same, &b.same).max(of(&a.family, &b.family)).max(prior)
}
