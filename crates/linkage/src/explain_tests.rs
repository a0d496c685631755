use crate::{
    Model, Register, explain, learn,
    made_up::{Draw, HEADER, Somebody},
    read,
};

/// A few rows among made-up others, and the weights learned from all.
fn among_others(rows: &str) -> (Register, Model) {
    let (mut draw, mut text) = (Draw(21), format!("{HEADER}{rows}"));
    for number in 0..2_000 {
        let person = Somebody::of(number);
        text += &person.csv(&format!("o{number}"));
        if draw.percent(12) {
            text += &person.written_again(&mut draw).csv(&format!("p{number}"));
        }
    }
    let register = read(text.as_bytes(), |_| {}).unwrap();
    let model = learn(&register, 1, &|_| {});
    (register, model)
}

const ROWS: &str = "a,7X1A9R0,Vüqar,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,AA1\n\
                    b,7XIA9RO,Вугар,Quliyeva,,M,1985-03-21,Quba,,0501234568,AA1\n\
                    c,K8LMN2P,Vüqar,Quliyev,Əli,M,1959-11-02,Bakı,k 1,0501234567,\n";

#[test]
fn an_explanation_says_in_words_what_speaks_for_and_against() {
    let (register, model) = among_others(ROWS);
    insta::assert_snapshot!(explain(&register, &model, 0, 1).to_string(), @r"
-9.3  before comparing: any two records are rarely one person
+7.0  document: same (held by 2)
+6.9  surname: same (held by 6)
+6.9  date of birth: same (held by 2)
+6.9  FİN: same (held by 2)
+4.6  telephone: one digit differs
+4.0  given name: same (held by 35)
-1.9  city or rayon: differs
+0.7  sex: same
-0.8  a family may share as much
 0.0  lacking in one of the two: father's name, address
24.9  in all: probability 1.0000 that they are one person
");
    insta::assert_snapshot!(explain(&register, &model, 0, 2).to_string(), @r"
 -9.3  before comparing: any two records are rarely one person
 +7.0  address: same (held by 2)
 +6.9  telephone: same (held by 2)
 +6.9  surname: same (held by 6)
 -6.8  date of birth: far apart
 -5.2  FİN: differs
 +4.0  given name: same (held by 35)
 +2.8  father's name: same (held by 125)
 +0.7  sex: same
-10.4  a family may share as much
  0.0  lacking in one of the two: document
 -3.4  in all: probability 0.0310 that they are one person
       yet kept apart: birth dates far apart
");
}

#[test]
fn the_parts_of_an_explanation_sum_to_its_probability() {
    let (register, model) = among_others(ROWS);
    for (a, b) in [(0, 1), (0, 2), (3, 4), (3, 1)] {
        let found = explain(&register, &model, a, b);
        let sum = found.prior + found.family + found.parts.iter().map(|part| part.weight).sum::<f64>();
        assert!((1.0 / (1.0 + (-sum).exp()) - found.probability).abs() < 1e-9, "{a} {b}");
        assert!(found.parts.is_sorted_by(|x, y| x.weight.abs() >= y.weight.abs()));
        assert_eq!(found, explain(&register, &model, b, a), "{a} {b}");
    }
}

#[test]
fn a_model_of_a_larger_register_explains_a_pair_as_it_links_it() {
    let (register, mut model) = among_others(ROWS);
    model.records *= 1_000;
    let linkage = crate::link_with(&register, model.clone(), crate::Options::default(), &|_| {});
    for pair in linkage.pairs.iter().take(50) {
        let found = explain(&register, &model, pair.a, pair.b);
        assert!((found.probability - pair.probability()).abs() < 1e-5, "{} and {}", found.probability, pair.probability());
    }
}
