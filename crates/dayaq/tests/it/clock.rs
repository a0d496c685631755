//! The clock of a demo: it goes forward for everybody at once and stays there, and only in a demo and over loopback.

use crate::house::{Answer, House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;

async fn officer(house: &House) -> Visitor {
    house.visitor(Role::Officer, None).await.unwrap()
}

async fn moved(house: &House, fields: &[(&str, &str)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    house.post(Some(&officer(house).await), "/clock", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_goes_forward_at_once_and_is_still_there_after_a_restart() {
    let house = House::new().await;
    assert_eq!(moved(&house, &[("by", "month")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.app.today().to_string(), "2024-10-02");
    assert_eq!(moved(&house, &[("by", "date"), ("to", "2025-03-15")]).await.status, StatusCode::SEE_OTHER);
    let entries = house.row("select count(*) as entries from journal where kind = 1021").await.unwrap();
    assert_eq!(entries[0].1, "2");
    let house = house.again().await;
    assert_eq!(house.app.today().to_string(), "2025-03-15");
    assert!(house.get(Some(&officer(&house).await), "/", "en").await.text().contains("15 March 2025"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_goes_neither_back_nor_beyond_a_mistyped_year_and_keeps_what_was_typed() {
    let house = House::new().await;
    for (day, said) in
        [("2024-09-02", "Saat yalnız irəli gedir"), ("2024-01-31", "Saat yalnız irəli gedir"), ("2042-09-03", "5 il")]
    {
        let answer = moved(&house, &[("by", "date"), ("to", day)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        let text = answer.text();
        assert!(text.contains(said), "{day}: {text}");
        assert!(text.contains(&format!("value=\"{}\"", &day[..4])), "{day} was lost");
    }
    assert_eq!(house.app.today().to_string(), "2024-09-02");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_moves_the_clock_of_a_real_programme_or_from_another_machine() {
    let real = House::of_a_real_programme().await;
    let who = officer(&real).await;
    assert_eq!(real.get(Some(&who), "/clock", "az").await.status, StatusCode::NOT_FOUND);
    assert_eq!(moved(&real, &[("by", "day")]).await.status, StatusCode::NOT_FOUND);
    assert!(!real.get(Some(&who), "/", "az").await.text().contains("/clock"));
    let demo = House::new().await;
    let who = officer(&demo).await;
    assert_eq!(demo.get_at("dayaq.example", Some(&who), "/clock", "az").await.status, StatusCode::NOT_FOUND);
    assert_eq!(demo.get(Some(&who), "/clock", "az").await.status, StatusCode::OK);
}
