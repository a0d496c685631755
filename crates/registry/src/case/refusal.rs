//! Why an event may not happen, in words that an officer can act on.

use super::{code::Code, duty::Duty, kind::Kind, reasons::CloseReason, stage::Stage};
use chrono::NaiveDate;
use platform::{
    language::Arg,
    message::{Explain, Message},
};

/// Why the case does not accept an event.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum Refusal {
    /// There is no case yet; an application opens it.
    NotOpened,
    /// The case has its application already.
    AlreadyOpen,
    /// The event belongs to another case or person.
    OtherCase,
    /// Something later is recorded already; the case must be folded again.
    OutOfOrder {
        last: NaiveDate,
    },
    /// It would take effect after the day on which it is recorded.
    InFuture {
        on: NaiveDate,
    },
    Closed {
        kind: Kind,
    },
    WrongStage {
        kind: Kind,
        stage: Stage,
    },
    Suspended {
        kind: Kind,
        until: NaiveDate,
    },
    OnHold {
        kind: Kind,
        since: NaiveDate,
    },
    Deceased {
        kind: Kind,
    },
    ReasonMissing {
        kind: Kind,
    },
    /// One person may not have both duties in one case.
    SamePerson {
        one: Duty,
        other: Duty,
    },
    /// A second person must agree.
    SecondPersonMissing {
        kind: Kind,
    },
    /// Not before a day.
    TooEarly {
        kind: Kind,
        from: NaiveDate,
    },
    /// Not after a day.
    TooLate {
        kind: Kind,
        until: NaiveDate,
    },
    /// A date among the facts lies after the event itself.
    FactLater {
        date: NaiveDate,
        on: NaiveDate,
    },
    /// The facts of the decision are too old.
    StaleFacts {
        as_of: NaiveDate,
        until: NaiveDate,
    },
    /// Points above 100.
    MarkTooHigh {
        points: u16,
    },

    DirectionTwice {
        direction: Code,
    },
    ConsentMissing,
    NothingMissing,
    NotOnThatList,
    HoursShort {
        attended_minutes: u16,
        needed_minutes: u16,
    },
    MarkShort {
        score: u8,
        needed: u8,
    },
    RepeatUsed,
    RepeatCauseMissing,
    OtherCohort,

    OtherPlan,
    PlanVersion {
        expected: u8,
    },
    DirectionNotOffered {
        direction: Code,
    },
    NewPlanUsed,
    RevisionUsed,
    ManagementPlanMissing,
    SameEvaluator,
    ThirdScoreMissing {
        spread: u8,
    },
    MeanOutside,
    PanelTooSmall {
        needed: u8,
    },
    PanelTwice,
    DefenceMissing,
    AmountNotPositive,

    OtherContract,
    AmountNotGranted,
    TermWrong {
        ends_on: NaiveDate,
    },
    NoItems,
    NothingHandedOver,
    ExtensionTooLong {
        left: u16,
    },
    BreachOpen,
    HoldOpen,
    FraudReviewOpen,
    VisitStale {
        visited_on: NaiveDate,
        until: NaiveDate,
    },
    AssetsHeld {
        items: u16,
    },
    AssetsUnaccounted {
        held: u16,
        counted: u32,
    },
    AwardTooEarly {
        from: NaiveDate,
    },

    NotReceived,
    FollowupMonths {
        months: u8,
    },
    FollowupEarly {
        from: NaiveDate,
    },

    CloseReasonWrong {
        reason: CloseReason,
        stage: Stage,
    },
    AppealOpen,
    AppealKnown,
    NoSuchAppeal,
    NotAppealable {
        kind: Kind,
    },
    WithdrawalReason {
        reason: CloseReason,
    },
    NotSuspended,
    SuspensionTooLong {
        latest: NaiveDate,
    },
    RenewalUsed,
    TransferPending,
    NoTransfer,
    SameOffice,
    OtherOffice,
    SameDirection {
        direction: Code,
    },
    SittingMissing,
    CannotHold {
        kind: Kind,
    },
    NoSuchHold,
    CannotSkip {
        kind: Kind,
    },
    AlreadySkipped {
        kind: Kind,
    },
    SameCase,
    SameCall,
    SamePhase,
    ReapplyFrom {
        from: NaiveDate,
    },

    /// A correction changes the past; the case must be folded again.
    NeedsRefold,
    NoSuchEntry,
    OpeningEntry,
    CorrectionOfCorrection,
    /// The entry is voided already.
    AlreadyVoid,
    /// Without the corrected entry, or with the late one, a later event would be illegal.
    Breaks {
        kind: Kind,
        on: NaiveDate,
        because: Box<Refusal>,
    },
}

