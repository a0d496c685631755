use super::rules::{
    Found, Refusal, Risk, Seen, Standing, Thing, VisitKind, against_ledger, anniversary, fell_by, goes_on, happenings, left_out,
    may_visit, next_visit,
};
use chrono::NaiveDate;
use registry::{
    case::{Business, EndReason, Facts, FollowupStatus, PauseReason, Stage, state::Followup},
    programme::{self, Programme},
};
use std::path::Path;
use values::id::VisitId;

fn programme() -> Programme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/employment-support");
    programme::load(&folder).expect("the programme reads")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Received on 1 March 2024 and not begun.
fn equipped() -> Standing {
    Standing {
        stage: Stage::Equipped,
        business: Business::NotStarted,
        received_on: Some(day("2024-03-01")),
        term_ends_on: Some(day("2025-02-20")),
        followups: [None; 3],
        is_deceased: false,
    }
}

fn operating() -> Standing {
    Standing { stage: Stage::Operating, business: Business::Operating { since: day("2024-03-10") }, ..equipped() }
}

fn seen(found: Found, on: &str) -> Seen {
    Seen {
        visit: VisitId::default(),
        found,
        on: day(on),
        since: None,
        sales: 0,
        pause_reason: None,
        end_reason: None,
        failed_tries: 0,
    }
}

#[test]
fn a_business_starts_with_its_first_sale() {
    let programme = programme();
    let without = seen(Found::Operating, "2024-04-02");
    assert_eq!(happenings(&equipped(), &without, &programme), Err(Refusal::NoSale));
    let sold = Seen { sales: 5_000, ..without };
    let started = (day("2024-04-02"), Facts::BusinessStarted { visit: Some(sold.visit) });
    assert_eq!(happenings(&equipped(), &sold, &programme), Ok(vec![started]));
    assert_eq!(happenings(&operating(), &sold, &programme), Ok(Vec::new()));
}

#[test]
fn a_pause_and_an_end_need_their_coded_reason_and_count_from_their_day() {
    let programme = programme();
    let paused = Seen { since: Some(day("2024-04-20")), ..seen(Found::Paused, "2024-05-02") };
    assert_eq!(happenings(&operating(), &paused, &programme), Err(Refusal::PauseReasonMissing));
    let paused = Seen { pause_reason: Some(PauseReason::Season), ..paused };
    let told = (day("2024-04-20"), Facts::BusinessPaused { reason: PauseReason::Season });
    assert_eq!(happenings(&operating(), &paused, &programme), Ok(vec![told]));

    let ended = seen(Found::Ended, "2024-05-02");
    assert_eq!(happenings(&operating(), &ended, &programme), Err(Refusal::EndReasonMissing));
    let ended = Seen { end_reason: Some(EndReason::Loss), ..ended };
    let told = (day("2024-05-02"), Facts::BusinessEnded { reason: EndReason::Loss });
    assert_eq!(happenings(&operating(), &ended, &programme), Ok(vec![told]));
}

#[test]
fn who_works_again_after_a_pause_resumes() {
    let standing = Standing {
        stage: Stage::Paused,
        business: Business::Paused { since: day("2024-04-20"), reason: PauseReason::Season },
        ..equipped()
    };
    let told = happenings(&standing, &seen(Found::Operating, "2024-05-14"), &programme());
    assert_eq!(told, Ok(vec![(day("2024-05-14"), Facts::BusinessResumed)]));
}

#[test]
fn a_visit_in_an_anniversarys_window_is_its_follow_up() {
    let programme = programme();
    let followed = |standing: &Standing, seen: &Seen| happenings(standing, seen, &programme);
    for (on, months) in [("2024-05-31", None), ("2024-06-03", Some(6)), ("2024-12-02", Some(12)), ("2026-03-02", Some(24))] {
        assert_eq!(anniversary(&operating(), day(on), &programme), months, "{on}");
    }
    let at_six = seen(Found::Operating, "2024-09-02");
    let fact = Facts::FollowupRecorded { months: 6, status: FollowupStatus::InBusiness, observed_on: day("2024-09-02") };
    assert_eq!(followed(&operating(), &at_six), Ok(vec![(day("2024-09-02"), fact)]));

    let known = Followup { status: FollowupStatus::InBusiness, observed_on: day("2024-08-20"), recorded_on: day("2024-08-20") };
    let already = Standing { followups: [Some(known), None, None], ..operating() };
    assert_eq!(followed(&already, &at_six), Ok(Vec::new()));
}

