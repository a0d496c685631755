//! A whole program for a test: a demo of a few hundred invented people, the router without a network, and officers who
//! sign in. The demo is built once a process and copied for each test.

use crate::database::TestDatabase;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use dayaq::{
    build::{self, Progress},
    demo::{day::Day, setting::Setting, simulate},
    installation, migrations, programmes, serve,
};
use platform::{
    app::{App, Parts},
    clock::{self, Clock, machine_now},
    database::Database,
    keys::{Keys, sha256},
    role::Role,
};
use std::sync::Arc;
use tokio::sync::OnceCell;
use tower::ServiceExt;
use uuid::Uuid;

/// The demo's day in tests.
pub const TODAY: &str = "2024-09-02";

/// Applications in the demo of the tests, and in the one of those that need rare things to happen.
const PEOPLE: u32 = 400;
const MANY: u32 = 2_000;

/// A program over its own copy of the demo.
pub struct House {
    pub app: App,
    router: Router,
    // The pool closes before its database is dropped.
    database: TestDatabase,
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub role: Role,
    pub cookie: String,
    pub csrf: String,
}

/// What the program answered.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub kind: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl House {
    /// A program over a fresh copy of the demo.
    pub async fn new() -> Self {
        Self::over(copy().await, true).await
    }

    /// A program over a fresh copy of a demo of 2,000 people.
    pub async fn of_many() -> Self {
        static DEMO: OnceCell<TestDatabase> = OnceCell::const_new();
        Self::over(TestDatabase::copy_of(DEMO.get_or_init(|| made_up(MANY)).await).await, true).await
    }

    /// The same data as if they were a real programme's.
    pub async fn of_a_real_programme() -> Self {
        Self::over(copy().await, false).await
    }

    /// The program started once more over the same data.
    pub async fn again(self) -> Self {
        self.app.database().close().await;
        let demo = self.app.demo();
        Self::over(self.database, demo).await
    }

    /// How to reach its database as the owner of everything.
    pub fn owner(&self) -> sqlx::postgres::PgConnectOptions {
        self.database.connect_options()
    }

    async fn over(database: TestDatabase, demo: bool) -> Self {
        let parts = Parts { demo, ..parts(&database).await };
        let (app, router) = serve::assemble(parts, programmes::carried().unwrap()).await.unwrap();
        Self { app, router, database }
    }

    /// Signs in an account in a role it holds.
    pub async fn sign_in(&self, officer: Uuid, role: Role) -> Visitor {
        let token = format!("token-{}", Uuid::now_v7());
        let csrf = format!("csrf-{}", Uuid::now_v7());
        let mut tx = self.app.system().await.unwrap();
        sqlx::query(
            "insert into session (token_hash, officer_id, role, csrf, begun_at, seen_at, ends_at)
             values ($1, $2, $3, $4, $5, $5, $5 + interval '1 hour')",
        )
        .bind(&sha256(token.as_bytes())[..])
        .bind(officer)
        .bind(role as i16)
        .bind(&csrf)
        .bind(machine_now())
        .execute(tx.conn())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        Visitor { role, cookie: format!("__Host-dayaq={token}"), csrf }
    }

    /// Signs in whoever holds a role, at an office when one is given.
    pub async fn visitor(&self, role: Role, office: Option<i32>) -> Option<Visitor> {
        let mut tx = self.app.system().await.unwrap();
        let found: Option<(Uuid,)> = sqlx::query_as(
            "select r.officer_id
             from officer_role r
             join officer o using (officer_id)
             where r.role = $1
             and ($2::int is null or $2 = any (r.offices))
             order by o.demo_card nulls last, r.officer_id
             limit 1",
        )
        .bind(role as i16)
        .bind(office)
        .fetch_optional(tx.conn())
        .await
        .unwrap();
        drop(tx);
        match found {
            Some((officer,)) => Some(self.sign_in(officer, role).await),
            None => None,
        }
    }

    /// Signs in whoever holds a role at one office and does not reach another.
    pub async fn visitor_only(&self, role: Role, office: i32, beyond: i32) -> Option<Visitor> {
        let mut tx = self.app.system().await.unwrap();
        let found: Option<(Uuid,)> = sqlx::query_as(
            "select officer_id
             from officer_role
             where role = $1
             and $2 = any (offices)
             and not ($3 = any (offices))
             order by officer_id
             limit 1",
        )
        .bind(role as i16)
        .bind(office)
        .bind(beyond)
        .fetch_optional(tx.conn())
        .await
        .unwrap();
        drop(tx);
        Some(self.sign_in(found?.0, role).await)
    }

    /// Signs in whoever holds a role but does not reach an office.
    pub async fn stranger(&self, role: Role, office: i32) -> Option<Visitor> {
        let mut tx = self.app.system().await.unwrap();
        let found: Option<(Uuid,)> = sqlx::query_as(
            "select officer_id
             from officer_role
             where role = $1
             and not ($2 = any (offices))
             order by officer_id
             limit 1",
        )
        .bind(role as i16)
        .bind(office)
        .fetch_optional(tx.conn())
        .await
        .unwrap();
        drop(tx);
        match found {
            Some((officer,)) => Some(self.sign_in(officer, role).await),
            None => None,
        }
    }

    /// Asks for a page, in a language.
    pub async fn get(&self, visitor: Option<&Visitor>, path: &str, lang: &str) -> Answer {
        self.get_at("localhost:8080", visitor, path, lang).await
    }

    /// Asks for a page by another name of the machine.
    pub async fn get_at(&self, host: &str, visitor: Option<&Visitor>, path: &str, lang: &str) -> Answer {
        let request = Request::get(path).header(header::HOST, host);
        let request = request.header(header::COOKIE, cookies(visitor, lang)).body(Body::empty()).unwrap();
        self.ask(request).await
    }

    /// Sends a form as a browser does; the token is added.
    pub async fn post(&self, visitor: Option<&Visitor>, path: &str, fields: &[(String, String)]) -> Answer {
        let mut fields = fields.to_vec();
        if let Some(visitor) = visitor {
            fields.push(("_csrf".to_owned(), visitor.csrf.clone()));
        }
        if !fields.iter().any(|(name, _)| name == "_form") {
            fields.push(("_form".to_owned(), Uuid::now_v7().to_string()));
        }
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = Request::post(path)
            .header(header::HOST, "localhost:8080")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookies(visitor, "az"))
            .body(Body::from(body.join("&")))
            .unwrap();
        self.ask(request).await
    }

    /// One row of a query, as names and texts.
    pub async fn row(&self, sql: &'static str) -> Option<Vec<(String, String)>> {
        use sqlx::{Column, Row};
        let mut tx = self.app.system().await.unwrap();
        let wrapped = sqlx::AssertSqlSafe(format!("select row_to_json(found)::text as found from ({sql}) found"));
        let found = sqlx::query(wrapped).fetch_optional(tx.conn()).await.unwrap_or_else(|e| panic!("{sql}: {e}"))?;
        debug_assert_eq!(found.columns()[0].name(), "found");
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&found.get::<String, _>(0)).unwrap();
        Some(
            object
                .into_iter()
                .map(|(name, value)| match value {
                    serde_json::Value::String(text) => (name, text),
                    other => (name, other.to_string()),
                })
                .collect(),
        )
    }

    /// Sends a request as it is.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let text =
            |name: header::HeaderName| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let (status, location, kind) = (response.status(), text(header::LOCATION), text(header::CONTENT_TYPE));
        let headers = response.headers().clone();
        let body = to_bytes(response.into_body(), 50 << 20).await.unwrap().to_vec();
        Answer { status, location, kind, headers, body }
    }
}

