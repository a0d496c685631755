use crate::{
    Linkage, Options, Register, Rule, link,
    made_up::{Draw, HEADER, Somebody},
    read,
};
use proptest::prelude::*;

/// Links a few rows among so many made-up others that weights can be learned. The rows stand first.
fn among_others(header: &str, rows: &str) -> (Register, Linkage) {
    let (mut draw, mut text) = (Draw(11), format!("{header}{rows}"));
    let verified = if header.contains("fin_verified") { ",false" } else { "" };
    for number in 0..600 {
        let person = Somebody::of(number);
        text += &format!("{}{verified}\n", person.csv(&format!("o{number}")).trim_end());
        if draw.percent(15) {
            text += &format!("{}{verified}\n", person.written_again(&mut draw).csv(&format!("p{number}")).trim_end());
        }
    }
    let register = read(text.as_bytes(), |_| {}).unwrap();
    let linkage = link(&register, Options::default(), &|_| {});
    (register, linkage)
}

fn verified_header() -> String {
    format!("{},fin_verified\n", HEADER.trim_end())
}

#[test]
fn two_different_verified_fins_are_never_one_person() {
    let rows = |both: &str| {
        format!(
            "a,7X1A9R0,Vüqar,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,AA1,true\n\
             b,7X1A9R2,Vüqar,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,AA1,{both}\n"
        )
    };
    let (_, linkage) = among_others(&verified_header(), &rows("false"));
    assert_eq!(linkage.clusters.of[1], 0, "one slip of the key in a FİN that nobody verified");
    let (_, linkage) = among_others(&verified_header(), &rows("true"));
    assert_eq!(linkage.clusters.of[1], 1);
    let cut = linkage.clusters.cuts.iter().find(|cut| (cut.a, cut.b) == (0, 1)).expect("the cut is told");
    assert_eq!(cut.rule, Rule::TwoVerifiedFins);
}

#[test]
fn a_third_row_does_not_bring_two_verified_fins_together() {
    let (_, linkage) = among_others(
        &verified_header(),
        "a,7X1A9R0,Vüqar,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,AA1,true\n\
         b,,Vüqar,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,AA1,false\n\
         c,K8LMN2P,Vüqar,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,AA1,true\n",
    );
    assert_ne!(linkage.clusters.of[0], linkage.clusters.of[2]);
    assert!(linkage.clusters.cuts.iter().any(|cut| cut.rule == Rule::TwoVerifiedFins));
}

#[test]
fn birth_dates_far_apart_are_one_person_only_where_a_verified_fin_binds_them() {
    let rows = |fin: &str, verified: &str| {
        format!(
            "a,7X1A9R0,Vüqar,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,AA1,{verified}\n\
             b,{fin},Vüqar,Quliyev,Əli,M,1959-11-02,Bakı,k 1,0501234567,AA1,false\n"
        )
    };
    for (fin, verified, joined) in [("", "false", false), ("7X1A9R0", "false", false), ("7X1A9R0", "true", true)] {
        let (_, linkage) = among_others(&verified_header(), &rows(fin, verified));
        assert_eq!(linkage.clusters.of[1] == 0, joined, "{fin} {verified}");
        let told = linkage.clusters.cuts.iter().any(|cut| (cut.a, cut.b) == (0, 1) && cut.rule == Rule::BirthDatesFarApart);
        assert_eq!(told, !joined, "{fin} {verified}");
    }
}

#[test]
fn twins_and_a_son_of_his_fathers_name_stay_two_people() {
    let (_, linkage) = among_others(
        HEADER,
        "twin1,7X1A9R0,Həsən,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,\n\
         twin2,8Y2B1S3,Hüseyn,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,\n\
         father,,Rəşad,Nağıyev,Rəşad,M,1961-05-02,Quba,k 9,0557654321,\n\
         son,,Rəşad,Nağıyev,Rəşad,M,1987-12-30,Quba,k 9,0557654321,\n",
    );
    assert_eq!(linkage.clusters.of[..4], [0, 1, 2, 3]);
}

#[test]
fn one_weak_link_does_not_chain_two_groups() {
    // Two people, each written three times, and one row that says so little that it fits both.
    let (_, linkage) = among_others(
        HEADER,
        "a,7X1A9R0,Vüqar,Quliyev,Əli,M,1985-03-21,Bakı,k 1,0501234567,AA100\n\
         b,7X1A9R0,Vuqar,Quliyev,Əli,M,1985-03-21,Bakı,k 1,,AA100\n\
         c,7X1A9R0,Вугар,Quliyev,Əli,M,1985-03-21,Bakı,,0501234567,AA100\n\
         d,,Vüqar,Quliyev,,M,1985,,,,\n\
         e,K8LMN2P,Vüqar,Quliyev,Həsən,M,1985-11-02,Quba,k 7,0707654321,AA200\n\
         f,K8LMN2P,Vuqar,Quliyev,Həsən,M,1985-11-02,Quba,k 7,,AA200\n\
         g,K8LMN2P,Вугар,Quliyev,Həsən,M,1985-11-02,Quba,,0707654321,AA200\n",
    );
    let of = &linkage.clusters.of;
    assert_eq!((of[1], of[2]), (0, 0));
    assert_eq!((of[5], of[6]), (of[4], of[4]));
    assert_ne!(of[0], of[4]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, ..ProptestConfig::default() })]

    /// Few names, dates and numbers, so that almost everything looks alike.
    #[test]
    fn no_cluster_breaks_a_rule(rows in proptest::collection::vec((0..3_usize, 0..3_usize, 0..5_usize, 0..4_usize, 0..3_usize, 0..2_usize), 2..60)) {
        let header = "rec_id,first_name,last_name,birth_date,fin,phone,fin_verified\n";
        let born = ["1980-01-01", "1980-05-06", "1983-05-06", "1999-07-08", ""];
        let fins = ["", "AAAAAA2", "BBBBBB3", "AAAAAA3"];
        let text: String = rows.iter().enumerate().map(|(at, &(given, last, date, fin, phone, verified))| {
            format!("{at},{},{},{},{},05011122{phone}0,{verified}\n", ["Əli", "Vəli", "Ali"][given], ["Quliyev", "Quliyeva", "Nağı"][last], born[date], fins[fin])
        }).collect();
        let register = read(format!("{header}{text}").as_bytes(), |_| {}).unwrap();
        let linkage = link(&register, Options { threshold: Some(0.05), seed: 0 }, &|_| {});
        for a in 0..rows.len() {
            for b in a + 1..rows.len() {
                if linkage.clusters.of[a] != linkage.clusters.of[b] {
                    continue;
                }
                let (one, other) = (&register.people[a], &register.people[b]);
                let is_verified = |p: &crate::register::Person| p.fin_verified && p.fin > 0;
                prop_assert!(!(is_verified(one) && is_verified(other)) || one.fin == other.fin, "rows {} and {}", a, b);
                let bound = (0..rows.len()).any(|c| linkage.clusters.of[c] == linkage.clusters.of[a] && is_verified(&register.people[c]));
                prop_assert!(bound || !crate::cluster::are_far_apart(one, other), "rows {} and {}", a, b);
            }
        }
    }
}
