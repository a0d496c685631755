//! What was typed is not lost with the session, and not with a form that was sent before: it comes back into the form, and
//! nothing is done before it is sent again.

use crate::{
    asking::{done, fields},
    house::{Answer, House, Visitor},
    sign_in::carried,
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use platform::role::Role;

/// A form as a browser sends it from a page of this program, with a session that may have ended.
async fn send(house: &House, visitor: Option<&Visitor>, path: &str, fields: &[(String, String)], origin: &str) -> Answer {
    let encode = |text: &str| platform::draw::encode(text).replace('/', "%2F");
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    let mut request = Request::post(path)
        .header(header::HOST, "localhost:8080")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, origin);
    if let Some(visitor) = visitor {
        request = request.header(header::COOKIE, &visitor.cookie);
    }
    house.ask(request.body(Body::from(body.join("&"))).unwrap()).await
}

/// The hidden fields of the first form that goes to a path.
fn hidden_of(page: &str, action: &str) -> Vec<(String, String)> {
    let form = page.split("<form").find(|form| form.contains(&format!("action=\"{action}\""))).expect("no such form");
    let form = form.split("</form>").next().unwrap();
    let value = |input: &str, name: &str| {
        let found = input.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        found.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    };
    form.split("<input")
        .filter(|input| input.contains("type=\"hidden\""))
        .map(|i| (value(i, "name"), value(i, "value")))
        .collect()
}

async fn end_all_sessions(house: &House) {
    let mut tx = house.app.system().await.unwrap();
    sqlx::query("update session set ends_at = begun_at").execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

const SUPPLIER: [(&str, &str); 4] =
    [("voen", "1300000071"), ("name", "\"Sınaq\" <Təchizat> & MMC"), ("phone", "+994 12 400 00"), ("_form", "7")];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_after_the_session_ended_comes_back_into_the_form_after_signing_in() {
    let house = House::new().await;
    let buyer = house.visitor(Role::Procurement, None).await.unwrap();
    let mut typed = fields(&SUPPLIER);
    typed.push(("_csrf".to_owned(), buyer.csrf.clone()));
    end_all_sessions(&house).await;
    let asked = send(&house, Some(&buyer), "/suppliers", &typed, "http://localhost:8080").await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    let page = asked.text();
    assert!(page.contains("Yazdıqlarınız itməyib") && !page.contains("1300000071"), "what was typed is sealed: {page}");
    let sealed = hidden_of(&page, "/sign-in").into_iter().find(|(name, _)| name == "kept").unwrap();

    // A wrong password does not lose it.
    let mut wrong = fields(&[("login", "whoever.it.is"), ("password", "not the password of anybody")]);
    wrong.push(sealed.clone());
    let again = send(&house, None, "/sign-in", &wrong, "http://localhost:8080").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hidden_of(&again.text(), "/sign-in").contains(&sealed));

    let card = card_of_a_buyer(&house).await;
    let signed = sign_in_as(&house, &card, &sealed).await;
    assert_eq!(signed.status, StatusCode::OK, "{}", signed.text());
    let back = hidden_of(&signed.text(), "/suppliers");
    for (name, value) in SUPPLIER.iter().filter(|(name, _)| *name != "_form") {
        assert!(back.contains(&((*name).to_owned(), (*value).to_owned())), "{name} is lost: {back:?}");
    }
    let again = Visitor { role: Role::Procurement, cookie: carried(&signed), csrf: String::new() };
    let shown = send(&house, Some(&again), "/suppliers", &back, "http://localhost:8080").await;
    assert_eq!(shown.status, StatusCode::OK, "shown again, and not judged");
    assert!(shown.text().contains("value=\"1300000071\"") && shown.text().contains("+994 12 400 00"));
    assert!(house.row("select 1 from supplier where voen = '1300000071'").await.is_none(), "nothing is done before it is sent");
}

/// The account that [`House::visitor`] signs in as a buyer: one of the cast.
async fn card_of_a_buyer(house: &House) -> String {
    let sql = "
        select officer_id
        from officer_role
        join officer using (officer_id)
        where role = 9
        and demo_card is not null
        order by demo_card
        limit 1";
    house.row(sql).await.expect("no buyer in the cast").remove(0).1
}