fn cookies(visitor: Option<&Visitor>, lang: &str) -> String {
    let session = visitor.map(|visitor| format!("{}; ", visitor.cookie)).unwrap_or_default();
    format!("{session}dayaq-language={lang}")
}

fn encode(text: &str) -> String {
    platform::draw::encode(text).replace('/', "%2F")
}

fn keys() -> Arc<Keys> {
    Arc::new(Keys::from_secret(&[7; 32]).unwrap())
}

async fn copy() -> TestDatabase {
    static DEMO: OnceCell<TestDatabase> = OnceCell::const_new();
    TestDatabase::copy_of(DEMO.get_or_init(|| made_up(PEOPLE)).await).await
}

async fn parts(database: &TestDatabase) -> Parts {
    let pool = Database::open(database.connect_options(), 3, &migrations::ALL).await.unwrap();
    let keys = keys();
    let moment = clock::from_local(TODAY.parse::<chrono::NaiveDate>().unwrap().and_hms_opt(9, 0, 0).unwrap());
    installation::mark(&pool, &keys, true, Clock::offset_to(moment)).await.unwrap();
    let (clock, demo) = installation::settle(&pool, &keys).await.unwrap();
    Parts { database: pool, clock, keys, demo }
}

/// The demo that the tests copy.
async fn made_up(people: u32) -> TestDatabase {
    let database = TestDatabase::new().await;
    let (app, _) = serve::assemble(parts(&database).await, programmes::carried().unwrap()).await.unwrap();
    let in_force = registry::programme::current(&app).unwrap();
    let wanted = simulate::Wanted { people, seed: 1, today: Day::from(TODAY.parse::<chrono::NaiveDate>().unwrap()) };
    let made = simulate::simulate(Setting::new(&in_force.programme), wanted);
    build::build(&app, &made, &Progress::silent()).await.unwrap();
    app.database().close().await;
    database
}
