//! Applications as lodged.

use crate::demo::{
    events::receipt,
    history::{CaseNo, Premises},
    programme::Simulated,
};
use registry::intake::store::{Answers, Application};

/// The application of a case.
pub fn application(made: &Simulated, case: CaseNo) -> Application {
    let history = made.history(case);
    let lodged = &history.application;
    let answers = Answers {
        tools: if lodged.tools_owned { "öz alətləri var".to_owned() } else { String::new() },
        premises: premises(lodged.premises).to_owned(),
        power: lodged.premises != Premises::NoneYet,
        water: lodged.premises != Premises::NoneYet,
        ..Answers::default()
    };
    let call = made.setting.call_on(lodged.lodged.at.day).map(|call| call.code.clone()).unwrap_or_default();
    Application {
        person_id: made.person_id(history.person).0,
        case_id: made.case_id(case).0,
        office: made.setting.offices[usize::from(history.office_now)].id,
        call,
        receipt: receipt(history.number, lodged.lodged.at.day),
        lodged_on: lodged.lodged.at.date(),
        lodged_by: made.officer_id(lodged.lodged.by).0,
        experience_years: i16::from(lodged.experience_years),
        own_contribution: lodged.own_contribution,
        answers: serde_json::to_string(&answers).unwrap_or_default(),
    }
}

fn premises(premises: Premises) -> &'static str {
    match premises {
        Premises::AtHome => "home",
        Premises::Owned => "owned",
        Premises::Rented => "rented",
        Premises::NoneYet => "none",
    }
}
