//! Signing in, and what every answer carries: guessing is slowed down and tells nothing, sessions end with their rights,
//! a form from elsewhere does nothing.

use crate::{
    asking::fields,
    house::{Answer, House, Visitor},
    routes::{build, name, rightful, table},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use platform::{role::Role, route::Kind};
use uuid::Uuid;

const LOGIN: &str = "semaye.quluzade";
const PASSWORD: &str = "qırmızı qatar yavaş gedir";

/// An administrator opens an account with a password of its own.
async fn with_account() -> House {
    let house = House::new().await;
    let administrator = house.visitor(Role::Administrator, None).await.unwrap();
    let typed = [("name", "Səmayə Quluzadə"), ("login", LOGIN), ("password", PASSWORD), ("role", "bank"), ("office", "0")];
    let answer = house.post(Some(&administrator), "/accounts", &fields(&typed)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    house
}

async fn try_in(house: &House, login: &str, password: &str, cookies: &str) -> Answer {
    let encode = |text: &str| platform::draw::encode(text);
    let body = format!("login={}&password={}&_form={}&to=%2Fpeople", encode(login), encode(password), Uuid::now_v7());
    let request = Request::post("/sign-in")
        .header(header::HOST, "localhost:8080")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookies)
        .body(Body::from(body))
        .unwrap();
    house.ask(request).await
}

fn cookies_set(answer: &Answer) -> Vec<String> {
    answer.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
}

pub fn carried(answer: &Answer) -> String {
    cookies_set(answer).iter().filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_begins_in_cookies_that_only_this_host_gets_and_leads_where_one_was_going() {
    let house = with_account().await;
    let answer = try_in(&house, LOGIN, PASSWORD, "").await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/people"));
    let cookies = cookies_set(&answer);
    assert_eq!(cookies.len(), 2);
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        for part in ["Path=/;", "Secure", "HttpOnly", "SameSite=Lax"] {
            assert!(cookie.contains(part), "{cookie} lacks {part}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    let request = Request::get("/results").header(header::COOKIE, carried(&answer)).body(Body::empty()).unwrap();
    assert_eq!(house.ask(request).await.status, StatusCode::OK);
    let request = Request::get("/results").body(Body::empty()).unwrap();
    assert_eq!(house.ask(request).await.location, "/sign-in?to=/results");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_never_leads_to_another_host() {
    let house = with_account().await;
    for to in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"] {
        let fields = fields(&[("login", LOGIN), ("password", PASSWORD), ("to", to)]);
        assert_eq!(house.post(None, "/sign-in", &fields).await.location, "/", "{to}");
        let page = house.get(None, &format!("/sign-in?to={}", platform::draw::encode(to)), "az").await.text();
        assert!(!page.contains("evil.example\""), "{to} stands in the form");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down_and_keeps_nobody_out() {
    let house = with_account().await;
    let cookies = carried(&try_in(&house, LOGIN, PASSWORD, "").await);
    let known = cookies.split("; ").find(|cookie| cookie.starts_with("__Host-dayaq-known=")).unwrap();
    for _ in 0..5 {
        assert_eq!(try_in(&house, LOGIN, "not the password of anybody", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let slowed = try_in(&house, LOGIN, PASSWORD, "").await;
    assert_eq!(slowed.status, StatusCode::UNPROCESSABLE_ENTITY, "the sixth try waits, right or wrong");
    assert!(slowed.text().contains(&platform::language::Lang::Az.t("session-error-wait")));
    let forged = try_in(&house, LOGIN, PASSWORD, "__Host-dayaq-known=00").await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY, "a made-up mark is none");
    let own = try_in(&house, LOGIN, PASSWORD, known).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "the browser that signed in before is not kept out by others");
    let other = try_in(&house, "somebody.else", "not the password of anybody", "").await;
    assert!(!other.text().contains(&platform::language::Lang::Az.t("session-error-wait")), "another account is not slowed");
    for _ in 0..5 {
        try_in(&house, LOGIN, "not the password of anybody", known).await;
    }
    let guessed = try_in(&house, LOGIN, PASSWORD, known).await;
    assert_eq!(guessed.status, StatusCode::UNPROCESSABLE_ENTITY, "guessing at the owner's own browser is slowed too");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_does_not_tell_whether_an_account_exists() {
    let house = with_account().await;
    let mut said = Vec::new();
    for login in [LOGIN, "semaye.quluzada"] {
        for _ in 0..6 {
            let answer = try_in(&house, login, "not the password of anybody", "").await;
            let text = answer.text().replace(login, "LOGIN");
            let without_ids: Vec<&str> =
                text.split("name=\"_form\" value=\"").map(|part| part.get(36..).unwrap_or(part)).collect();
            said.push((answer.status, without_ids.concat()));
        }
    }
    let (one, other) = said.split_at(6);
    assert!(one == other, "the six answers differ");
    let error = platform::language::Lang::Az.t("session-error-wrong");
    assert!(one[0].1.contains(&error));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_the_moment_rights_change() {
    let house = House::new().await;
    let administrator = house.visitor(Role::Administrator, None).await.unwrap();
    let mut tx = house.app.system().await.unwrap();
    let officers: Vec<(Uuid,)> = sqlx::query_as("select officer_id from officer_role where role = 1 order by officer_id limit 2")
        .fetch_all(tx.conn())
        .await
        .unwrap();
    drop(tx);
    let closed = house.sign_in(officers[0].0, Role::Officer).await;
    let without_role = house.sign_in(officers[1].0, Role::Officer).await;
    for visitor in [&closed, &without_role] {
        assert_eq!(house.get(Some(visitor), "/people", "az").await.status, StatusCode::OK);
    }
    let path = format!("/accounts/{}/closing", officers[0].0);
    let answer = house.post(Some(&administrator), &path, &fields(&[("reason", "işdən ayrılıb")])).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let mut tx = house.app.system().await.unwrap();
    let deleted =
        sqlx::query("delete from officer_role where officer_id = $1 and role = 1").bind(officers[1].0).execute(tx.conn());
    deleted.await.unwrap();
    tx.commit().await.unwrap();
    for visitor in [&closed, &without_role] {
        assert_eq!(house.get(Some(visitor), "/people", "az").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_kept_by_nobody_and_runs_no_script_from_elsewhere() {
    let house = House::new().await;
    for route in table().iter().filter(|route| route.kind != Kind::Form) {
        let Some(built) = build(&house, route).await else { continue };
        for visitor in [rightful(&house, route, &built).await, None] {
            let answer = house.get(visitor.as_ref(), &built.path, "az").await;
            let header = |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
            assert_eq!(header("cache-control"), "no-store", "{}", name(route));
            let policy = header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{}: {policy}", name(route));
            assert_eq!(header("x-content-type-options"), "nosniff", "{}", name(route));
            let text = answer.text();
            let is_page = answer.kind.starts_with("text/html");
            assert!(!is_page || (!text.contains(" style=\"") && !text.contains(" onclick=")), "{}", name(route));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_or_without_its_token_does_nothing() {
    let house = House::new().await;
    let officer = house.visitor(Role::Officer, None).await.unwrap();
    let send = async |token: &str, from: &[(&str, &str)]| {
        let mut request = Request::post("/people/lookups")
            .header(header::HOST, "localhost:8080")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &officer.cookie);
        for (name, value) in from {
            request = request.header(*name, *value);
        }
        house.ask(request.body(Body::from(format!("q=a&_csrf={token}"))).unwrap()).await.status
    };
    let own: &[(&str, &str)] = &[("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")];
    assert_eq!(send(&officer.csrf, own).await, StatusCode::SEE_OTHER);
    assert_eq!(send("", &[]).await, StatusCode::BAD_REQUEST);
    assert_eq!(send("another", &[]).await, StatusCode::BAD_REQUEST);
    assert_eq!(send("of an earlier session", own).await, StatusCode::CONFLICT);
    assert_eq!(send(&officer.csrf, &[("origin", "https://evil.example")]).await, StatusCode::FORBIDDEN);
    assert_eq!(send(&officer.csrf, &[("origin", "null")]).await, StatusCode::FORBIDDEN);
    assert_eq!(send(&officer.csrf, &[("sec-fetch-site", "cross-site")]).await, StatusCode::FORBIDDEN);
    assert_eq!(send(&officer.csrf, &[("sec-fetch-site", "same-site")]).await, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_signs_in_only_within_a_demo_and_on_this_machine() {
    let demo = House::new().await;
    let card = demo.row("select officer_id::text as card from officer where demo_card = 1").await.unwrap();
    let click = async |house: &House, host: &str| {
        let request = Request::post("/demo-sign-in")
            .header(header::HOST, host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("card={}", card[0].1)))
            .unwrap();
        house.ask(request).await.status
    };
    for host in ["localhost:8080", "127.0.0.1:9105", "[::1]:8080"] {
        assert_eq!(click(&demo, host).await, StatusCode::SEE_OTHER, "{host}");
    }
    for host in ["dayaq.example", "127.0.0.1.evil.example:8080", "10.0.0.1:8080", ""] {
        assert_eq!(click(&demo, host).await, StatusCode::NOT_FOUND, "{host}");
    }
    let real = House::of_a_real_programme().await;
    assert_eq!(click(&real, "localhost:8080").await, StatusCode::NOT_FOUND);
    assert!(!real.get(None, "/sign-in", "az").await.text().contains(&card[0].1), "the cast is offered in a real programme");
}

/// Whoever is signed in and posts a form in another language gets it back as it was, unjudged.
#[tokio::test(flavor = "multi_thread")]
async fn another_language_keeps_a_half_filled_form_and_judges_nothing() {
    let house = House::new().await;
    let mut lost = Vec::new();
    for route in table().iter().filter(|route| route.kind == Kind::Form && !NO_FORM_OF_THEIR_OWN.contains(&route.path)) {
        let Some(built) = build(&house, route).await else { continue };
        let visitor: Option<Visitor> = rightful(&house, route, &built).await;
        let before = house.row("select count(*) as n from journal").await;
        let mut fields = built.fields.clone();
        fields.push(("_language".to_owned(), "ru".to_owned()));
        let answer = house.post(visitor.as_ref(), &built.path, &fields).await;
        let text = answer.text();
        let is_shown = |value: &str| {
            value.parse::<chrono::NaiveDate>().is_ok() || text.contains(&value.replace('&', "&amp;").replace('"', "&quot;"))
        };
        let gone = built.fields.iter().find(|(field, value)| !field.starts_with('_') && field != "password" && !is_shown(value));
        if answer.status == StatusCode::SEE_OTHER && built.fields.iter().all(|(field, _)| field.starts_with('_')) {
            // A single button without fields: there is nothing to keep, and its page is shown again.
            if house.row("select count(*) as n from journal").await != before {
                lost.push(format!("{} acted", name(route)));
            }
        } else if answer.status != StatusCode::OK || !text.contains("lang=\"ru\"") {
            lost.push(format!("{}: {} in {:?}", name(route), answer.status, text.get(..80)));
        } else if let Some((field, value)) = gone {
            lost.push(format!("{} loses {field}={value}", name(route)));
        } else if house.row("select count(*) as n from journal").await != before {
            lost.push(format!("{} acted", name(route)));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// Single buttons on another page, which carry nothing that could be lost.
const NO_FORM_OF_THEIR_OWN: &[&str] = &["/sign-out", "/demo-sign-in", "/people/lookups"];