impl Refusal {
    /// The message's key.
    pub fn key(&self) -> &'static str {
        self.words().0
    }

    fn words(&self) -> (&'static str, Vec<(&'static str, Arg)>) {
        use Refusal::*;
        match self {
            NotOpened => ("case-refusal-not-opened", vec![]),
            AlreadyOpen => ("case-refusal-already-open", vec![]),
            OtherCase => ("case-refusal-other-case", vec![]),
            OutOfOrder { last } => ("case-refusal-out-of-order", vec![("date", (*last).into())]),
            InFuture { on } => ("case-refusal-in-future", vec![("date", (*on).into())]),
            Closed { kind } => ("case-refusal-closed", vec![event(*kind)]),
            WrongStage { kind, stage } => ("case-refusal-wrong-stage", vec![event(*kind), at_stage(*stage)]),
            Suspended { kind, until } => ("case-refusal-suspended", vec![event(*kind), ("date", (*until).into())]),
            OnHold { kind, since } => ("case-refusal-on-hold", vec![event(*kind), ("date", (*since).into())]),
            Deceased { kind } => ("case-refusal-deceased", vec![event(*kind)]),
            ReasonMissing { kind } => ("case-refusal-reason-missing", vec![event(*kind)]),
            SamePerson { one, other } => ("case-refusal-same-person", vec![duty("one", *one), duty("other", *other)]),
            SecondPersonMissing { kind } => ("case-refusal-second-person-missing", vec![event(*kind)]),
            TooEarly { kind, from } => ("case-refusal-too-early", vec![event(*kind), ("date", (*from).into())]),
            TooLate { kind, until } => ("case-refusal-too-late", vec![event(*kind), ("date", (*until).into())]),
            FactLater { date, on } => ("case-refusal-fact-later", vec![("date", (*date).into()), ("on", (*on).into())]),
            StaleFacts { as_of, until } => {
                ("case-refusal-stale-facts", vec![("date", (*as_of).into()), ("until", (*until).into())])
            }
            MarkTooHigh { points } => ("case-refusal-mark-too-high", vec![("points", (*points).into())]),
            Breaks { kind, on, because } => {
                ("case-refusal-breaks", vec![event(*kind), ("date", (*on).into()), ("because", because.message().into())])
            }
            _ => self.words_of_preparation(),
        }
    }

    fn words_of_preparation(&self) -> (&'static str, Vec<(&'static str, Arg)>) {
        use Refusal::*;
        match self {
            DirectionTwice { .. } => ("case-refusal-direction-twice", vec![]),
            ConsentMissing => ("case-refusal-consent-missing", vec![]),
            NothingMissing => ("case-refusal-nothing-missing", vec![]),
            NotOnThatList => ("case-refusal-not-on-that-list", vec![]),
            HoursShort { attended_minutes, needed_minutes } => {
                ("case-refusal-hours-short", vec![hours("attended", *attended_minutes), hours("needed", *needed_minutes)])
            }
            MarkShort { score, needed } => {
                ("case-refusal-mark-short", vec![("score", u16::from(*score).into()), ("needed", u16::from(*needed).into())])
            }
            RepeatUsed => ("case-refusal-repeat-used", vec![]),
            RepeatCauseMissing => ("case-refusal-repeat-cause-missing", vec![]),
            OtherCohort => ("case-refusal-other-cohort", vec![]),
            OtherPlan => ("case-refusal-other-plan", vec![]),
            PlanVersion { expected } => ("case-refusal-plan-version", vec![("expected", u16::from(*expected).into())]),
            DirectionNotOffered { direction } => {
                ("case-refusal-direction-not-offered", vec![("direction", direction.as_str().into())])
            }
            NewPlanUsed => ("case-refusal-new-plan-used", vec![]),
            RevisionUsed => ("case-refusal-revision-used", vec![]),
            ManagementPlanMissing => ("case-refusal-management-plan-missing", vec![]),
            SameEvaluator => ("case-refusal-same-evaluator", vec![]),
            ThirdScoreMissing { spread } => ("case-refusal-third-score-missing", vec![("spread", u16::from(*spread).into())]),
            MeanOutside => ("case-refusal-mean-outside", vec![]),
            PanelTooSmall { needed } => ("case-refusal-panel-too-small", vec![("needed", u16::from(*needed).into())]),
            PanelTwice => ("case-refusal-panel-twice", vec![]),
            DefenceMissing => ("case-refusal-defence-missing", vec![]),
            AmountNotPositive => ("case-refusal-amount-not-positive", vec![]),
            _ => self.words_of_provision(),
        }
    }

    fn words_of_provision(&self) -> (&'static str, Vec<(&'static str, Arg)>) {
        use Refusal::*;
        match self {
            OtherContract => ("case-refusal-other-contract", vec![]),
            AmountNotGranted => ("case-refusal-amount-not-granted", vec![]),
            TermWrong { ends_on } => ("case-refusal-term-wrong", vec![("date", (*ends_on).into())]),
            NoItems => ("case-refusal-no-items", vec![]),
            NothingHandedOver => ("case-refusal-nothing-handed-over", vec![]),
            ExtensionTooLong { left } => ("case-refusal-extension-too-long", vec![("left", (*left).into())]),
            BreachOpen => ("case-refusal-breach-open", vec![]),
            HoldOpen => ("case-refusal-hold-open", vec![]),
            FraudReviewOpen => ("case-refusal-fraud-review-open", vec![]),
            VisitStale { visited_on, until } => {
                ("case-refusal-visit-stale", vec![("date", (*visited_on).into()), ("until", (*until).into())])
            }
            AssetsHeld { items } => ("case-refusal-assets-held", vec![("items", (*items).into())]),
            AssetsUnaccounted { held, counted } => {
                ("case-refusal-assets-unaccounted", vec![("held", (*held).into()), ("counted", (*counted).into())])
            }
            AwardTooEarly { from } => ("case-refusal-award-too-early", vec![("date", (*from).into())]),
            NotReceived => ("case-refusal-not-received", vec![]),
            FollowupMonths { months } => ("case-refusal-followup-months", vec![("months", u16::from(*months).into())]),
            FollowupEarly { from } => ("case-refusal-followup-early", vec![("date", (*from).into())]),
            _ => self.words_of_any_state(),
        }
    }

    fn words_of_any_state(&self) -> (&'static str, Vec<(&'static str, Arg)>) {
        use Refusal::*;
        match self {
            CloseReasonWrong { reason, stage } => ("case-refusal-close-reason-wrong", vec![closing(*reason), at_stage(*stage)]),
            AppealOpen => ("case-refusal-appeal-open", vec![]),
            AppealKnown => ("case-refusal-appeal-known", vec![]),
            NoSuchAppeal => ("case-refusal-no-such-appeal", vec![]),
            NotAppealable { kind } => ("case-refusal-not-appealable", vec![event(*kind)]),
            WithdrawalReason { reason } => ("case-refusal-withdrawal-reason", vec![closing(*reason)]),
            NotSuspended => ("case-refusal-not-suspended", vec![]),
            SuspensionTooLong { latest } => ("case-refusal-suspension-too-long", vec![("date", (*latest).into())]),
            RenewalUsed => ("case-refusal-renewal-used", vec![]),
            TransferPending => ("case-refusal-transfer-pending", vec![]),
            NoTransfer => ("case-refusal-no-transfer", vec![]),
            SameOffice => ("case-refusal-same-office", vec![]),
            OtherOffice => ("case-refusal-other-office", vec![]),
            SameDirection { .. } => ("case-refusal-same-direction", vec![]),
            SittingMissing => ("case-refusal-sitting-missing", vec![]),
            CannotHold { kind } => ("case-refusal-cannot-hold", vec![event(*kind)]),
            NoSuchHold => ("case-refusal-no-such-hold", vec![]),
            CannotSkip { kind } => ("case-refusal-cannot-skip", vec![event(*kind)]),
            AlreadySkipped { kind } => ("case-refusal-already-skipped", vec![event(*kind)]),
            SameCase => ("case-refusal-same-case", vec![]),
            SameCall => ("case-refusal-same-call", vec![]),
            SamePhase => ("case-refusal-same-phase", vec![]),
            ReapplyFrom { from } => ("case-refusal-reapply-from", vec![("date", (*from).into())]),
            NoSuchEntry => ("case-refusal-no-such-entry", vec![]),
            OpeningEntry => ("case-refusal-opening-entry", vec![]),
            CorrectionOfCorrection => ("case-refusal-correction-of-correction", vec![]),
            AlreadyVoid => ("case-refusal-already-void", vec![]),
            _ => ("case-refusal-needs-refold", vec![]),
        }
    }
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        let (key, args) = self.words();
        Message { key: key.into(), args }
    }
}

fn event(kind: Kind) -> (&'static str, Arg) {
    ("event", kind.message().into())
}

fn at_stage(stage: Stage) -> (&'static str, Arg) {
    ("stage", stage.message().into())
}

fn duty(name: &'static str, duty: Duty) -> (&'static str, Arg) {
    (name, duty.message().into())
}

fn closing(reason: CloseReason) -> (&'static str, Arg) {
    ("reason", reason.message().into())
}

fn hours(name: &'static str, minutes: u16) -> (&'static str, Arg) {
    (name, format!("{}:{:02}", minutes / 60, minutes % 60).into())
}
