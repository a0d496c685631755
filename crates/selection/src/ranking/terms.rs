//! The terms of a run, from the programme's parameters and quotas of its day.

use super::types::{Bucket, Cap, Floor, Terms};
use chrono::NaiveDate;
use registry::programme::{GroupList, Percent, Programme, keys};

/// The code of the group of women in a programme that sets them a least share.
pub const WOMEN: &str = "WOMAN";

/// The terms of a run with so many places.
pub fn terms_of(programme: &Programme, on: NaiveDate, places: u32, buckets: Vec<Bucket>, cap: Cap) -> Terms {
    Terms {
        places,
        reserve_places: reserve_places(programme, on, places),
        priority: programme.groups_on(GroupList::StatutoryPriority, on).map(|group| group.code.to_string()).collect(),
        buckets,
        floors: floors(programme, on, places),
        cap,
    }
}

/// The length of the reserve list: its share of the places, rounded up.
pub fn reserve_places(programme: &Programme, on: NaiveDate, places: u32) -> u32 {
    let Percent(share) = programme.parameter(&keys::RESERVE_SHARE, on);
    (places * u32::try_from(share).unwrap_or(0)).div_ceil(100)
}

/// Least shares of groups in whole places, rounded down, the greatest first; women have the greater of their two.
fn floors(programme: &Programme, on: NaiveDate, places: u32) -> Vec<Floor> {
    let Percent(women) = programme.parameter(&keys::WOMEN_SHARE, on);
    let women = programme.group(WOMEN).map(|group| (group.code.to_string(), u32::try_from(women * 10).unwrap_or(0)));
    let quotas = programme.group_quotas(on).map(|quota| (quota.group.to_string(), quota.per_mille));
    let mut floors: Vec<Floor> = Vec::new();
    for (group, per_mille) in quotas.chain(women) {
        let least = places * per_mille / 1000;
        match floors.iter_mut().find(|floor| floor.group == group) {
            Some(floor) => floor.least = floor.least.max(least),
            None => floors.push(Floor { group, least }),
        }
    }
    floors.retain(|floor| floor.least > 0);
    floors.sort_by(|a, b| b.least.cmp(&a.least).then_with(|| a.group.cmp(&b.group)));
    floors
}
