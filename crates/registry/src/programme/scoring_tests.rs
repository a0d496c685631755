use super::{
    MarkRefusal, Points,
    load_tests::{day, programme},
};

#[test]
fn full_marks_are_a_hundred_points_and_half_marks_fifty() {
    let programme = programme();
    for code in ["PLAN", "DEFENCE", "AWARD"] {
        let sheet = programme.score_sheet(code, day("2024-09-02")).unwrap();
        assert_eq!(sheet.points(|_| Some(sheet.scale)), Ok(Points(100)), "{code}");
        assert_eq!(sheet.points(|_| Some(sheet.scale / 2)), Ok(Points(50)), "{code}");
    }
}

#[test]
fn points_follow_the_weights_and_round_a_half_up() {
    let programme = programme();
    let sheet = programme.score_sheet("PLAN", day("2024-09-02")).unwrap();
    // FINANCE weighs 25: one mark of ten is two and a half points.
    assert_eq!(sheet.points(|criterion| Some(u32::from(criterion == "FINANCE"))), Ok(Points(3)));
    assert_eq!(sheet.points(|criterion| Some(u32::from(criterion == "IMPACT"))), Ok(Points(1)));
}

#[test]
fn a_missing_mark_and_one_above_the_scale_are_refused() {
    let programme = programme();
    let sheet = programme.score_sheet("DEFENCE", day("2024-09-02")).unwrap();
    let missing = sheet.points(|criterion| (criterion != "ANSWERS").then_some(5));
    assert_eq!(missing, Err(MarkRefusal::Missing("ANSWERS".into())));
    let above = sheet.points(|_| Some(11));
    assert_eq!(above, Err(MarkRefusal::AboveScale { criterion: "COMMAND".into(), scale: 10 }));
}
