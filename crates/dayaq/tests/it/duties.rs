//! Nobody has two duties on one case that exclude each other, in whatever order and however fast they are taken.

use crate::house::House;
use platform::{
    answer::Stop,
    app::App,
    role::Role,
    scope::{Scope, Who},
};
use registry::case::{
    duty::{CONFLICTS, Duty, exclude_each_other},
    store::{self, CaseFile},
};
use values::id::{CaseId, OfficeId, OfficerId};

/// One officer takes one duty, in a transaction of its own; whether it was given.
async fn take(app: App, officer: OfficerId, file: CaseFile, duty: Duty) -> bool {
    let office = OfficeId(file.office);
    let who = Who { officer, role: duty.role(), office, offices: vec![office] };
    let mut tx = app.open(Scope::Offices(vec![office]), who).await.unwrap();
    match store::claim(&mut tx, &file, duty).await {
        Ok(()) => {
            tx.commit().await.unwrap();
            true
        }
        Err(Stop::Errors(_)) => false,
        Err(Stop::Fault(fault)) => panic!("{duty:?}: {fault:?}"),
    }
}

/// Open cases, and an officer who has had nothing to do with any.
async fn setting(house: &House) -> (Vec<CaseFile>, OfficerId) {
    let mut tx = house.app.system().await.unwrap();
    let cases: Vec<(uuid::Uuid,)> =
        sqlx::query_as("select case_id from case_file order by case_id").fetch_all(tx.conn()).await.unwrap();
    let (officer,): (uuid::Uuid,) = sqlx::query_as(
        "select officer_id from officer o where not exists (select from case_duty d where d.officer_id = o.officer_id) limit 1",
    )
    .fetch_one(tx.conn())
    .await
    .unwrap();
    let mut files = Vec::new();
    for (case,) in cases {
        files.push(store::find(&mut tx, CaseId(case)).await.unwrap().unwrap());
    }
    (files, OfficerId(officer))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_every_ordered_pair_of_duties_the_second_is_refused_exactly_when_they_exclude_each_other() {
    let house = House::new().await;
    let (files, officer) = setting(&house).await;
    let file = &files[0];
    let mut wrong = Vec::new();
    for one in Duty::ALL {
        for other in Duty::ALL {
            let who = Who { officer, role: Role::Officer, office: OfficeId(file.office), offices: vec![OfficeId(file.office)] };
            let mut tx = house.app.open(Scope::Offices(vec![OfficeId(file.office)]), who).await.unwrap();
            assert!(store::claim(&mut tx, file, *one).await.is_ok(), "{one:?} alone");
            let refused = store::claim(&mut tx, file, *other).await.is_err();
            if refused != exclude_each_other(*one, *other) {
                wrong.push(format!("{one:?} and then {other:?}: {}", if refused { "refused" } else { "given" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_duties_taken_at_once_that_exclude_each_other_one_is_refused() {
    let house = House::new().await;
    let (files, officer) = setting(&house).await;
    let mut rounds = 0;
    for (conflict, file) in CONFLICTS.iter().zip(files.iter().cycle()) {
        for [one, other] in [conflict.duties, [conflict.duties[1], conflict.duties[0]]] {
            let (app, also) = (house.app.clone(), house.app.clone());
            let first = tokio::spawn(take(app, officer, file.clone(), one));
            let second = tokio::spawn(take(also, officer, file.clone(), other));
            let given = u8::from(first.await.unwrap()) + u8::from(second.await.unwrap());
            assert!(given == 1, "{one:?} and {other:?} at once: {given} were given");
            let mut tx = house.app.system().await.unwrap();
            sqlx::query("delete from case_duty where officer_id = $1").bind(officer.0).execute(tx.conn()).await.unwrap();
            tx.commit().await.unwrap();
            rounds += 1;
        }
    }
    assert!(rounds > 50, "only {rounds} rounds");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_a_second_duty_of_a_conflict() {
    let house = House::new().await;
    let (files, officer) = setting(&house).await;
    let insert = "
        insert into case_duty (person_id, case_id, conflict, officer_id, duty, office)
        values ($1, $2, $3, $4, $5, $6)";
    for conflict in CONFLICTS {
        let mut tx = house.app.system().await.unwrap();
        let mut outcomes = Vec::new();
        for duty in conflict.duties {
            let query = sqlx::query(insert).bind(files[0].person_id).bind(files[0].case_id).bind(conflict.number);
            let done = query.bind(officer.0).bind(duty as i16).bind(files[0].office).execute(tx.conn()).await;
            outcomes
                .push(done.map(|_| ()).map_err(|error| error.as_database_error().and_then(|e| e.code()).map(|c| c.into_owned())));
        }
        assert_eq!(outcomes, [Ok(()), Err(Some("23505".to_owned()))], "{:?}", conflict.duties);
    }
}
