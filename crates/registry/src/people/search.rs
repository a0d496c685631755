//! Finding people: by the words of their names and places, by filters, by a number. Every list says how many there are.
//!
//! Few matches are gathered and sorted; many are found by walking the list in its order until the page is full. Both
//! read indexes that hold all columns a list is filtered by, and both stay fast with many people behind row-level security.

use super::store::place_word;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::{FromRow, Postgres, postgres::PgArguments, query::QueryAs};
use uuid::Uuid;

/// What is asked of the list.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Filter {
    /// At most [`WORDS`]: all must be found.
    pub words: Vec<Word>,
    pub sex: Option<String>,
    /// Code of a city or rayon.
    pub residence: Option<String>,
    pub basis: Option<i16>,
    /// Code of a group in force.
    pub group: Option<String>,
    pub order: Order,
}

/// The most words of a search that are heeded.
pub const WORDS: usize = 3;

/// A folded word: the beginning of a word of a name, or of the name of one of these places.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Word {
    pub begins: String,
    pub places: Vec<String>,
}

/// In which order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    #[default]
    Name,
    /// The latest registration first.
    Registered,
}

/// A person in a list.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Line {
    pub person_id: Uuid,
    pub given_name: String,
    pub surname: String,
    pub patronymic: String,
    pub sex: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub residence: Option<String>,
    pub basis: Option<i16>,
    pub office: i32,
    pub reg_no: String,
    pub source: String,
    pub registered_on: NaiveDate,
}

/// From this many matches on, a list is walked instead of gathered, and its count may be some seconds old.
const MANY: i64 = 2_500;

/// One page of the people in scope whom a filter lets through, and how many there are in all.
pub async fn list(tx: &mut Tx, filter: &Filter, counts: Option<&Counts>, limit: i64, offset: i64) -> Result<(Vec<Line>, i64)> {
    let (count, is_old) = match counts.and_then(|counts| counts.recent(tx, &counted(filter))) {
        Some(count) => (count, true),
        None => (count(tx, filter).await?, false),
    };
    if let Some(counts) = counts.filter(|_| !is_old && count >= MANY) {
        counts.keep(tx, counted(filter), count);
    }
    let sql = match (count < MANY, filter.words.is_empty(), filter.order) {
        (true, true, _) => GATHER,
        (true, false, _) => GATHER_FOUND,
        (false, _, Order::Name) => WALK_BY_NAME,
        (false, _, Order::Registered) => WALK_BY_REGISTRATION,
    };
    let query = bind_filter(sqlx::query_as(sql), filter)
        .bind(matches!(filter.order, Order::Registered))
        .bind(limit)
        .bind(offset)
        .persistent(false);
    Ok((query.fetch_all(tx.conn()).await.context("listing people")?, count))
}

async fn count(tx: &mut Tx, filter: &Filter) -> Result<i64> {
    let sql = if filter.words.is_empty() { COUNT } else { COUNT_FOUND };
    let query: QueryAs<'_, Postgres, (i64,), PgArguments> = bind_filter(sqlx::query_as(sql), filter).persistent(false);
    let (count,) = query.fetch_one(tx.conn()).await.context("counting people")?;
    Ok(count)
}

/// Planned anew for its values each time (not persistent), so that what is not asked costs nothing.
fn bind_filter<'q, R>(query: QueryAs<'q, Postgres, R, PgArguments>, filter: &Filter) -> QueryAs<'q, Postgres, R, PgArguments> {
    // The longest word finds the fewest people.
    let mut words: Vec<&Word> = filter.words.iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.begins.len()));
    let mut query = query.bind(filter.sex.clone()).bind(filter.residence.clone()).bind(filter.basis).bind(filter.group.clone());
    for at in 0..WORDS {
        let word = words.get(at);
        query = query
            .bind(word.map(|word| word.begins.clone()))
            .bind(word.map(|word| format!("{}\u{10FFFF}", word.begins)))
            .bind(word.map(|word| word.places.iter().map(|code| place_word(code)).collect::<Vec<_>>()));
    }
    query
}

