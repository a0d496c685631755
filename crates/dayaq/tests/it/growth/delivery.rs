//! An award from its scores to its account: granted, contracted, ordered, handed over piece by piece, accounted for, closed.

use super::{Fields, all, close, eligible, fields, fit, one, open_round, row, rows, run, scored, state, voted};
use crate::asking::{done, refused};
use crate::house::{House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;

/// An award that a sitting has granted, with whoever goes on with it.
struct Granted {
    case: String,
    award: String,
    officer: Visitor,
    head: Visitor,
    keeper: Visitor,
}

impl Granted {
    fn to(&self, noun: &str) -> String {
        format!("/awards/{}/{noun}", self.award)
    }
}

async fn granted(house: &House) -> Granted {
    let (case, office, surname) = fit(house).await;
    let award = eligible(house, &case, &office).await;
    scored(house, &award, &surname).await;
    let round = open_round(house).await;
    let given = async || {
        row(house, &format!("select granted from award_round where round_id = '{round}'")).await[0].parse::<i64>().unwrap()
    };
    let before = given().await;
    let sitting = voted(house, &round, &award).await;
    done(&close(house, &sitting).await);
    assert_eq!((state(house, &award).await.as_str(), given().await), ("4", before + 400_000));
    Granted {
        officer: all(house, Role::Officer, Some(&office)).await.remove(0),
        head: one(house, Role::OfficeHead, Some(&office)).await,
        keeper: one(house, Role::Storekeeper, Some(&office)).await,
        case,
        award,
    }
}

async fn contract(house: &House, granted: &Granted) {
    let draft = fields(&[("place_of_use", "Nizami küçəsi 14"), ("explained_in", "az"), ("conditions_same", "yes")]);
    let sign = fields(&[("explained", "yes"), ("beneficiary_signed", "yes")]);
    refused(&house.post(Some(&granted.head), &granted.to("signature"), &sign).await, "bunu etmək olmaz");
    done(&house.post(Some(&granted.officer), &granted.to("contract"), &draft).await);
    done(&house.post(Some(&granted.head), &granted.to("signature"), &sign).await);
    assert_eq!(state(house, &granted.award).await, "5");
    let paper = house.get(Some(&granted.head), &granted.to("contract.pdf"), "az").await;
    assert_eq!((paper.status, paper.kind.as_str()), (StatusCode::OK, "application/pdf"));
}

/// Ordered and received: the pieces in stock.
async fn ordered(house: &House, granted: &Granted) -> Vec<String> {
    let case = &granted.case;
    let buyers = all(house, Role::Procurement, None).await;
    let supplier = row(house, "select supplier_id from supplier order by voen").await.remove(0);
    let asked = fields(&[("supplier", &supplier), ("due_on", "2024-10-01")]);
    let order = house.post(Some(&buyers[0]), &granted.to("order"), &asked).await;
    done(&order);
    refused(&house.post(Some(&buyers[0]), &granted.to("order"), &asked).await, "sifariş artıq verilib");
    done(&house.post(Some(&buyers[1]), &format!("{}/approval", order.location), &[]).await);
    let came = fields(&[(&format!("serial-{case}-1-1"), "HM-SINAQ-1"), (&format!("serial-{case}-1-2"), "HM-SINAQ-2")]);
    done(&house.post(Some(&granted.keeper), &format!("{}/delivery", order.location), &came).await);
    let pieces = rows(house, &format!("select asset_id from asset where award_id = '{}' order by serial", granted.award)).await;
    pieces.into_iter().map(|mut piece| piece.remove(0)).collect()
}

fn handed_over(piece: &str) -> Fields {
    let mut form = fields(&[
        ("happened_on", "2024-09-02"),
        ("time", "09:00"),
        ("place", "Emalatxana"),
        ("witness", "Şahid"),
        ("confirmed", "yes"),
    ]);
    form.push((format!("take-{piece}"), "accepted".to_owned()));
    form.push((format!("condition-{piece}"), "1".to_owned()));
    form
}

/// How far the award is, and how many events the case has of it.
async fn delivered(house: &House, granted: &Granted) -> (String, String) {
    let events = format!(
        "select count(*) from journal where case_id = '{}' and kind < 300 and payload like '%award.delivered%'",
        granted.case
    );
    (state(house, &granted.award).await, row(house, &events).await.remove(0))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_award_goes_from_two_blind_scores_to_delivery_and_its_event() {
    let house = House::new().await;
    let granted = granted(&house).await;
    let (case, award) = (&granted.case, &granted.award);
    contract(&house, &granted).await;
    let pieces = ordered(&house, &granted).await;
    assert_eq!(pieces.len(), 2);
    done(&house.post(Some(&granted.keeper), &granted.to("delivery"), &handed_over(&pieces[0])).await);
    assert_eq!(delivered(&house, &granted).await, ("5".to_owned(), "0".to_owned()));
    done(&house.post(Some(&granted.keeper), &granted.to("delivery"), &handed_over(&pieces[1])).await);
    assert_eq!(delivered(&house, &granted).await, ("6".to_owned(), "1".to_owned()));
    let milestone = row(&house, &format!("select awarded_on from case_milestone where case_id = '{case}'")).await;
    assert_eq!(milestone[0], "2024-09-02");
    let act = row(&house, &format!("select delivery_id from award_delivery where award_id = '{award}' order by number")).await;
    let act = house.get(Some(&granted.keeper), &granted.to(&format!("deliveries/{}", act[0])), "az").await;
    assert_eq!((act.status, act.kind.as_str()), (StatusCode::OK, "application/pdf"));

    let account = fields(&[
        ("own_spent", "720"),
        ("receipts", "Kassa çekləri 14, 15"),
        ("jobs_made", "1"),
        ("sales", "1300"),
        ("finding", "Yeni maşınlar işləyir, bir işçi götürülüb"),
        ("seen", "yes"),
    ]);
    done(&house.post(Some(&granted.officer), &granted.to("account"), &account).await);
    assert_eq!(state(&house, award).await, "7");
    let confirmed = fields(&[("confirmed", "yes")]);
    refused(&house.post(Some(&granted.head), &granted.to("closure"), &confirmed).await, "davam edir");
    run(&house, &format!("update award_contract set ends_on = '2024-09-01' where award_id = '{award}'")).await;
    done(&house.post(Some(&granted.head), &granted.to("closure"), &confirmed).await);
    let owned = row(&house, &format!("select count(*) from asset where award_id = '{award}' and state = 3")).await;
    assert_eq!((state(&house, award).await.as_str(), owned[0].as_str()), ("8", "2"));
}
