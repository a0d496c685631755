//! Every word that a case says to people exists in all three languages.

use super::story::{cast, day, id};
use super::*;
use platform::{
    language::{Lang, install},
    message::{Explain, Message},
};
use std::collections::BTreeSet;

const FILES: [(&str, &str); 3] = [
    ("az", include_str!("../../../../i18n/az/case.ftl")),
    ("en", include_str!("../../../../i18n/en/case.ftl")),
    ("ru", include_str!("../../../../i18n/ru/case.ftl")),
];

fn keys_of(text: &str) -> BTreeSet<&str> {
    text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect()
}

fn names() -> Vec<Message> {
    fn all<T: Copy>(members: &[T], name: fn(T) -> Message) -> Vec<Message> {
        members.iter().map(|member| name(*member)).collect()
    }
    [
        all(Kind::ALL, Kind::message),
        all(Stage::ALL, Stage::message),
        all(Duty::ALL, Duty::message),
        all(CloseReason::ALL, CloseReason::message),
        all(Basis::ALL, Basis::message),
        all(RankingOutcome::ALL, RankingOutcome::message),
        all(LeaveReason::ALL, LeaveReason::message),
        all(RepeatCause::ALL, RepeatCause::message),
        all(Rating::ALL, Rating::message),
        all(StopCause::ALL, StopCause::message),
        all(PauseReason::ALL, PauseReason::message),
        all(EndReason::ALL, EndReason::message),
        all(SuspensionCause::ALL, SuspensionCause::message),
        all(LossCause::ALL, LossCause::message),
        all(LossFinding::ALL, LossFinding::message),
        all(AssistanceMoment::ALL, AssistanceMoment::message),
        all(FollowupStatus::ALL, FollowupStatus::message),
        all(AwardForm::ALL, AwardForm::message),
        all(AppealOutcome::ALL, AppealOutcome::message),
        all(HoldCause::ALL, HoldCause::message),
        all(MergeSide::ALL, MergeSide::message),
    ]
    .concat()
}

#[test]
fn every_name_and_refusal_has_its_words_in_each_language_and_no_words_are_left_over() {
    let source = include_str!("refusal.rs");
    let refusals = source.split('"').filter(|part| part.starts_with("case-refusal-"));
    let names: Vec<String> = names().into_iter().map(|message| message.key.into_owned()).collect();
    let needed: BTreeSet<&str> = refusals.chain(names.iter().map(String::as_str)).collect();
    for (language, text) in FILES {
        let present = keys_of(text);
        let wrong: Vec<_> = present.symmetric_difference(&needed).collect();
        assert!(wrong.is_empty(), "{language}: {wrong:?}");
    }
}

#[test]
fn refusals_are_whole_sentences_with_their_dates_and_names_filled_in() {
    install(FILES).expect("the catalogue");
    for refusal in refusals_with_arguments() {
        for lang in Lang::ALL {
            let text = refusal.message().text(lang);
            assert!(!text.contains(['{', '}', '$']) && !text.starts_with("case-"), "{lang}: {text}");
            assert!(text.ends_with(['.', '”', '»']), "{lang}: {text}");
        }
    }
}

#[test]
fn a_correction_that_breaks_a_later_event_says_which_and_why() {
    install(FILES).expect("the catalogue");
    let because = Box::new(Refusal::WrongStage { kind: Kind::OfferAccepted, stage: Stage::Eligible });
    let refusal = Refusal::Breaks { kind: Kind::OfferAccepted, on: day("2023-04-12"), because };
    assert_eq!(
        refusal.message().text(Lang::En),
        "After this, “Offer accepted” of 12 April 2023 would be impossible. \
         “Offer accepted” is not possible at this stage. The case stands at: eligible, waiting."
    );
}