#[test]
fn a_closed_case_is_still_followed_up() {
    let known = Followup { status: FollowupStatus::InBusiness, observed_on: day("2024-08-20"), recorded_on: day("2024-08-20") };
    let closed = Standing { stage: Stage::Closed, followups: [Some(known), Some(known), None], ..operating() };
    assert_eq!(may_visit(&closed), Ok(()));
    let told = happenings(&closed, &seen(Found::Ended, "2026-03-04"), &programme()).expect("no reason is asked of a closed case");
    let fact = Facts::FollowupRecorded { months: 24, status: FollowupStatus::Ended, observed_on: day("2026-03-04") };
    assert_eq!(told, vec![(day("2026-03-04"), fact)]);
    let done = Standing { followups: [Some(known); 3], ..closed };
    assert_eq!(may_visit(&done), Err(Refusal::NothingDue));
}

#[test]
fn unreachable_ends_nothing_and_counts_only_after_enough_tries() {
    let programme = programme();
    let once = Seen { failed_tries: 1, ..seen(Found::Unreachable, "2024-09-02") };
    assert_eq!(happenings(&operating(), &once, &programme), Ok(Vec::new()));
    let third = Seen { failed_tries: 3, ..once };
    let fact = Facts::FollowupRecorded { months: 6, status: FollowupStatus::Unreachable, observed_on: day("2024-09-02") };
    assert_eq!(happenings(&operating(), &third, &programme), Ok(vec![(day("2024-09-02"), fact)]));
}

#[test]
fn nobody_is_visited_before_receipt_or_after_death() {
    assert_eq!(may_visit(&Standing { received_on: None, ..equipped() }), Err(Refusal::NotReceived));
    assert_eq!(may_visit(&Standing { is_deceased: true, ..operating() }), Err(Refusal::Deceased));
    assert_eq!(may_visit(&operating()), Ok(()));
}

#[test]
fn risk_brings_the_next_visit_nearer() {
    let programme = programme();
    let calm = Risk { months_since_receipt: 8, ..Risk::default() };
    let on = day("2024-09-02");
    let ordinary = next_visit(&programme, calm, on);
    for risky in [
        Risk { open_breach: true, ..calm },
        Risk { missed_visits: 2, ..calm },
        Risk { sales_fell_percent: 60, ..calm },
        Risk { equipment_unseen: 1, ..calm },
        Risk { moderate_screening: true, months_since_receipt: 2, ..calm },
    ] {
        assert!(next_visit(&programme, risky, on) < ordinary, "{risky:?}");
    }
    assert!(programme.working_days().is_working(ordinary));
    assert_eq!(fell_by(200, 90), 55);
    assert_eq!(fell_by(90, 200), 0);
    assert_eq!(fell_by(0, 0), 0);
}

#[test]
fn visits_by_the_interval_stop_with_the_term() {
    assert!(goes_on(&operating(), day("2025-02-19")));
    assert!(!goes_on(&operating(), day("2025-02-20")));
    assert!(!goes_on(&Standing { stage: Stage::Owner, ..operating() }, day("2024-12-01")));
}

#[test]
fn each_row_of_a_visit_names_one_piece_of_the_case() {
    let thing = |tags: &[&str], held_since: Option<&str>| Thing {
        name: "tikiş maşını".to_owned(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        held_since: held_since.map(day),
    };
    let things = [thing(&["AZ1"], None), thing(&["AZ2"], Some("2024-03-01")), thing(&["maşın", "machine"], Some("2024-05-01"))];
    let cases: &[(&[&str], &[usize], &[&str])] = &[
        (&["AZ2", "maşın"], &[], &["AZ1"]),
        (&["AZ2", "machine", "AZ1"], &[], &[]),
        (&["ZZ999", "maşın"], &[0], &["AZ2", "AZ1"]),
        (&["AZ2", "AZ2"], &[1], &["maşın", "AZ1"]),
        (&[], &[], &["AZ2", "maşın", "AZ1"]),
    ];
    for (tags, strange, unnamed) in cases {
        let (found, left) = against_ledger(tags, &things);
        assert_eq!(found, *strange, "{tags:?}");
        assert_eq!(left.iter().map(|thing| thing.tag()).collect::<Vec<_>>(), *unnamed, "{tags:?}");
    }
    let all: Vec<&Thing> = things.iter().collect();
    let lost = |kind, found, on| left_out(kind, found, day(on), &all).len();
    assert_eq!(lost(VisitKind::Field, Found::Operating, "2024-06-01"), 2, "what went back is not asked after");
    assert_eq!(lost(VisitKind::Field, Found::Operating, "2024-04-01"), 1, "nor what came later");
    assert_eq!(lost(VisitKind::Field, Found::Unreachable, "2024-06-01"), 0);
    assert_eq!(lost(VisitKind::Phone, Found::Operating, "2024-06-01"), 0, "nothing is seen by phone");
}
