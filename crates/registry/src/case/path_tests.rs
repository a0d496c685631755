//! The main path and its branches, as office people would tell them.

use super::story::*;
use super::*;

fn stages(story: &Story) -> String {
    let mut state = None;
    let mut stages = Vec::new();
    for event in &story.events {
        apply(&mut state, event, &story.terms).expect("a legal story");
        stages.extend(state.as_ref().map(|state| state.stage.code()));
    }
    stages.dedup();
    stages.join(" → ")
}

#[test]
fn a_tailor_goes_from_application_to_ownership() {
    assert_eq!(
        stages(&at::owner()),
        "applied → eligible → selected → enrolled → in_training → trained → plan_submitted → screened → scored → approved \
         → contracted → equipped → operating → owner"
    );
}