const COUNT: &str = "
    select count(*)
    from person p
    where ($1::text is null or p.sex = $1::char(1))
    and ($2::text is null or p.residence = $2)
    and ($3::smallint is null or p.basis = $3)
    and ($4::text is null or p.person_id in (
        select g.person_id
        from person_group g
        where g.code = $4
        and g.valid_to is null))
    and coalesce($5, $6, $8, $9, $11, $12) is null
    and coalesce($7::text[], $10::text[], $13::text[]) is null";

const COUNT_FOUND: &str = "
    with found as materialized (
        select distinct w.person_id
        from (
            select w.person_id
            from person_word w
            where w.word >= $5
            and w.word < $6
            union all
            select w.person_id
            from person_word w
            where w.word = any($7::text[])) w
        where ($8::text is null or exists (
            select from person_word v
            where v.person_id = w.person_id
            and (v.word >= $8 and v.word < $9 or v.word = any($10::text[]))))
        and ($11::text is null or exists (
            select from person_word v
            where v.person_id = w.person_id
            and (v.word >= $11 and v.word < $12 or v.word = any($13::text[])))))
    select count(*)
    from found f
    where ($1::text is null and $2::text is null and $3::smallint is null or exists (
        select from person p
        where p.person_id = f.person_id
        and ($1 is null or p.sex = $1::char(1))
        and ($2 is null or p.residence = $2)
        and ($3 is null or p.basis = $3)))
    and ($4::text is null or exists (
        select from person_group g
        where g.person_id = f.person_id
        and g.code = $4
        and g.valid_to is null))";

const GATHER: &str = "
    with found as materialized (
        select p.person_id
        from person p
        where ($1::text is null or p.sex = $1::char(1))
        and ($2::text is null or p.residence = $2)
        and ($3::smallint is null or p.basis = $3)
        and ($4::text is null or p.person_id in (
            select g.person_id
            from person_group g
            where g.code = $4
            and g.valid_to is null))
        and coalesce($5, $6, $8, $9, $11, $12) is null
        and coalesce($7::text[], $10::text[], $13::text[]) is null)
    select p.person_id, p.given_name, p.surname, p.patronymic, p.sex::text as sex, p.birth_date, p.residence, p.basis,
        p.office, p.reg_no, p.source, p.registered_on
    from found f
    join person p using (person_id)
    order by case when $14 then p.registered_on end desc, case when not $14 then p.sort_key end, p.person_id
    limit $15
    offset $16";

const GATHER_FOUND: &str = "
    with found as materialized (
        select distinct w.person_id
        from (
            select w.person_id
            from person_word w
            where w.word >= $5
            and w.word < $6
            union all
            select w.person_id
            from person_word w
            where w.word = any($7::text[])) w
        where ($8::text is null or exists (
            select from person_word v
            where v.person_id = w.person_id
            and (v.word >= $8 and v.word < $9 or v.word = any($10::text[]))))
        and ($11::text is null or exists (
            select from person_word v
            where v.person_id = w.person_id
            and (v.word >= $11 and v.word < $12 or v.word = any($13::text[])))))
    select p.person_id, p.given_name, p.surname, p.patronymic, p.sex::text as sex, p.birth_date, p.residence, p.basis,
        p.office, p.reg_no, p.source, p.registered_on
    from found f
    join person p using (person_id)
    where ($1::text is null or p.sex = $1::char(1))
    and ($2::text is null or p.residence = $2)
    and ($3::smallint is null or p.basis = $3)
    and ($4::text is null or exists (
        select from person_group g
        where g.person_id = p.person_id
        and g.code = $4
        and g.valid_to is null))
    order by case when $14 then p.registered_on end desc, case when not $14 then p.sort_key end, p.person_id
    limit $15
    offset $16";

