//! Walks the table of routes: whoever may, succeeds first; then the signed-out, the wrong role, the wrong office, and every
//! language. What a route needs for one valid request stands beside it in its slice.

use crate::house::{House, Visitor};
use axum::http::StatusCode;
use dayaq::slices;
use platform::{
    role::{Reach, Role},
    route::{Kind, Route},
};

/// A request about what a route's sample found.
pub struct Built {
    pub path: String,
    pub fields: Vec<(String, String)>,
    pub office: Option<i32>,
    officer: Option<uuid::Uuid>,
}

pub async fn build(house: &House, route: &Route) -> Option<Built> {
    let found = match route.sample.find {
        "" => Vec::new(),
        find => house.row(find).await?,
    };
    let fill = |text: &str| found.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value));
    let of = |wanted: &str| found.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    let mut fields: Vec<(String, String)> = route.sample.fields.iter().map(|(name, value)| (fill(name), fill(value))).collect();
    if let Some(version) = of("version") {
        fields.push(("_version".to_owned(), version));
    }
    let query = fill(route.sample.query);
    let path = fill(route.path);
    Some(Built {
        path: if query.is_empty() { path } else { format!("{path}?{query}") },
        fields,
        office: of("office").and_then(|office| office.parse().ok()),
        officer: of("officer").and_then(|officer| officer.parse().ok()),
    })
}

pub async fn rightful(house: &House, route: &Route, built: &Built) -> Option<Visitor> {
    for role in route.permission.roles {
        if let Some(officer) = built.officer {
            let holds = house.row("select 1 as one").await.is_some();
            if holds && holds_role(house, officer, *role).await {
                return Some(house.sign_in(officer, *role).await);
            }
            continue;
        }
        if let Some(visitor) = house.visitor(*role, built.office).await {
            return Some(visitor);
        }
    }
    None
}

async fn holds_role(house: &House, officer: uuid::Uuid, role: Role) -> bool {
    let mut tx = house.app.system().await.unwrap();
    let (holds,): (bool,) = sqlx::query_as("select exists (select from officer_role where officer_id = $1 and role = $2)")
        .bind(officer)
        .bind(role as i16)
        .fetch_one(tx.conn())
        .await
        .unwrap();
    holds
}

async fn send(
    house: &House,
    route: &Route,
    visitor: Option<&Visitor>,
    built: &Built,
    api: bool,
    lang: &str,
) -> crate::house::Answer {
    let path = match (api, built.path.as_str()) {
        (false, path) => path.to_owned(),
        (true, "/") => "/api/queue".to_owned(),
        (true, path) => format!("/api{path}"),
    };
    match route.kind {
        Kind::Form => house.post(visitor, &path, &built.fields).await,
        Kind::Page | Kind::File => house.get(visitor, &path, lang).await,
    }
}

pub fn name(route: &Route) -> String {
    format!("{} {}", route.method(), route.path)
}

pub fn table() -> Vec<Route> {
    slices::all().into_iter().flat_map(|slice| slice.routes).collect()
}

