use super::rules::{Refusal, open, problems, reckon};
use chrono::NaiveDate;
use registry::{
    case::Stage,
    programme::{self, Programme, sheet::Sheet},
};
use std::path::Path;

fn programme() -> Programme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/employment-support");
    programme::load(&folder).expect("the programme reads")
}

fn day() -> NaiveDate {
    "2024-09-02".parse().expect("a date")
}

/// A plan of a tailor with everything in it.
fn sheet(programme: &Programme) -> Sheet {
    let mut sheet = Sheet::default();
    for (name, value) in [
        ("summary", "Evdə qadın paltarı tikirəm"),
        ("tax_registration", "will_register"),
        ("licence", "not_needed"),
        ("experience_years", "4"),
        ("address", "Gəncə, Nizami küçəsi 5"),
        ("tenure", "own"),
        ("area_m2", "20"),
        ("power", "single_phase"),
        ("water", "yes"),
        ("products-0-product", "paltar"),
        ("products-0-unit", "ədəd"),
        ("products-0-monthly_quantity", "40"),
        ("products-0-price", "25"),
        ("products-0-unit_cost", "9"),
        ("customers", "Məhəllə sakinləri"),
        ("rivals", "Bazardakı dərzilər"),
        ("channels", "workshop"),
        ("working_days_month", "24"),
        ("daily_capacity", "iki paltar"),
        ("family_workers", "0"),
        ("paid_workers", "0"),
        ("equipment-0-quantity", "1"),
        ("money", "800"),
        ("in_kind", "0"),
        ("risks-0-risk", "sifariş azalar"),
        ("risks-0-answer", "təmir də edərəm"),
        ("own_work", "yes"),
        ("true_data", "yes"),
    ] {
        sheet.set(name, value);
    }
    let tailor = programme.direction("TAILOR").expect("tailors are in the programme");
    sheet.set("equipment-0-item", tailor.package[0].item.as_str());
    for month in 0..12 {
        sheet.set(format!("cash_flow-{month}-month"), (month + 1).to_string());
        for (field, sum) in
            [("sales", "1000"), ("materials", "380"), ("tax", "20"), ("rent_utilities", "100"), ("drawings", "250")]
        {
            sheet.set(format!("cash_flow-{month}-{field}"), sum);
        }
        for field in ["wages", "other_costs", "social_insurance"] {
            sheet.set(format!("cash_flow-{month}-{field}"), "0");
        }
    }
    sheet
}

#[test]
fn a_whole_plan_is_taken_in_and_reckoned() {
    let programme = programme();
    let tailor = programme.direction("TAILOR").expect("tailors are in the programme");
    let sheet = sheet(&programme);
    assert_eq!(problems(&programme, tailor, &sheet, day()).list, []);
    let reckoned = reckon(&programme, &sheet, day());
    let price = programme.item(tailor.package[0].item.as_str(), day()).expect("its first item").reference_price.qepik();
    assert_eq!((reckoned.items_total, reckoned.own_contribution), (price, 80_000));
    assert_eq!(reckoned.figures.profit, 12 * 50_000);
    assert_eq!(reckoned.warnings, []);
}

#[test]
fn each_thing_missing_is_named_at_its_field() {
    let programme = programme();
    let tailor = programme.direction("TAILOR").expect("tailors are in the programme");
    let wrong = |change: &dyn Fn(&mut Sheet)| {
        let mut sheet = sheet(&programme);
        change(&mut sheet);
        let errors = problems(&programme, tailor, &sheet, day());
        errors.list.into_iter().filter_map(|error| error.field).collect::<Vec<_>>()
    };
    assert_eq!(wrong(&|sheet| sheet.set("summary", "")), ["summary"]);
    assert_eq!(wrong(&|sheet| sheet.set("equipment-0-item", "TRACTOR")), ["equipment-0-item"]);
    assert_eq!(wrong(&|sheet| sheet.set("equipment-0-quantity", "900")), ["equipment-0-item", "money"]);
    assert_eq!(wrong(&|sheet| sheet.set("cash_flow-3-sales", "min manat")), ["cash_flow-3-sales"]);
    assert_eq!(wrong(&|sheet| sheet.set("true_data", "no")), ["true_data"]);
    assert_eq!(wrong(&|sheet| sheet.set("tenure", "rented")), ["rent"]);
}

#[test]
fn a_plan_is_written_after_training_and_when_it_came_back() {
    let open_at: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| open(*stage).is_ok()).collect();
    assert_eq!(open_at, [Stage::Trained, Stage::PlanStopped, Stage::Revising]);
    assert_eq!(open(Stage::Approved), Err(Refusal::NotNow));
}
