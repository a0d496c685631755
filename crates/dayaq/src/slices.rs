//! Every slice, in the order in which a person meets the programme. The only place that names them all.

use platform::slice::Slice;

/// What every slice gives to the whole.
pub fn all() -> Vec<Slice> {
    vec![
        crate::home::slice(),
        crate::clock::slice(),
        platform::session::slice(),
        platform::accounts::slice(),
        registry::people::slice(),
        registry::case::slice(),
        registry::intake::slice(),
        selection::eligibility::slice(),
        selection::ranking::slice(),
        preparation::training::slice(),
        preparation::business_plan::slice(),
        preparation::screening::slice(),
        preparation::commission::slice(),
        provision::procurement::slice(),
        provision::asset::slice(),
        provision::contract::slice(),
        followup::monitoring::slice(),
        followup::growth::slice(),
        followup::grievance::slice(),
        followup::appeal::slice(),
        reporting::results::slice(),
        reporting::release::slice(),
        reporting::finance::slice(),
        reporting::integrity::slice(),
    ]
}
