//! Sittings on plans through the pages: closed on their day, not before; with every vote that was cast, and none after.

use crate::asking::{done, fields, refused, row, stage, stand_before_a_lock};
use crate::house::{House, Visitor};
use platform::{role::Role, scope::Tx};
use sqlx::AssertSqlSafe;

/// A sitting of today on one plan that was defended.
struct Called {
    sitting: String,
    case: String,
    plan: String,
    members: Vec<Visitor>,
    /// A closure at which all members were present.
    present: Vec<(String, String)>,
}

impl Called {
    fn to(&self, verb: &str) -> String {
        format!("{}/{verb}", self.sitting)
    }

    fn id(&self) -> &str {
        self.sitting.rsplit('/').next().unwrap()
    }

    fn vote(&self, choice: &str) -> Vec<(String, String)> {
        vec![(format!("vote-{}", self.plan), choice.to_owned()), (format!("why-{}", self.plan), "Qonşumdur".to_owned())]
    }

    fn decision(&self, decision: &str, reason: &str) -> Vec<(String, String)> {
        [self.present.clone(), fields(&[("rest", decision), ("rest_reason", reason)])].concat()
    }
}

/// A plan that no open sitting hears, defended before three members: its case and itself.
async fn defended(house: &House) -> (String, String) {
    let found = row(
        house,
        "select f.case_id, p.plan_id
         from case_file f
         join business_plan p using (person_id, case_id)
         where f.stage = 15
         and p.version = (select max(version) from business_plan q where q.case_id = f.case_id)
         and not exists (select from defence d where d.plan_id = p.plan_id)
         and not exists (select from agenda_item i join sitting s using (sitting_id)
             where i.case_id = f.case_id and s.closed_at is null)
         order by f.opened_on",
    )
    .await;
    let secretary = house.visitor(Role::Secretary, None).await.unwrap();
    let mut held = fields(&[("mark-COMMAND", "8"), ("mark-ANSWERS", "7"), ("mark-READINESS", "7")]);
    held.extend(judges(house).await.into_iter().map(|judge| ("panel".to_owned(), judge)));
    done(&house.post(Some(&secretary), &format!("/cases/{}/defence", found[0]), &held).await);
    (found[0].clone(), found[1].clone())
}

/// Three members of commissions.
async fn judges(house: &House) -> Vec<String> {
    let mut tx = house.app.system().await.unwrap();
    let members = "select officer_id::text from officer_role where role = 7 order by officer_id limit 3";
    let members: Vec<(String,)> = sqlx::query_as(members).fetch_all(tx.conn()).await.unwrap();
    members.into_iter().map(|(member,)| member).collect()
}

/// The fields with which a secretary calls three members to hear a case on a day.
async fn call(house: &House, case: &str, day: &str) -> Vec<(String, String)> {
    let members = judges(house).await;
    let region = row(house, "select region from sitting").await.remove(0);
    let about = [("region", region.as_str()), ("sits_on", day), ("place", "Gəncə Məşğulluq Mərkəzi"), ("budget", "20000")];
    let mut call = fields(&about);
    call.extend(members.iter().map(|member| ("member".to_owned(), member.clone())));
    call.extend(fields(&[("head", &members[0]), ("case", case)]));
    call
}

async fn called(house: &House, day: &str) -> Called {
    let (case, plan) = defended(house).await;
    hear(house, &case, &plan, day).await
}

/// A sitting that hears a plan.
async fn hear(house: &House, case: &str, plan: &str, day: &str) -> Called {
    let secretary = house.visitor(Role::Secretary, None).await.unwrap();
    let call = call(house, case, day).await;
    let answer = house.post(Some(&secretary), "/sittings", &call).await;
    done(&answer);
    let ids: Vec<&String> = call.iter().filter(|(name, _)| name == "member").map(|(_, id)| id).collect();
    let mut members = Vec::new();
    for id in &ids {
        members.push(house.sign_in(id.parse().unwrap(), Role::Member).await);
    }
    let present = ids.into_iter().map(|id| ("present".to_owned(), id.clone())).collect();
    Called { sitting: answer.location, case: case.to_owned(), plan: plan.to_owned(), members, present }
}

