//! The order of a case's equipment through the pages: the case says who has to do what, from the order to the store.

use crate::asking::{done, fields, refused, row};
use crate::house::{House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;

const ORDER_IT: &str = "Avadanlığı sifariş edin";
const HAND_OVER: &str = "Avadanlığı təhvil verin";

/// A signed contract of which nothing is on order: its case and its office.
async fn contracted(house: &House) -> (String, i32) {
    let sql = "
        select c.case_id, c.office
        from contract c
        join case_file f using (person_id, case_id)
        join person p using (person_id)
        where f.stage = 20
        and p.office = f.office
        and f.closed_on is null
        and c.signed_on is not null
        and not exists (select from order_line l where l.contract_id = c.contract_id)
        order by c.case_id
        limit 1";
    let found = house.row(sql).await.expect("nobody in the demo waits for an order");
    let of = |name: &str| found.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap();
    (of("case_id"), of("office").parse().unwrap())
}

async fn buyers(house: &House) -> Vec<Visitor> {
    let mut tx = house.app.system().await.unwrap();
    let sql = "select officer_id from officer_role where role = 9 order by officer_id limit 2";
    let found: Vec<(uuid::Uuid,)> = sqlx::query_as(sql).fetch_all(tx.conn()).await.unwrap();
    drop(tx);
    let mut buyers = Vec::new();
    for (officer,) in found {
        buyers.push(house.sign_in(officer, Role::Procurement).await);
    }
    buyers
}

/// The next steps on the page of a case.
pub async fn next_steps(house: &House, visitor: &Visitor, case: &str) -> String {
    let page = house.get(Some(visitor), &format!("/cases/{case}"), "az").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    let from = text.find("id=\"next\"").unwrap_or_else(|| panic!("no next steps in {text}"));
    text[from..].split("</table>").next().unwrap_or_default().to_owned()
}

async fn place(house: &House, buyer: &Visitor, case: &str, office: i32) -> String {
    let supplier = house.row("select supplier_id from supplier order by voen limit 1").await.unwrap().remove(0).1;
    let office = office.to_string();
    let order = fields(&[("office", &office), ("case", case), ("supplier", &supplier), ("due_on", "2024-12-02")]);
    let placed = house.post(Some(buyer), "/orders", &order).await;
    done(&placed);
    placed.location
}

/// A serial number for every piece of the order.
async fn serials(house: &House, case: &str) -> Vec<(String, String)> {
    let sql = AssertSqlSafe(format!("select line, quantity from order_line where case_id = '{case}' and received < quantity"));
    let mut tx = house.app.system().await.unwrap();
    let lines: Vec<(i16, i16)> = sqlx::query_as(sql).fetch_all(tx.conn()).await.unwrap();
    let piece = |line: i16, nth: i16| (format!("serial-{case}-{line}-{nth}"), format!("SN-{line}-{nth}"));
    lines.into_iter().flat_map(|(line, quantity)| (1..=quantity).map(move |nth| piece(line, nth))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_step_of_a_contract_follows_its_order_into_the_store() {
    let house = House::new().await;
    let (case, office) = contracted(&house).await;
    let officer = house.visitor(Role::Officer, Some(office)).await.unwrap();
    let keeper = house.visitor(Role::Storekeeper, Some(office)).await.unwrap();
    let buyers = buyers(&house).await;
    assert!(next_steps(&house, &officer, &case).await.contains(ORDER_IT));

    let order = place(&house, &buyers[0], &case, office).await;
    let placed = next_steps(&house, &officer, &case).await;
    assert!(placed.contains("sifarişin təsdiqi gözlənilir") && !placed.contains(ORDER_IT), "{placed}");

    done(&house.post(Some(&buyers[1]), &format!("{order}/approval"), &[]).await);
    let approved = next_steps(&house, &keeper, &case).await;
    assert!(approved.contains("sifarişin gəlməsi gözlənilir") && approved.contains("2 dekabr 2024"), "{approved}");
    assert!(approved.contains(&format!("{order}/delivery")), "the storekeeper is led to the delivery: {approved}");
    let data = house.get(Some(&officer), &format!("/api/cases/{case}"), "az").await.text();
    assert!(data.contains("procurement-step-expected"), "{data}");

    done(&house.post(Some(&keeper), &format!("{order}/delivery"), &serials(&house, &case).await).await);
    let came = next_steps(&house, &keeper, &case).await;
    assert!(came.contains(HAND_OVER) && came.contains(&format!("/cases/{case}/handover")), "{came}");
    assert!(!came.contains(ORDER_IT), "{came}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_order_is_to_be_placed_again() {
    let house = House::new().await;
    let (case, office) = contracted(&house).await;
    let officer = house.visitor(Role::Officer, Some(office)).await.unwrap();
    let buyers = buyers(&house).await;
    let order = place(&house, &buyers[0], &case, office).await;
    let why = fields(&[("why", "Qiymət bazar qiymətindən yüksəkdir")]);
    done(&house.post(Some(&buyers[1]), &format!("{order}/refusal"), &why).await);
    assert!(next_steps(&house, &officer, &case).await.contains(ORDER_IT));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_is_received_by_a_serial_number_and_by_no_slip_of_the_hand() {
    let house = House::new().await;
    let (case, office) = contracted(&house).await;
    let keeper = house.visitor(Role::Storekeeper, Some(office)).await.unwrap();
    let buyers = buyers(&house).await;
    let order = place(&house, &buyers[0], &case, office).await;
    done(&house.post(Some(&buyers[1]), &format!("{order}/approval"), &[]).await);
    let good = serials(&house, &case).await;
    let first = good[0].0.clone();
    let path = format!("{order}/delivery");
    for (serial, words) in [("-5", "Seriya nömrəsi hərf və ya rəqəmlə başlayır"), ("", "Bu ədədin qüsurunu yazmısınız")]
    {
        let mut slip = good.clone();
        slip[0].1 = serial.to_owned();
        slip.push((first.replacen("serial", "fault", 1), "Ayağı qırıqdır".to_owned()));
        let answer = house.post(Some(&keeper), &path, &slip).await;
        refused(&answer, words);
        assert!(answer.text().contains("Ayağı qırıqdır"), "what was typed is lost");
    }
    let sql = format!("select count(*) from asset where case_id = '{case}'");
    assert_eq!(row(&house, &sql).await, ["0"], "nothing is half received");
    done(&house.post(Some(&keeper), &path, &good).await);
    assert_eq!(row(&house, &sql).await, [good.len().to_string()]);
}
