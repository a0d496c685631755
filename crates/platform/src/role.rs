//! The roles of the programme's staff (one account may hold several, one at a time in a session) and what they may do.

use serde::{Deserialize, Serialize};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $code:literal, $reach:ident;)+) => {
        /// Whose work an account does. Numbers are stored and never reused.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(i16)]
        pub enum Role { $($(#[$doc])* $name = $number,)+ }

        impl Role {
            /// Every role, in the order in which a case meets them.
            pub const ALL: &[Role] = &[$(Role::$name,)+];

            /// The word of the role in messages, parameters and exports.
            pub fn code(self) -> &'static str {
                match self { $(Role::$name => $code,)+ }
            }

            /// How far the role sees.
            pub fn reach(self) -> Reach {
                match self { $(Role::$name => Reach::$reach,)+ }
            }

            /// The role stored under a number.
            pub fn from_number(number: i16) -> Option<Role> {
                match number { $($number => Some(Role::$name),)+ _ => None }
            }
        }
    };
}

/// How far a role sees: its own offices, the whole country, or only the cases assigned to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    Offices,
    Nation,
    Assigned,
}

roles! {
    /// Case officer of a territorial office.
    Officer = 1, "officer", Offices;
    Counsellor = 2, "counsellor", Offices;
    /// Head of an office: signs contracts, approves.
    OfficeHead = 3, "office_head", Offices;
    Trainer = 4, "trainer", Offices;
    /// Environmental and social specialist.
    Environment = 5, "environment", Offices;
    /// Blind scorer of plans.
    Evaluator = 6, "evaluator", Assigned;
    /// Member of a commission.
    Member = 7, "member", Assigned;
    /// Secretary of the commission.
    Secretary = 8, "secretary", Nation;
    Procurement = 9, "procurement", Nation;
    Storekeeper = 10, "storekeeper", Offices;
    /// Field monitor.
    Monitor = 11, "monitor", Offices;
    /// Grievance officer.
    Grievance = 12, "grievance", Offices;
    /// Adviser of the small-business agency on award plans.
    Adviser = 13, "adviser", Offices;
    Manager = 14, "manager", Nation;
    /// Monitoring and evaluation officer.
    Results = 15, "results", Nation;
    Finance = 16, "finance", Nation;
    /// Reader from the World Bank.
    Bank = 17, "bank", Nation;
    Auditor = 18, "auditor", Nation;
    /// Communications reader: released figures only.
    Communications = 19, "communications", Nation;
    Administrator = 20, "administrator", Nation;
}

/// Something that may be done, and the roles that may do it.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// Noun and verb, as in `people.register`.
    pub code: &'static str,
    /// The roles; empty means that anyone may, signed in or not.
    pub roles: &'static [Role],
}

impl Permission {
    /// A permission for these roles.
    pub const fn new(code: &'static str, roles: &'static [Role]) -> Self {
        Self { code, roles }
    }

    /// Open to anyone, signed in or not.
    pub const PUBLIC: Self = Self::new("public", &[]);

    /// Open to whoever is signed in.
    pub const SIGNED_IN: Self = Self::new("signed_in", Role::ALL);

    /// Whether this role may.
    pub fn allows(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
