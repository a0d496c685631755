//! The last seat, the last delivery, the last piece: sixty-four clients want it at once, and one gets it.

use crate::{
    house::{House, Visitor},
    routes,
};
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;

const CLIENTS: usize = 64;

type Form = Vec<(String, String)>;

/// Sends these forms at once from as many clients as there are, over and over from the first; how many were taken.
async fn rush(house: &House, visitor: &Visitor, path: &str, forms: &[Form]) -> usize {
    let clients = forms.iter().cycle().take(CLIENTS);
    let answers = futures::future::join_all(clients.map(|form| house.post(Some(visitor), path, form))).await;
    for answer in &answers {
        let is_told = answer.status == StatusCode::SEE_OTHER || answer.status == StatusCode::UNPROCESSABLE_ENTITY;
        assert!(is_told, "{path}: {} {}", answer.status, answer.text());
    }
    answers.iter().filter(|answer| answer.status == StatusCode::SEE_OTHER).count()
}

/// The form as each client sends it: a serial number that is typed is each client's own.
fn serials_apart(form: &Form) -> Vec<Form> {
    let typed = |(name, value): &(String, String), client: usize| {
        let value = if name == "serial" { format!("{value}-{client}") } else { value.clone() };
        (name.clone(), value)
    };
    (0..CLIENTS).map(|client| form.iter().map(|field| typed(field, client)).collect()).collect()
}

async fn count(house: &House, sql: &str) -> i64 {
    let mut tx = house.app.system().await.unwrap();
    let (count,): (i64,) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(tx.conn()).await.unwrap();
    count
}

async fn change(house: &House, sql: &str) {
    let mut tx = house.app.system().await.unwrap();
    sqlx::query(AssertSqlSafe(sql)).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_seat_of_a_course_is_given_once() {
    let house = House::of_many().await;
    let sql = "
        select c.cohort_id, c.office, string_agg(f.case_id::text, ' ') as waiting
        from cohort c
        join case_file f on f.office = c.office and f.stage = 7
        where c.closed_on is null
        and not exists (select from enrolment e where e.case_id = f.case_id and e.result is null)
        group by c.cohort_id
        order by count(*) desc
        limit 1";
    let found = house.row(sql).await.expect("nobody in the demo waits for a course");
    let of = |name: &str| found.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap();
    let (cohort, office, waiting) = (of("cohort_id"), of("office"), of("waiting"));
    let forms: Vec<Form> = waiting.split(' ').map(|case| vec![("case".to_owned(), case.to_owned())]).collect();
    assert!(forms.len() > 2, "only {} wait", forms.len());
    let head = house.visitor(Role::OfficeHead, office.parse().ok()).await.unwrap();
    for round in 1..forms.len() {
        change(&house, &format!("update cohort set seats = taken + 1 where cohort_id = '{cohort}'")).await;
        let taken = rush(&house, &head, &format!("/cohorts/{cohort}/enrolments"), &forms).await;
        assert_eq!(taken, 1, "round {round}");
        let over = format!(
            "select count(*)
             from cohort c
             where c.cohort_id = '{cohort}'
             and c.seats <> (select count(*) from enrolment e where e.cohort_id = c.cohort_id)"
        );
        assert_eq!(count(&house, &over).await, 0, "round {round}: seats and those seated differ");
    }
}

/// A form that uses up what is there once.
struct Once {
    path: &'static str,
    /// Each with another case, as long as the demo has one.
    rounds: usize,
    /// How many things are there twice, or are more than there may be.
    twice: &'static str,
}

const ONCE: &[Once] = &[
    Once {
        path: "/orders",
        rounds: 5,
        twice: "
            select count(*)
            from order_line l
            join order_line other using (contract_id, item, award_id)
            join supply_order o on o.order_id = l.order_id and o.refused_at is null
            join supply_order p on p.order_id = other.order_id and p.refused_at is null
            where l.order_id < other.order_id",
    },
    Once {
        // What has come today can't have been handed over at the sample's hour.
        path: "/cases/{case}/handover",
        rounds: 1,
        twice: "select count(*) - count(distinct asset_id) from handover_item",
    },
    Once { path: "/orders/{order}/delivery", rounds: 5, twice: "select count(*) from order_line where received > quantity" },
    Once {
        path: "/cases/{case}/assets/{asset}/replacement",
        rounds: 5,
        twice: "select count(replaces) - count(distinct replaces) from asset",
    },
    Once {
        path: "/cases/{case}/contract/signature",
        rounds: 5,
        twice: "select count(*) - count(distinct case_id) from contract where signed_on is not null",
    },
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_once_is_ordered_received_handed_over_and_signed_for_once() {
    let house = House::new().await;
    let table = routes::table();
    for once in ONCE {
        let path = once.path;
        let route = table.iter().find(|route| route.path == path && route.method() == "POST").unwrap();
        let before = count(&house, once.twice).await;
        let mut round = 0;
        while round < once.rounds
            && let Some(built) = routes::build(&house, route).await
        {
            let visitor = routes::rightful(&house, route, &built).await.unwrap();
            let taken = rush(&house, &visitor, &built.path, &serials_apart(&built.fields)).await;
            assert_eq!(taken, 1, "{path}, round {round}");
            assert_eq!(count(&house, once.twice).await, before, "{path}, round {round}");
            round += 1;
        }
        assert!(round > 0, "nothing for {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_receives_pieces_that_another_has_received_meanwhile_is_told_which() {
    let house = House::new().await;
    let table = routes::table();
    let route = table.iter().find(|route| route.path == "/orders/{order}/delivery" && route.method() == "POST").unwrap();
    let built = routes::build(&house, route).await.unwrap();
    let keeper = routes::rightful(&house, route, &built).await.unwrap();
    let (first, _) = built.fields[0].clone();
    let at = first.strip_prefix("serial-").and_then(|rest| rest.rsplit_once('-')).unwrap().0.to_owned();
    let (case, line) = at.rsplit_once('-').unwrap();
    let order = built.path.split('/').nth(2).unwrap();
    let two = format!(
        "update order_line set quantity = received + 2 where order_id = '{order}' and case_id = '{case}' and line = {line}"
    );
    change(&house, &two).await;
    let piece = |nth: u8, serial: &str| (format!("serial-{at}-{nth}"), serial.to_owned());
    let one = house.post(Some(&keeper), &built.path, &[piece(1, "SN-1")]).await;
    assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.text());
    let late = house.post(Some(&keeper), &built.path, &[piece(1, "SN-2"), piece(2, "SN-3")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text().contains("Artıq gözlənilməyənlər: SN-3."), "{}", late.text());
    assert!(late.text().contains("value=\"SN-2\""), "what may still come stays on the form: {}", late.text());
}