/// Reads change nothing, so they share one house.
#[tokio::test(flavor = "multi_thread")]
async fn every_page_answers_whoever_may_in_each_language_and_nobody_else() {
    let house = House::new().await;
    let mut wrong = Vec::new();
    for route in table().iter().filter(|route| route.kind != Kind::Form) {
        let Some(built) = build(&house, route).await else {
            wrong.push(format!("{}: its sample finds nothing in the demo", name(route)));
            continue;
        };
        let is_public = route.permission.roles.is_empty();
        let visitor = rightful(&house, route, &built).await;
        if visitor.is_none() && !is_public {
            wrong.push(format!("{}: nobody holds a role for it", name(route)));
            continue;
        }
        for lang in ["az", "en", "ru"] {
            let answer = send(&house, route, visitor.as_ref(), &built, false, lang).await;
            let good = answer.status == StatusCode::OK || (is_public && answer.status == StatusCode::SEE_OTHER);
            if !good {
                wrong.push(format!("{} in {lang}: {} for {:?}", name(route), answer.status, visitor.as_ref().map(|v| v.role)));
            } else if answer.kind.starts_with("text/html") {
                let text = answer.text();
                if !text.contains(&format!("lang=\"{lang}\"")) {
                    wrong.push(format!("{} is not in {lang}", name(route)));
                }
                if text.contains("{$") {
                    wrong.push(format!("{} in {lang} shows a message without its argument", name(route)));
                }
                if let Some(key) = raw_key(&text) {
                    wrong.push(format!("{} in {lang} shows the key {key}", name(route)));
                }
            }
        }
        if route.kind == Kind::Page {
            let answer = send(&house, route, visitor.as_ref(), &built, true, "az").await;
            if answer.status != StatusCode::OK || !answer.kind.starts_with("application/json") {
                wrong.push(format!("{} as JSON: {} {}", name(route), answer.status, answer.kind));
            }
        }
        wrong.extend(refusals(&house, route, &built).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each form acts on a house of its own.
#[tokio::test(flavor = "multi_thread")]
async fn every_form_is_refused_to_all_others_and_then_acts_for_whoever_may() {
    let mut wrong = Vec::new();
    for route in table().iter().filter(|route| route.kind == Kind::Form) {
        let house = House::new().await;
        let Some(built) = build(&house, route).await else {
            wrong.push(format!("{}: its sample finds nothing in the demo", name(route)));
            continue;
        };
        if route.permission.roles.is_empty() {
            continue;
        }
        wrong.extend(refusals(&house, route, &built).await);
        let Some(visitor) = rightful(&house, route, &built).await else {
            wrong.push(format!("{}: nobody holds a role for it", name(route)));
            continue;
        };
        let answer = send(&house, route, Some(&visitor), &built, false, "az").await;
        if answer.status != StatusCode::SEE_OTHER {
            let text = answer.text();
            let why = text.split("govuk-error-summary__list").nth(1).unwrap_or_default();
            let why: String = why.split("</ul>").next().unwrap_or_default().chars().take(400).collect();
            wrong.push(format!("{}: {} for {:?}: {why}", name(route), answer.status, visitor.role));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Signed out, wrong role, wrong office: nothing of it may show or act.
async fn refusals(house: &House, route: &Route, built: &Built) -> Vec<String> {
    let mut wrong = Vec::new();
    if route.permission.roles.is_empty() {
        return wrong;
    }
    let answer = send(house, route, None, built, false, "az").await;
    if answer.status != StatusCode::SEE_OTHER || !answer.location.starts_with("/sign-in") {
        wrong.push(format!("{} signed out: {} {}", name(route), answer.status, answer.location));
    }
    for role in Role::ALL.iter().filter(|role| !route.permission.allows(**role)) {
        let Some(visitor) = house.visitor(*role, None).await else { continue };
        let answer = send(house, route, Some(&visitor), built, false, "az").await;
        if answer.status != StatusCode::FORBIDDEN {
            wrong.push(format!("{} as {role:?}: {}", name(route), answer.status));
        }
    }
    let Some(office) = built.office.filter(|_| route.path.contains('{')) else { return wrong };
    for role in route.permission.roles.iter().filter(|role| role.reach() == Reach::Offices) {
        let Some(visitor) = house.stranger(*role, office).await else { continue };
        let answer = send(house, route, Some(&visitor), built, false, "az").await;
        if answer.status != StatusCode::NOT_FOUND {
            wrong.push(format!("{} as {role:?} of another office: {}", name(route), answer.status));
        }
    }
    wrong
}

/// A key of the catalogue that stands where words should.
fn raw_key(page: &str) -> Option<String> {
    let keys = keys();
    page.split(['<', '>']).map(str::trim).find(|text| keys.contains(*text)).map(str::to_owned)
}

fn keys() -> &'static std::collections::HashSet<String> {
    static KEYS: std::sync::OnceLock<std::collections::HashSet<String>> = std::sync::OnceLock::new();
    KEYS.get_or_init(|| {
        dayaq::messages::files()
            .flat_map(|(_, text)| text.lines())
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
            .filter(|key| key.contains('-') && !key.starts_with([' ', '#']))
            .collect()
    })
}