async fn change(tx: &mut Tx, sql: String) {
    sqlx::query(AssertSqlSafe(sql)).execute(tx.conn()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitting_is_not_closed_before_its_day() {
    let house = House::new().await;
    let called = called(&house, "2024-09-03").await;
    let secretary = house.visitor(Role::Secretary, None).await.unwrap();
    done(&house.post(Some(&called.members[0]), &called.to("votes"), &called.vote("for")).await);
    done(&house.post(Some(&called.members[1]), &called.to("votes"), &called.vote("for")).await);
    let closure = called.decision("revise", "Xərclər dəqiqləşdirilməlidir");
    refused(&house.post(Some(&secretary), &called.to("closure"), &closure).await, "3 sentyabr 2024 tarixində keçirilir");
    house.app.clock().forward(24 * 3600);
    done(&house.post(Some(&secretary), &called.to("closure"), &closure).await);
    assert_eq!(stage(&house, &called.case).await, "17");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_that_comes_while_a_sitting_is_being_closed_is_refused() {
    let house = House::new().await;
    let called = called(&house, "2024-09-02").await;
    let mut closing = house.app.system().await.unwrap();
    let closed = "closed_at = now(), closed_by = called_by";
    change(&mut closing, format!("update sitting set {closed} where sitting_id = '{}'", called.id())).await;
    let (votes, choice) = (called.to("votes"), called.vote("for"));
    let vote = house.post(Some(&called.members[0]), &votes, &choice);
    let close = async {
        stand_before_a_lock(&house, 1).await;
        closing.commit().await.unwrap();
    };
    let (vote, ()) = tokio::join!(vote, close);
    refused(&vote, "Bu iclas bağlanıb");
    let kept = row(&house, &format!("select count(*) from vote where sitting_id = '{}'", called.id())).await;
    assert_eq!(kept[0], "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitting_closes_with_a_vote_as_it_is_being_changed() {
    let house = House::new().await;
    let called = called(&house, "2024-09-02").await;
    for member in &called.members[..2] {
        done(&house.post(Some(member), &called.to("votes"), &called.vote("for")).await);
    }
    // One of the two that are a quorum steps aside after all. That has reached its last step, the chain of the journal, when
    // the closing comes.
    let mut chain = house.app.system().await.unwrap();
    change(&mut chain, "update chain_head set seq = seq".to_owned()).await;
    let (votes, choice) = (called.to("votes"), called.vote("recused"));
    let secretary = house.visitor(Role::Secretary, None).await.unwrap();
    let (closure, decision) = (called.to("closure"), called.decision("revise", "Xərclər dəqiqləşdirilməlidir"));
    let vote = house.post(Some(&called.members[1]), &votes, &choice);
    let close = async {
        assert!(stand_before_a_lock(&house, 1).await);
        let release = async {
            stand_before_a_lock(&house, 2).await;
            drop(chain);
        };
        tokio::join!(house.post(Some(&secretary), &closure, &decision), release).0
    };
    let (vote, close) = tokio::join!(vote, close);
    done(&vote);
    refused(&close, "iştirakçılardan 1 nəfər səs verib");
    assert_eq!(stage(&house, &called.case).await, "15");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_secretaries_who_call_one_plan_at_once_do_not_both_have_it() {
    let house = House::new().await;
    let (case, _) = defended(&house).await;
    let call = call(&house, &case, "2024-09-02").await;
    let secretary = house.visitor(Role::Secretary, None).await.unwrap();
    let mut file = house.app.system().await.unwrap();
    change(&mut file, format!("update case_file set version = version where case_id = '{case}'")).await;
    let release = async {
        stand_before_a_lock(&house, 2).await;
        drop(file);
    };
    let post = || house.post(Some(&secretary), "/sittings", &call);
    let (one, other, ()) = tokio::join!(post(), post(), release);
    let open = "select count(*) from agenda_item i join sitting s using (sitting_id) where s.closed_at is null";
    let open = row(&house, &format!("{open} and i.case_id = '{case}'")).await;
    assert_eq!(open[0], "1", "{} and {}", one.status, other.status);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sittings_of_a_region_called_at_once_have_numbers_of_their_own() {
    let house = House::new().await;
    let (one, _) = defended(&house).await;
    let (other, _) = defended(&house).await;
    let secretary = house.visitor(Role::Secretary, None).await.unwrap();
    let calls = [call(&house, &one, "2024-09-02").await, call(&house, &other, "2024-09-02").await];
    // The first has its number and has not got through yet when the second asks for one.
    let mut chain = house.app.system().await.unwrap();
    change(&mut chain, "update chain_head set seq = seq".to_owned()).await;
    let release = async {
        stand_before_a_lock(&house, 2).await;
        drop(chain);
    };
    let post = |call| house.post(Some(&secretary), "/sittings", call);
    let (one, other, ()) = tokio::join!(post(&calls[0]), post(&calls[1]), release);
    done(&one);
    done(&other);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_on_which_too_few_may_vote_is_put_off_to_another_sitting() {
    let house = House::new().await;
    let first = called(&house, "2024-09-02").await;
    let secretary = house.visitor(Role::Secretary, None).await.unwrap();
    done(&house.post(Some(&first.members[0]), &first.to("votes"), &first.vote("for")).await);
    for aside in &first.members[1..] {
        done(&house.post(Some(aside), &first.to("votes"), &first.vote("recused")).await);
    }
    let why = "İki üzv müəllifi tanıyır";
    for decision in ["approved", "revise", "refused", "reserve"] {
        let answer = house.post(Some(&secretary), &first.to("closure"), &first.decision(decision, why)).await;
        refused(&answer, "növbəti iclasa saxlaya bilərsiniz");
    }
    refused(&house.post(Some(&secretary), &first.to("closure"), &first.decision("put-off", "")).await, "səbəbi yazın");
    done(&house.post(Some(&secretary), &first.to("closure"), &first.decision("put-off", why)).await);
    assert_eq!(stage(&house, &first.case).await, "15", "the case waits as before");
    let told =
        format!("select payload::json->>'reason' as reason from journal where kind = 536 and payload like '%{}%'", first.plan);
    assert_eq!(row(&house, &told).await, [why]);
    let shown = house.get(Some(&secretary), &first.sitting, "az").await.text();
    assert!(shown.contains("növbəti iclasa saxlanılıb") && shown.contains(why), "{shown}");
    let minutes = house.get(Some(&secretary), &first.to("minutes.pdf"), "az").await;
    assert_eq!(minutes.kind, "application/pdf");
    let file = house.get(Some(&secretary), &format!("/cases/{}", first.case), "az").await.text();
    assert!(file.contains(why), "the case's page says why it waits: {file}");

    let again = hear(&house, &first.case, &first.plan, "2024-09-02").await;
    for member in &again.members[..2] {
        done(&house.post(Some(member), &again.to("votes"), &again.vote("for")).await);
    }
    done(&house.post(Some(&secretary), &again.to("closure"), &again.decision("revise", "Xərclər dəqiqləşdirilməlidir")).await);
    assert_eq!(stage(&house, &first.case).await, "17");
}