async fn sign_in_as(house: &House, card: &str, sealed: &(String, String)) -> Answer {
    let mut typed = fields(&[("card", card), ("role", "9"), ("to", "/people")]);
    typed.push(sealed.clone());
    send(house, None, "/demo-sign-in", &typed, "http://localhost:8080").await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_goes_on_with_a_form_of_somebody_else_or_of_another_site() {
    let house = House::new().await;
    let monitor = house.visitor(Role::Monitor, None).await.unwrap();
    end_all_sessions(&house).await;
    let typed = fields(&SUPPLIER);
    // A form of another site is refused, and one that does not say from where it comes is not kept.
    assert_eq!(send(&house, None, "/suppliers", &typed, "https://evil.example").await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.post(None, "/suppliers", &typed).await.location, "/sign-in");
    let card = card_of_a_buyer(&house).await;
    // What the monitor typed does not open for the buyer.
    let asked = send(&house, Some(&monitor), "/suppliers", &typed, "http://localhost:8080").await;
    let sealed = hidden_of(&asked.text(), "/sign-in").into_iter().find(|(name, _)| name == "kept").unwrap();
    let signed = sign_in_as(&house, &card, &sealed).await;
    assert_eq!((signed.status, signed.location.as_str()), (StatusCode::SEE_OTHER, "/people"));
    // Nor does what nobody of this program sealed.
    let made_up = ("kept".to_owned(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned());
    let signed = sign_in_as(&house, &card, &made_up).await;
    assert_eq!((signed.status, signed.location.as_str()), (StatusCode::SEE_OTHER, "/people"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_an_earlier_session_comes_back_into_the_form() {
    let house = House::new().await;
    let (before, now) =
        (house.visitor(Role::Procurement, None).await.unwrap(), house.visitor(Role::Procurement, None).await.unwrap());
    let mut typed = fields(&SUPPLIER);
    typed.push(("_csrf".to_owned(), before.csrf));
    let asked = send(&house, Some(&now), "/suppliers", &typed, "http://localhost:8080").await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.text().contains("Yazdıqlarınız itməyib"), "{}", asked.text());
    let back = hidden_of(&asked.text(), "/suppliers");
    assert!(back.contains(&("_csrf".to_owned(), now.csrf.clone())), "the token is of this session");
    let shown = send(&house, Some(&now), "/suppliers", &back, "http://localhost:8080").await;
    assert_eq!(shown.status, StatusCode::OK, "shown again, and not judged");
    assert!(shown.text().contains("value=\"1300000071\""));
    assert!(house.row("select 1 from supplier where voen = '1300000071'").await.is_none(), "nothing is done before it is sent");
}

/// After going back in the browser the form is the same one: filled in anew and sent, it is neither lost nor taken for the
/// first.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_again_with_something_else_in_it_comes_back_into_the_form() {
    let house = House::new().await;
    let buyer = house.visitor(Role::Procurement, None).await.unwrap();
    let form = ("_form", "0193a5a0-0000-7000-8000-00000000000a");
    let of = |voen, name| fields(&[("voen", voen), ("name", name), ("phone", "+994 12 400 00 01"), form]);
    let first = house.post(Some(&buyer), "/suppliers", &of("1300000071", "Birinci MMC")).await;
    done(&first);
    let same = house.post(Some(&buyer), "/suppliers", &of("1300000071", "Birinci MMC")).await;
    assert_eq!(same.location, first.location, "the same form is answered as before");
    let other = house.post(Some(&buyer), "/suppliers", &of("1700000001", "İkinci MMC")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    let page = other.text();
    assert!(page.contains(&format!("href=\"{}\"", first.location)), "it leads to what the first did: {page}");
    let back = hidden_of(&page, "/suppliers");
    assert!(back.contains(&("name".to_owned(), "İkinci MMC".to_owned())), "what was typed is lost: {back:?}");
    let shown = house.post(Some(&buyer), "/suppliers", &back).await;
    assert_eq!(shown.status, StatusCode::OK, "shown again, and not judged");
    assert!(house.row("select 1 from supplier where voen = '1700000001'").await.is_none(), "nothing is done before it is sent");
    let sent: Vec<_> = back.into_iter().filter(|(name, _)| name != "_language").collect();
    done(&house.post(Some(&buyer), "/suppliers", &sent).await);
    assert!(house.row("select 1 from supplier where voen = '1700000001'").await.is_some());
}
