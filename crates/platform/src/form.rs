//! What a form brought: its fields as typed, and a reader that turns them into values and collects what is wrong.

use crate::{
    answer::{Answer, Fault},
    app::App,
    clock::machine_now,
    message::{Errors, Message},
    request::{Page, Wants},
    scope::Tx,
};
use anyhow::Context;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect},
};
use chrono::{Datelike, NaiveDate};
use std::{ops::RangeInclusive, str::FromStr};
use uuid::Uuid;
use values::{id::FormId, money::Money};

/// The fields of a form, as typed. Names may repeat.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Posted {
    fields: Vec<(String, String)>,
}

impl Posted {
    /// Fields made by hand: the values with which a form is shown for the first time.
    pub fn of(fields: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        Self { fields: fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
    }

    /// An empty form.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The first value of a field, trimmed; empty when it is absent.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field that repeats.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, value)| field == name && !value.trim().is_empty()).map(|(_, v)| v.trim())
    }

    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The version of the record that the form was filled in on.
    pub fn version(&self) -> i32 {
        self.value("_version").parse().unwrap_or(0)
    }

    /// Whether the person only asked for another language: the form is to be shown again, unjudged.
    pub fn only_redraws(&self) -> bool {
        !self.value("_language").is_empty()
    }

    /// Starts reading.
    pub fn reader(&self) -> Reader<'_> {
        Reader { form: self, errors: Errors::none() }
    }

    /// Claims the form for this transaction. A form answered before gives its first answer instead of acting again; a
    /// twin that is still under way waits for it.
    pub async fn first_answer(&self, tx: &mut Tx, page: &Page) -> Result<Option<axum::response::Response>, Fault> {
        if self.only_redraws() {
            return Ok(None);
        }
        let Some(id) = self.id() else { return Ok(None) };
        let claimed = sqlx::query(CLAIM)
            .bind(id.0)
            .bind(tx.who().officer.0)
            .bind(&page.path)
            .bind(machine_now())
            .execute(tx.conn())
            .await
            .context("claiming a form")?;
        if claimed.rows_affected() == 1 {
            return Ok(None);
        }
        let first: Option<(Option<String>,)> =
            sqlx::query_as(FIRST).bind(id.0).fetch_optional(tx.conn()).await.context("finding a form's first answer")?;
        match first {
            Some((Some(location),)) => Ok(Some(see_other(page, &location))),
            _ => Err(Fault::Conflict),
        }
    }

    /// Keeps the answer with the form, commits, and sends the person on.
    pub async fn done(&self, mut tx: Tx, page: &Page, location: impl AsRef<str>) -> Answer {
        let location = location.as_ref();
        if self.only_redraws() {
            // A form without fields has nothing to read, and so nothing that would have stopped it before.
            return Ok(see_other(page, location));
        }
        if let Some(id) = self.id() {
            sqlx::query(ANSWERED).bind(id.0).bind(location).execute(tx.conn()).await.context("keeping a form's answer")?;
        }
        tx.commit().await?;
        Ok(see_other(page, location))
    }

    fn id(&self) -> Option<FormId> {
        self.value("_form").parse().ok()
    }
}

const CLAIM: &str = "
    insert into form_receipt (form_id, officer_id, path, answered_at)
    values ($1, $2, $3, $4)
    on conflict (form_id) do nothing";

const FIRST: &str = "
    select location
    from form_receipt
    where form_id = $1";

const ANSWERED: &str = "
    update form_receipt
    set location = $2
    where form_id = $1";

fn see_other(page: &Page, location: &str) -> axum::response::Response {
    match page.wants {
        Wants::Html => Redirect::to(location).into_response(),
        Wants::Json => (
            StatusCode::CREATED,
            [(header::LOCATION, format!("/api{location}"))],
            axum::Json(serde_json::json!({ "location": format!("/api{location}") })),
        )
            .into_response(),
    }
}

