//! The parameters that the program itself asks for. `dayaq programme check` refuses a programme without one of them.

use super::parameters::{Hours, Key, Measured, Months, ParameterValue, Percent, Points, Term, Years};
use values::Money;

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)+) => {
        $($(#[$doc])* pub const $name: Key<$type> = Key::new(stringify!($name));)+

        /// Every code above with the question whether a value and its unit fit its type.
        pub(super) const REQUIRED: &[(&str, fn(i64, Measured) -> bool)] =
            &[$((stringify!($name), |value, unit| <$type>::from_parameter(value, unit).is_some())),+];
    };
}

keys! {
    // Registration and eligibility
    /// Youngest age at registration as unemployed or jobseeker.
    REGISTRATION_AGE_MIN: Years;
    /// From this likelihood on, somebody registered is shown to whoever registers a person as perhaps the same.
    SAME_PERSON_LIKELIHOOD: Percent;
    /// Youngest age of an applicant.
    AGE_MIN: Years;
    /// Registered for longer than this means long unemployed.
    LONG_UNEMPLOYMENT: Months;
    /// Less than this to pension age means near pension.
    NEAR_PENSION: Months;
    /// Oldest age that counts as youth.
    YOUTH_AGE_MAX: Years;
    /// How old the checked facts of a case may be when eligibility is confirmed.
    FACTS_MAX_AGE: Term;
    /// Time for the decision on the status of an unemployed person.
    STATUS_DECISION_TERM: Term;
    /// Time for the decision on eligibility after an application is complete.
    ELIGIBILITY_DECISION_TERM: Term;
    /// Time to supply missing documents before the application lapses.
    DOCUMENTS_TERM: Term;
    /// Waiting time before a new application after dropping out or failing the course.
    REAPPLY_AFTER_TRAINING: Months;
    /// Waiting time before a new application after fraud.
    REAPPLY_AFTER_FRAUD: Months;
    /// Whether a person equipped in a phase may take part in it again.
    REPEAT_IN_PHASE: bool;
    /// Packages that one household may hold in a phase.
    HOUSEHOLD_PACKAGES: u32;

    // Selection
    /// Landholding jobseekers admitted within a year, of the unemployed admitted.
    LANDHOLDER_CAP: Percent;
    /// Least share of women among the selected.
    WOMEN_SHARE: Percent;
    /// Time to accept or decline an offer.
    OFFER_TERM: Term;
    /// How long a reserve list lives.
    RESERVE_LIST_TERM: Months;
    /// Length of the reserve list, of the seats.
    RESERVE_SHARE: Percent;
    /// Seats kept for decisions changed on appeal.
    APPEAL_RESERVE: Percent;

    // Training
    /// Length of the course.
    COURSE_HOURS: Hours;
    /// Least attendance, of the hours of the course.
    ATTENDANCE_FLOOR: Percent;
    /// Least result of the final test.
    TEST_MARK: Points;
    /// Largest cohort.
    COHORT_SEATS_MAX: u32;
    /// Least share of women, and of persons with disabilities, among those whose seats are proposed together.
    SEATS_WOMEN_SHARE: Percent;
    SEATS_DISABILITY_SHARE: Percent;
    /// Greatest share among them of jobseekers with a farm-land share.
    SEATS_LANDHOLDER_MAX: Percent;
    /// Points when seats are proposed: for any seat, for a statutory priority, for each week waited.
    SEAT_POINTS_BASE: u32;
    SEAT_POINTS_PRIORITY: u32;
    SEAT_POINTS_WEEK_WAITED: u32;
    /// The most weeks that count.
    SEAT_WEEKS_COUNTED: u32;
    /// For living in the city or rayon of the course, and in its region.
    SEAT_POINTS_NEAR: u32;
    SEAT_POINTS_IN_REGION: u32;
    /// For a course in the person's language, and for one that begins at once.
    SEAT_POINTS_LANGUAGE: u32;
    SEAT_POINTS_SOON: u32;
    /// Smallest cohort that may start.
    COHORT_SEATS_MIN: u32;
    /// Longest session of a day.
    SESSION_HOURS_MAX: Hours;
    /// Repeats of the course allowed for good cause.
    COURSE_REPEATS: u32;

    // Business plan and screening
    /// Time from the end of the course to the plan.
    PLAN_TERM: Term;
    /// Time for a revised plan.
    PLAN_REVISION_TERM: Term;
    /// Revisions that a commission may ask for.
    PLAN_REVISIONS: u32;
    /// Likeness to another plan from which it is shown to the scorers.
    PLAN_LIKENESS_FLAG: Percent;
    /// No package may cost more, whatever its direction.
    PACKAGE_CEILING: Money;
    /// Least own contribution, of the cost of the package.
    OWN_CONTRIBUTION: Percent;
    /// Management plans that go to the Bank for no-objection first.
    BANK_REVIEWED_PLANS: u32;
    /// New plans allowed after screening has stopped one.
    PLANS_AFTER_STOP: u32;

    // Scoring and commission
    /// Time to screen a plan.
    SCREENING_TERM: Term;
    /// Blind scorers of each plan.
    SCORERS: u32;
    /// Largest spread between two scores without a third scorer.
    SPREAD_LIMIT: Points;
    /// Time to score a plan.
    SCORING_TERM: Term;
    /// Time from the sealed scores to a sitting.
    SITTING_TERM: Term;
    /// Least members of a defence panel.
    DEFENCE_PANEL: u32;
    /// Weight of the defence in the final mark; the rest is the blind score.
    DEFENCE_WEIGHT: Percent;
    /// Least final mark for approval.
    PASS_MARK: Points;
    /// Members of a commission.
    COMMISSION_MEMBERS: u32;
    /// Members present, of those appointed, for a sitting to decide.
    QUORUM: Percent;

    // Contract and handover
    /// Term of contract and monitoring.
    CONTRACT_TERM: Months;
    /// Time to sign after approval.
    SIGNING_TERM: Term;
    /// How old the check of the person's status may be at signature.
    STATUS_RECHECK: Term;
    /// First hour at which offices act.
    WORKDAY_START: Hours;
    /// Hour from which offices no longer act.
    WORKDAY_END: Hours;
    /// Time from contract to receipt.
    DELIVERY_TERM: Term;
    /// Time in which a fault makes the item replaceable.
    DEFECT_WINDOW: Term;
    /// Time to replace a faulty item.
    REPLACEMENT_TERM: Term;

    // Operating and ownership
    /// Time from receipt to the first sale or service.
    BUSINESS_START_TERM: Term;
    /// Time from receipt to the first visit.
    FIRST_VISIT: Term;
    /// Time between visits.
    VISIT_INTERVAL: Term;
    /// Time between visits where risk is high.
    VISIT_INTERVAL_AT_RISK: Term;
    /// Attempts after which a person counts as unreachable.
    UNREACHABLE_TRIES: u32;
    /// Visits repeated by another office.
    BACK_CHECK_SHARE: Percent;
    /// Longest pause that still counts as in business.
    PAUSE_MAX: Term;
    /// A business not seen for longer counts as stale.
    SEEN_WITHIN: Term;
    /// Time to remedy a breach.
    REMEDY_TERM: Term;
    /// Time to report a loss.
    LOSS_REPORT_TERM: Term;
    /// Longest extension of a contract.
    EXTENSION_MAX: Months;
    /// How old the final visit may be when ownership passes.
    FINAL_VISIT_MAX_AGE: Term;
    /// Time after a death in which nothing is demanded.
    MOURNING_TERM: Term;
    /// Longest suspension.
    SUSPENSION_MAX: Months;
    /// Renewals of a suspension.
    SUSPENSION_RENEWALS: u32;
    /// Time for the receiving office to answer a transfer.
    TRANSFER_TERM: Term;
    /// Months around an anniversary in which an observation counts for it.
    FOLLOW_UP_WINDOW: Months;

    // Incentive award
    /// Least time in business since receipt.
    AWARD_MONTHS_MIN: Months;
    /// Smallest award.
    AWARD_MIN: Money;
    /// Largest award.
    AWARD_MAX: Money;
    /// Least own share of the expansion.
    AWARD_OWN_SHARE: Percent;
    /// Blind scorers of an award plan.
    AWARD_SCORERS: u32;
    /// Least score of an award plan.
    AWARD_PASS_MARK: Points;
    /// Tranches of a cash award.
    AWARD_TRANCHES: u32;
    /// Least visits that found sales before an award.
    AWARD_VISITS_MIN: u32;
    /// Least level of the later sales, of the earlier ones.
    AWARD_SALES_TREND: Percent;
    /// Most that one round may set aside.
    AWARD_ROUND_BUDGET: Money;
    /// Time to check an application for an award.
    AWARD_CHECK_TERM: Term;
    /// Term of an award's contract.
    AWARD_CONTRACT_TERM: Months;
    /// Time from delivery to the account of an award.
    AWARD_ACCOUNT_TERM: Term;

    // Grievances and appeals
    /// Time to answer a grievance.
    GRIEVANCE_TERM: Term;
    /// Time to answer a grievance that needs study.
    GRIEVANCE_STUDY_TERM: Term;
    /// Time to tell the outcome after the decision.
    GRIEVANCE_TOLD_TERM: Term;
    /// Day of the status update.
    GRIEVANCE_UPDATE: Term;
    /// Grievances open so long are listed.
    GRIEVANCE_LISTED_AFTER: Term;
    /// Time between lists of open grievances.
    GRIEVANCE_LIST_INTERVAL: Term;
    /// Solutions that may be proposed.
    GRIEVANCE_PROPOSALS: u32;
    /// Time to appeal after a decision is told.
    APPEAL_TERM: Term;
    /// Time to decide an appeal.
    APPEAL_DECISION_TERM: Term;

    // Results
    /// Time after the start of training in which it counts as running.
    TRAINING_SETTLED_AFTER: Term;
    /// Time after the end of a term in which ownership may still be pending.
    OWNERSHIP_SETTLED_AFTER: Term;
    /// The level of consumer prices, so that incomes of different years can be compared.
    PRICE_LEVEL: u32;
}
