//! Sign-in with a password, and sessions of our own: a random token in a `__Host-` cookie, its hash in a table.

pub(crate) mod kept;
mod pages;

use crate::{
    app::App,
    clock::machine_now,
    journal::EntryKind,
    keys::{hex, sha256},
    language::Lang,
    request::Acting,
    role::Role,
    scope::{Tx, Who},
};
use anyhow::{Context, Result};
use argon2::{Argon2, password_hash::PasswordHasher, password_hash::PasswordVerifier, password_hash::phc::PasswordHash};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;
use tokio::sync::Semaphore;
use uuid::Uuid;
use values::id::{OfficeId, OfficerId, PersonId};

pub use pages::slice;

/// The cookie of a session.
pub const COOKIE: &str = "__Host-dayaq";

/// A session ends after so many hours, and after so long without a request.
const LASTS: TimeDelta = TimeDelta::hours(10);
const IDLE: TimeDelta = TimeDelta::minutes(60);

/// So many failures within the window, and further tries wait until it has passed. A browser that has signed in to the
/// account before is counted by itself: whoever guesses elsewhere cannot keep the account's owner out.
const MOST_FAILURES: i64 = 5;
const WINDOW: TimeDelta = TimeDelta::minutes(5);

/// The cookie of a browser that an account has signed in from.
pub(crate) const KNOWN: &str = "__Host-dayaq-known";

/// Passwords checked at once: each takes 19 MB and a processor.
const CHECKED_AT_ONCE: usize = 4;
static CHECKS: Semaphore = Semaphore::const_new(CHECKED_AT_ONCE);

const SIGNED_IN: EntryKind = EntryKind::new(1001, "session.begun");
const SIGNED_OUT: EntryKind = EntryKind::new(1002, "session.ended");

/// Who holds a session token, if it is good now.
pub async fn acting(app: &App, token: &str, lang: Lang, now: DateTime<Utc>) -> Result<Option<Acting>> {
    let mut tx = app.system().await?;
    let hash = sha256(token.as_bytes());
    let row: Option<Row> = sqlx::query_as(FIND)
        .bind(&hash[..])
        .bind(now)
        .bind(now - IDLE)
        .fetch_optional(tx.conn())
        .await
        .context("finding a session")?;
    let Some(row) = row else { return Ok(None) };
    if now - row.seen_at > TimeDelta::minutes(1) {
        sqlx::query(SEEN).bind(&hash[..]).bind(now).execute(tx.conn()).await.context("touching a session")?;
        tx.commit().await?;
    }
    Ok(row.acting(lang))
}

/// Hashes a password (Argon2id, RFC 9106, the crate's default cost).
pub fn hash_password(password: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|e| anyhow::anyhow!("hashing a password: {e}"))?;
    Ok(hash.to_string())
}