// `(select true … limit 1)` is asked of each person on the way; `exists` would be answered for everybody beforehand.
const WALK_BY_NAME: &str = "
    with walked as materialized (
        select p.person_id
        from person p
        where ($1::text is null or p.sex = $1::char(1))
        and ($2::text is null or p.residence = $2)
        and ($3::smallint is null or p.basis = $3)
        and ($4::text is null or (
            select true
            from person_group g
            where g.person_id = p.person_id
            and g.code = $4
            and g.valid_to is null
            limit 1))
        and ($5::text is null or (
            select true
            from person_word v
            where v.person_id = p.person_id
            and (v.word >= $5 and v.word < $6 or v.word = any($7::text[]))
            limit 1))
        and ($8::text is null or (
            select true
            from person_word v
            where v.person_id = p.person_id
            and (v.word >= $8 and v.word < $9 or v.word = any($10::text[]))
            limit 1))
        and ($11::text is null or (
            select true
            from person_word v
            where v.person_id = p.person_id
            and (v.word >= $11 and v.word < $12 or v.word = any($13::text[]))
            limit 1))
        and $14::boolean is not null
        order by p.sort_key, p.person_id
        limit $15
        offset $16)
    select p.person_id, p.given_name, p.surname, p.patronymic, p.sex::text as sex, p.birth_date, p.residence, p.basis,
        p.office, p.reg_no, p.source, p.registered_on
    from walked
    join person p using (person_id)
    order by p.sort_key, p.person_id";

const WALK_BY_REGISTRATION: &str = "
    with walked as materialized (
        select p.person_id
        from person p
        where ($1::text is null or p.sex = $1::char(1))
        and ($2::text is null or p.residence = $2)
        and ($3::smallint is null or p.basis = $3)
        and ($4::text is null or (
            select true
            from person_group g
            where g.person_id = p.person_id
            and g.code = $4
            and g.valid_to is null
            limit 1))
        and ($5::text is null or (
            select true
            from person_word v
            where v.person_id = p.person_id
            and (v.word >= $5 and v.word < $6 or v.word = any($7::text[]))
            limit 1))
        and ($8::text is null or (
            select true
            from person_word v
            where v.person_id = p.person_id
            and (v.word >= $8 and v.word < $9 or v.word = any($10::text[]))
            limit 1))
        and ($11::text is null or (
            select true
            from person_word v
            where v.person_id = p.person_id
            and (v.word >= $11 and v.word < $12 or v.word = any($13::text[]))
            limit 1))
        and $14::boolean is not null
        order by p.registered_on desc, p.person_id desc
        limit $15
        offset $16)
    select p.person_id, p.given_name, p.surname, p.patronymic, p.sex::text as sex, p.birth_date, p.residence, p.basis,
        p.office, p.reg_no, p.source, p.registered_on
    from walked
    join person p using (person_id)
    order by p.registered_on desc, p.person_id desc";

const BY_NUMBER: &str = "
    select p.person_id, p.given_name, p.surname, p.patronymic, p.sex::text as sex, p.birth_date, p.residence, p.basis,
        p.office, p.reg_no, p.source, p.registered_on
    from person p
    where p.person_id in (
        select person_id
        from person
        where fin_lookup = $1
        union
        select person_id
        from person
        where phone_lookup = $1
        union
        select person_id
        from household_member
        where fin_lookup = $1)
    order by p.sort_key, p.person_id
    limit $2";

/// The people whose FİN or phone, or a household member's FİN, has this keyed hash.
pub async fn by_lookup(tx: &mut Tx, lookup: &[u8], limit: i64) -> Result<Vec<Line>> {
    let query = sqlx::query_as(BY_NUMBER).bind(lookup).bind(limit);
    query.fetch_all(tx.conn()).await.context("finding people by FİN or phone")
}

const BY_RECEIPT: &str = "
    select p.person_id, p.given_name, p.surname, p.patronymic, p.sex::text as sex, p.birth_date, p.residence, p.basis,
        p.office, p.reg_no, p.source, p.registered_on
    from person p
    where p.person_id in (
        select person_id
        from person
        where reg_no = $1
        union
        select person_id
        from receipt_number
        where receipt = $1)
    order by p.sort_key, p.person_id
    limit $2";

/// The people with this registration number, or with a case of this receipt number.
pub async fn by_receipt(tx: &mut Tx, number: &str, limit: i64) -> Result<Vec<Line>> {
    let query = sqlx::query_as(BY_RECEIPT).bind(number).bind(limit);
    query.fetch_all(tx.conn()).await.context("finding people by receipt number")
}

/// Counts of long lists of people.
pub type Counts = crate::counts::Counts<Filter>;

/// The filter by which a count is kept: the order changes no count.
fn counted(filter: &Filter) -> Filter {
    Filter { order: Order::default(), ..filter.clone() }
}
