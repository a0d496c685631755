//! How the seats of a year are shared: among regions, and at least so much for some groups.

use super::{
    Group, Region,
    code::Code,
    reader::{Place, Reader},
    words::{Source, Validity},
};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// A region's share of the seats, in thousandths.
#[derive(Clone, Debug, Serialize)]
pub struct RegionQuota {
    pub region: Code<Region>,
    pub per_mille: u32,
    pub validity: Validity,
    pub source: Source,
}

/// A group's least share of the seats, in thousandths. Groups overlap, so these do not add up.
#[derive(Clone, Debug, Serialize)]
pub struct GroupQuota {
    pub group: Code<Group>,
    pub per_mille: u32,
    pub validity: Validity,
    pub source: Source,
}

/// Both kinds of quotas.
#[derive(Clone, Debug, Default)]
pub(super) struct Quotas {
    pub regions: Vec<RegionQuota>,
    pub groups: Vec<GroupQuota>,
}

/// Reads `region_quotas.csv` and `group_quotas.csv`.
pub(super) fn read(reader: &Reader<'_>) -> Quotas {
    let columns = |first| [first, "per_mille", "valid_from", "valid_to", "source", "verified"];
    let mut sums: BTreeMap<NaiveDate, (u32, Place)> = BTreeMap::new();
    let regions = reader.csv("region_quotas.csv", &columns("region"), |row| {
        let quota = RegionQuota {
            region: row.refer("region"),
            per_mille: row.number("per_mille", 0..=1000),
            validity: row.validity(),
            source: row.source(),
        };
        let sum = sums.entry(quota.validity.from).or_insert_with(|| (0, row.place().clone()));
        *sum = (sum.0 + quota.per_mille, row.place().clone());
        quota
    });
    for (from, (sum, last)) in sums {
        if sum != 1000 {
            reader.problem(&last, format!("the shares valid from {from} add up to {sum}"), "1000 thousandths");
        }
    }
    let groups = reader.csv("group_quotas.csv", &columns("group"), |row| GroupQuota {
        group: row.refer("group"),
        per_mille: row.number("per_mille", 0..=1000),
        validity: row.validity(),
        source: row.source(),
    });
    Quotas { regions, groups }
}