/// The most characters of a text.
pub const MOST_SIGNS: usize = 5_000;

/// Years in which something of a programme can happen, or somebody in it can have been born.
const YEARS: RangeInclusive<i32> = 1900..=2100;

/// Reads typed values out of a form; what is wrong is collected, and the reading goes on.
pub struct Reader<'a> {
    form: &'a Posted,
    errors: Errors,
}

impl Reader<'_> {
    /// A text that may be empty, of at most [`MOST_SIGNS`].
    pub fn text(&mut self, name: &str) -> String {
        self.text_of(name, MOST_SIGNS)
    }

    /// A text that may be empty, of at most so many characters.
    pub fn text_of(&mut self, name: &str, most: usize) -> String {
        let text = self.form.value(name);
        if text.chars().nth(most).is_some() {
            self.wrong(name, Message::new("form-error-long").arg("most", most));
        }
        text.to_owned()
    }

    /// A text that may be empty, as an option.
    pub fn optional(&mut self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &str) -> String {
        let text = self.text(name);
        if text.is_empty() {
            self.wrong(name, Message::new("form-error-required"));
        }
        text
    }

    /// A text of one line that must be there, of at most so many characters: what is searched or told apart by it.
    pub fn line(&mut self, name: &str, most: usize) -> String {
        let text = self.text_of(name, most);
        if text.is_empty() {
            self.wrong(name, Message::new("form-error-required"));
        }
        text
    }

    /// A text of at least `least` characters: a reason that says something.
    pub fn reason(&mut self, name: &str, least: usize) -> String {
        let text = self.required(name);
        if !text.is_empty() && text.chars().count() < least {
            self.wrong(name, Message::new("form-error-short").arg("least", least));
        }
        text
    }

    /// A value that may be absent; `wrong` is the message when it can't be read.
    pub fn parse<T: FromStr>(&mut self, name: &str, wrong: &'static str) -> Option<T> {
        let text = self.form.value(name);
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.wrong(name, Message::new(wrong));
        }
        parsed
    }

    /// A value that must be there; `wrong` is the message when it can't be read.
    pub fn require<T: FromStr>(&mut self, name: &str, wrong: &'static str) -> Option<T> {
        if self.form.value(name).is_empty() {
            self.wrong(name, Message::new("form-error-required"));
            return None;
        }
        self.parse(name, wrong)
    }

    /// A date that may be absent: `name-day`, `name-month`, `name-year`, or ISO in `name`.
    pub fn optional_date(&mut self, name: &str) -> Option<NaiveDate> {
        let part = |suffix: &str| self.form.value(&format!("{name}-{suffix}")).to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        let whole = self.form.value(name).to_owned();
        if whole.is_empty() && day.is_empty() && month.is_empty() && year.is_empty() {
            return None;
        }
        let date = if whole.is_empty() {
            year.parse()
                .ok()
                .filter(|year| YEARS.contains(year))
                .zip(month.parse().ok())
                .zip(day.parse().ok())
                .and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d))
        } else {
            whole.parse::<NaiveDate>().ok().filter(|date| YEARS.contains(&date.year()))
        };
        if date.is_none() {
            self.wrong(name, Message::new("form-error-date"));
        }
        date
    }

    /// A date that must be there.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        let before = self.errors.list.len();
        let date = self.optional_date(name);
        if date.is_none() && self.errors.list.len() == before {
            self.wrong(name, Message::new("form-error-date-required"));
        }
        date
    }

    /// A whole number within a range; absent is wrong.
    pub fn integer(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        if self.form.value(name).is_empty() {
            self.wrong(name, Message::new("form-error-required"));
            return None;
        }
        self.optional_integer(name, range)
    }

    /// A whole number within a range, which may be absent.
    pub fn optional_integer(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let text = self.form.value(name);
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let message = Message::new("form-error-range").arg("least", *range.start()).arg("most", *range.end());
            self.wrong(name, message);
        }
        number
    }

    /// A sum of money, zero or more; absent is wrong.
    pub fn money(&mut self, name: &str) -> Option<Money> {
        let money = self.require::<Money>(name, "form-error-money");
        if money.is_some_and(|money| money.qepik() < 0) {
            self.wrong(name, Message::new("form-error-money"));
            return None;
        }
        money
    }

    /// One of the values that the form offers; absent is wrong.
    pub fn choice(&mut self, name: &str, offered: &[&str]) -> String {
        let text = self.required(name);
        if !text.is_empty() && !offered.contains(&text.as_str()) {
            self.wrong(name, Message::new("form-error-choice"));
        }
        text
    }

    /// Every value of a field that repeats.
    pub fn many(&mut self, name: &str) -> Vec<String> {
        let many: Vec<String> = self.form.values(name).map(str::to_owned).collect();
        if many.iter().any(|text| text.chars().nth(MOST_SIGNS).is_some()) {
            self.wrong(name, Message::new("form-error-long").arg("most", MOST_SIGNS));
        }
        many
    }

    /// A box that is ticked or not.
    pub fn ticked(&mut self, name: &str) -> bool {
        !self.form.value(name).is_empty()
    }

    /// A box that must be ticked.
    pub fn must_tick(&mut self, name: &str) -> bool {
        let ticked = self.ticked(name);
        if !ticked {
            self.wrong(name, Message::new("form-error-tick"));
        }
        ticked
    }

    /// Says that a field is wrong.
    pub fn wrong(&mut self, name: &str, message: Message) {
        self.errors.add(name, message);
    }

    /// The value read, or what is wrong. When the person only asked for another language nothing is judged, and the
    /// form comes back with no errors.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Errors> {
        if self.form.only_redraws() {
            return Err(Errors::none());
        }
        match read {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.errors),
        }
    }
}

