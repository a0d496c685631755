use super::events::events;
use super::simulate_tests::SMALL;
use registry::case::{Terms, fold};
use std::collections::BTreeMap;

#[test]
fn every_history_folds_under_the_state_machine() {
    let made = &*SMALL;
    let terms = terms();
    let mut refusals: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    for case in 0..made.histories.len() as u32 {
        let told = events(made, case);
        if let Err(refusal) = fold(&told, &terms) {
            let seen = refusals.entry(format!("{refusal:?}").chars().filter(|c| !c.is_ascii_digit()).collect()).or_default();
            seen.0 += 1;
            seen.1 = case;
        }
    }
    assert!(refusals.is_empty(), "{refusals:#?}");
}

fn terms() -> Terms {
    Terms {
        decision_working_days: 15,
        documents_working_days: 10,
        facts_fresh_days: 30,
        offer_working_days: 5,
        reserve_months: 12,
        training_floor_minutes: 1728,
        pass_mark: 60,
        training_repeats: 1,
        plan_days: 30,
        new_plans: 1,
        screening_working_days: 10,
        scoring_working_days: 10,
        score_spread: 20,
        panel_members: 2,
        sitting_working_days: 20,
        revision_working_days: 10,
        revisions: 1,
        contract_working_days: 15,
        status_recheck_days: 10,
        delivery_days: 90,
        start_days: 60,
        pause_days: 90,
        remedy_working_days: 20,
        extension_months: 12,
        final_visit_days: 60,
        ownership_days: 60,
        followup_window_months: 3,
        suspension_months: 6,
        suspension_renewals: 1,
        transfer_working_days: 5,
        mourning_days: 40,
        appeal_days: 30,
        appeal_working_days: 15,
        award_months: 6,
        reapply_training_months: 6,
        reapply_fraud_months: 36,
    }
}
