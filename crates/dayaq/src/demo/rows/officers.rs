//! The staff as accounts: who works where, in which role.

use crate::demo::programme::Simulated;
use platform::role::{Reach, Role};
use uuid::Uuid;

/// An account with its role.
pub struct Account {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    pub role: Role,
    pub home: i32,
    pub offices: Vec<i32>,
    /// Place among the cards of the cast.
    pub card: Option<i16>,
}

/// Every account of the demo.
pub fn accounts(made: &Simulated) -> Vec<Account> {
    let offices = &made.setting.offices;
    let everywhere: Vec<i32> = std::iter::once(0).chain(offices.iter().map(|office| office.id)).collect();
    let mut cards = 0i16;
    made.officers
        .iter()
        .zip(0u16..)
        .map(|(officer, number)| {
            let home = officer.office.map_or(0, |office| offices[usize::from(office)].id);
            let reach = match (officer.role.reach(), officer.region) {
                (Reach::Nation, _) => everywhere.clone(),
                (_, Some(region)) => offices.iter().filter(|o| o.region == region).map(|o| o.id).collect(),
                (Reach::Offices, None) if officer.office.is_none() => everywhere.clone(),
                _ => vec![home],
            };
            cards += i16::from(officer.cast);
            Account {
                id: made.officer_id(number).0,
                login: officer.login.clone(),
                name: officer.name.clone(),
                role: officer.role,
                home,
                offices: reach,
                card: officer.cast.then_some(cards),
            }
        })
        .collect()
}