fn refusals_with_arguments() -> Vec<Refusal> {
    use Refusal::*;
    let (kind, stage, on, reason) = (Kind::OfferAccepted, Stage::Applied, day("2024-09-02"), CloseReason::Fraud);
    let direction = story::code("TAILOR");
    vec![
        OutOfOrder { last: on },
        InFuture { on },
        Closed { kind },
        WrongStage { kind, stage },
        Suspended { kind, until: on },
        OnHold { kind, since: on },
        Deceased { kind },
        ReasonMissing { kind },
        SamePerson { one: Duty::Register, other: Duty::DecideEligibility },
        SecondPersonMissing { kind },
        TooEarly { kind, from: on },
        TooLate { kind, until: on },
        FactLater { date: on, on },
        StaleFacts { as_of: on, until: on },
        MarkTooHigh { points: 101 },
        HoursShort { attended_minutes: 1500, needed_minutes: 1728 },
        MarkShort { score: 40, needed: 60 },
        PlanVersion { expected: 2 },
        DirectionNotOffered { direction },
        ThirdScoreMissing { spread: 21 },
        PanelTooSmall { needed: 2 },
        TermWrong { ends_on: on },
        ExtensionTooLong { left: 3 },
        VisitStale { visited_on: on, until: on },
        AssetsHeld { items: 5 },
        AssetsUnaccounted { held: 5, counted: 4 },
        AwardTooEarly { from: on },
        FollowupMonths { months: 7 },
        FollowupEarly { from: on },
        CloseReasonWrong { reason, stage },
        NotAppealable { kind },
        WithdrawalReason { reason },
        SuspensionTooLong { latest: on },
        CannotHold { kind },
        CannotSkip { kind },
        AlreadySkipped { kind },
        ReapplyFrom { from: on },
        Breaks { kind, on, because: Box::new(DefenceMissing) },
    ]
}

#[test]
fn the_tag_in_json_is_the_code_of_the_kind() {
    let state = story::at::operating().state();
    for kind in Kind::ALL {
        let facts = walk::propose(*kind, &state, day("2024-09-02"), 5);
        let json = serde_json::to_value(&facts).expect("written");
        assert_eq!(json["kind"], kind.code());
        assert_eq!(facts.kind(), *kind);
    }
}

#[test]
fn numbers_and_codes_lead_back_to_their_member_and_fit_their_sets() {
    for kind in Kind::ALL {
        assert_eq!((Kind::from_number(kind.number()), Kind::from_code(kind.code())), (Some(*kind), Some(*kind)));
        assert!((1..128).contains(&kind.number()));
    }
    for stage in Stage::ALL {
        assert_eq!((Stage::from_number(stage.number()), Stage::from_code(stage.code())), (Some(*stage), Some(*stage)));
        assert!((1..64).contains(&stage.number()));
    }
    assert_eq!((Kind::from_number(0), Stage::from_code("sold")), (None, None));
}

#[test]
fn a_code_takes_letters_digits_and_a_few_signs_up_to_23() {
    for good in ["TAILOR", "2023/1-b_2.5", "PHONE_COMPUTER_REPAIR", "A"] {
        assert_eq!(Code::new(good).expect("a code").as_str(), good);
    }
    for bad in ["", "two words", "Şəki", "ABCDEFGHIJKLMNOPQRSTUVWX", "a\0"] {
        assert!(Code::new(bad).is_err(), "{bad}");
    }
}

#[test]
fn an_unknown_kind_in_json_is_refused() {
    assert!(serde_json::from_str::<Facts>(r#"{"kind":"case.sold"}"#).is_err());
    assert!(serde_json::from_str::<Facts>(r#"{"kind":"offer.accepted"}"#).is_ok());
}

#[test]
fn conflicts_are_numbered_once_and_touch_what_events_prove() {
    let numbers: BTreeSet<i16> = CONFLICTS.iter().map(|conflict| conflict.number).collect();
    assert_eq!(numbers.len(), CONFLICTS.len());
    assert_eq!(conflicts_of(Duty::Evaluate).collect::<Vec<_>>(), [3, 4, 5, 15, 16, 17, 18, 19, 36]);
    let story = story::at::owner();
    let mut proven = Vec::new();
    story.events.iter().for_each(|event| duties_of(event, |duty, officer| proven.push((duty, officer))));
    assert!(proven.contains(&(Duty::ProposeOwnership, cast(7))));
    assert!(proven.contains(&(Duty::Evaluate, cast(4))));
    assert!(!proven.contains(&(Duty::Evaluate, id(1))));
}
