//! Finding people: by the words of their names and places, by filters, by numbers. Every list says how many there are.

use super::store::place_word;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::{AssertSqlSafe, FromRow};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use uuid::Uuid;