/// The most that a form may bring, in bytes.
pub const MOST_BYTES: usize = 256 * 1024;

impl FromRequest<App> for Posted {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let page = request.extensions().get::<Page>().cloned().ok_or(Fault::Forbidden)?;
        let json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("application/json"));
        let token = request.headers().get("x-csrf-token").and_then(|t| t.to_str().ok()).map(str::to_owned);
        let body = Bytes::from_request(request, app).await.map_err(|_| Fault::BadRequest("form-error-too-large"))?;
        let fields = if json { from_json(&body) } else { serde_html_form::from_bytes(&body).ok() };
        let fields = fields.ok_or(Fault::BadRequest("form-error-unreadable"))?;
        let posted = Posted { fields: fields.into_iter().map(|(name, value)| (printable(name), printable(value))).collect() };
        if let Some(acting) = &page.acting {
            let given = token.unwrap_or_else(|| posted.value("_csrf").to_owned());
            if given != acting.csrf {
                return Err(Fault::BadRequest("form-error-expired"));
            }
        }
        Ok(posted)
    }
}

/// A text without the signs that nobody types and that come along when a text is pasted: no column, letter or list can
/// hold them.
fn printable(text: String) -> String {
    let is_stray = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t');
    if text.contains(is_stray) { text.replace(is_stray, "") } else { text }
}

fn from_json(body: &[u8]) -> Option<Vec<(String, String)>> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
    let mut fields = Vec::with_capacity(object.len());
    for (name, value) in object {
        let values = match value {
            serde_json::Value::Array(values) => values,
            other => vec![other],
        };
        for value in values {
            let text = match value {
                serde_json::Value::Null => continue,
                serde_json::Value::String(text) => text,
                serde_json::Value::Bool(flag) => {
                    if flag {
                        "true".to_owned()
                    } else {
                        continue;
                    }
                }
                serde_json::Value::Number(number) => number.to_string(),
                _ => return None,
            };
            fields.push((name.clone(), text));
        }
    }
    Some(fields)
}

/// A fresh id for a form about to be shown.
pub fn new_form_id() -> Uuid {
    FormId::new().0
}