/// Lets the browser keep the language for a year.
pub fn remember_language(response: &mut Response, lang: Lang) {
    let value = format!("dayaq-language={lang}; Path=/; Max-Age=31536000; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Why there is no session.
enum NotBegun {
    Wrong,
    Wait,
}

/// What a browser keeps after an account has signed in from it.
fn known_mark(app: &App, login: &str) -> String {
    hex(&app.keys().lookup("known-browser", login))
}

/// Checks login and password; takes as long for a login that does not exist. `known` is the mark that the browser brought.
async fn check(app: &App, login: &str, password: &str, known: &str) -> Result<std::result::Result<OfficerId, NotBegun>> {
    let now = machine_now();
    let mark = known_mark(app, login);
    let counted = if known == mark { &mark } else { login };
    let mut tx = app.system().await?;
    let (failures,): (i64,) =
        sqlx::query_as(FAILURES).bind(counted).bind(now - WINDOW).fetch_one(tx.conn()).await.context("counting failures")?;
    if failures >= MOST_FAILURES {
        return Ok(Err(NotBegun::Wait));
    }
    let found: Option<(Uuid, Option<String>)> =
        sqlx::query_as(ACCOUNT).bind(login).fetch_optional(tx.conn()).await.context("finding an account")?;
    let hash = found.as_ref().and_then(|(_, hash)| hash.clone());
    let password = password.to_owned();
    let _permit = CHECKS.acquire().await.context("waiting to check a password")?;
    let good = tokio::task::spawn_blocking(move || verify(&password, hash.as_deref())).await.context("verifying")?;
    match found {
        Some((officer, _)) if good => Ok(Ok(OfficerId(officer))),
        _ => {
            sqlx::query(FAILED).bind(counted).bind(now).execute(tx.conn()).await.context("keeping a failure")?;
            sqlx::query(FORGOTTEN).bind(now - WINDOW).execute(tx.conn()).await.context("forgetting old failures")?;
            tx.commit().await?;
            Ok(Err(NotBegun::Wrong))
        }
    }
}

fn verify(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGhlcmU$0lXbzbtMAn5Ipd0TPDVZVRGLRoU2bvlaCDgA0pC7XlI";
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some()
}

/// Begins a session in a role of the account; the token goes into the cookie.
async fn begin(app: &App, officer: OfficerId, role: Role) -> Result<String> {
    let now = machine_now();
    let token = app.keys().token()?;
    let mut tx = app.open(crate::scope::Scope::System, whose(app, officer, role).await?).await?;
    sqlx::query(BEGIN)
        .bind(&sha256(token.as_bytes())[..])
        .bind(officer.0)
        .bind(role as i16)
        .bind(app.keys().token()?)
        .bind(now)
        .bind(now + LASTS)
        .execute(tx.conn())
        .await
        .context("beginning a session")?;
    tx.note(SIGNED_IN, PersonId(Uuid::nil()), &serde_json::json!({ "role": role }), None)?;
    tx.commit().await?;
    Ok(token)
}

async fn whose(app: &App, officer: OfficerId, role: Role) -> Result<Who> {
    let mut tx = app.system().await?;
    let (office, offices): (i32, Vec<i32>) = sqlx::query_as(PLACE)
        .bind(officer.0)
        .bind(role as i16)
        .fetch_one(tx.conn())
        .await
        .context("finding where an officer works")?;
    Ok(Who { officer, role, office: OfficeId(office), offices: offices.into_iter().map(OfficeId).collect() })
}

/// Ends the session of a token.
async fn end(tx: &mut Tx, token: &str) -> Result<()> {
    sqlx::query(END).bind(&sha256(token.as_bytes())[..]).execute(tx.conn()).await.context("ending a session")?;
    tx.note(SIGNED_OUT, PersonId(Uuid::nil()), &serde_json::json!({}), None)?;
    Ok(())
}

/// The roles of an account, the first one first.
async fn roles_of(app: &App, officer: OfficerId) -> Result<Vec<Role>> {
    let mut tx = app.system().await?;
    let rows: Vec<(i16,)> =
        sqlx::query_as(ROLES).bind(officer.0).fetch_all(tx.conn()).await.context("finding an account's roles")?;
    Ok(rows.into_iter().filter_map(|(role,)| Role::from_number(role)).collect())
}

#[derive(FromRow)]
struct Row {
    officer_id: Uuid,
    role: i16,
    csrf: String,
    seen_at: DateTime<Utc>,
    name: String,
    home_office: i32,
    offices: Vec<i32>,
    name_az: String,
    name_en: String,
    name_ru: String,
}

impl Row {
    fn acting(self, lang: Lang) -> Option<Acting> {
        Some(Acting {
            who: Who {
                officer: OfficerId(self.officer_id),
                role: Role::from_number(self.role)?,
                office: OfficeId(self.home_office),
                offices: self.offices.into_iter().map(OfficeId).collect(),
            },
            name: self.name,
            office_name: lang.pick(&self.name_az, &self.name_en, &self.name_ru).to_owned(),
            csrf: self.csrf,
        })
    }
}

const FIND: &str = "
    select s.officer_id, s.role, s.csrf, s.seen_at, o.name, r.home_office, r.offices, f.name_az, f.name_en, f.name_ru
    from session s
    join officer o using (officer_id)
    join officer_role r using (officer_id, role)
    join office f on f.office = r.home_office
    where s.token_hash = $1
    and s.ends_at > $2
    and s.seen_at > $3
    and o.disabled_on is null";

const SEEN: &str = "
    update session
    set seen_at = $2
    where token_hash = $1";

const FAILURES: &str = "
    select count(*)
    from sign_in_failure
    where login = $1
    and failed_at > $2";

const FAILED: &str = "
    insert into sign_in_failure (login, failed_at)
    values ($1, $2)";

const FORGOTTEN: &str = "
    delete from sign_in_failure
    where failed_at < $1";

const ACCOUNT: &str = "
    select officer_id, password_hash
    from officer
    where login = $1
    and disabled_on is null";

const BEGIN: &str = "
    insert into session (token_hash, officer_id, role, csrf, begun_at, seen_at, ends_at)
    values ($1, $2, $3, $4, $5, $5, $6)";

const END: &str = "
    delete from session
    where token_hash = $1";

const PLACE: &str = "
    select home_office, offices
    from officer_role
    where officer_id = $1
    and role = $2";

const ROLES: &str = "
    select role
    from officer_role
    where officer_id = $1
    order by role";
