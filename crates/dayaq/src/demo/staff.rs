//! The officers: the named cast of officers first, then made-up colleagues for every office.

use super::draw::Draw;
use super::history::{OfficeNo, OfficerNo};
use super::setting::Setting;
use super::{cast, names};
use platform::role::{Reach, Role};

/// Somebody who works in the programme; each has one role here.
#[derive(Clone, Debug)]
pub struct Officer {
    pub name: String,
    /// Sign-in name, unique.
    pub login: String,
    pub role: Role,
    /// `None`: works for the whole country.
    pub office: Option<OfficeNo>,
    /// Region for those who serve one (commission members, specialists), 1 to 14.
    pub region: Option<u8>,
    /// Belongs to the named cast.
    pub cast: bool,
    /// Added to every score that the evaluator gives.
    pub leniency: i8,
}

/// All officers, and who serves where.
#[derive(Clone, Debug)]
pub struct Roster {
    pub officers: Vec<Officer>,
    /// By office, then by role number.
    of_office: Vec<[Vec<OfficerNo>; ROLES]>,
    /// By role number, those of the whole country.
    of_nation: [Vec<OfficerNo>; ROLES],
    /// Commission members by region; the head first.
    members: Vec<Vec<OfficerNo>>,
    /// Environmental specialists and advisers serve a whole region from one office.
    environment: Vec<Vec<OfficerNo>>,
    advisers: Vec<Vec<OfficerNo>>,
}

const ROLES: usize = 21;
const REGIONS: usize = 15;
/// Colleagues of each role in an ordinary office.
const OF_AN_OFFICE: [(Role, usize); 7] = [
    (Role::Officer, 3),
    (Role::Counsellor, 1),
    (Role::OfficeHead, 1),
    (Role::Trainer, 2),
    (Role::Storekeeper, 1),
    (Role::Monitor, 2),
    (Role::Grievance, 1),
];
/// Colleagues of each role for the whole country.
/// Grievance officers of the centre hear what is confidential a second time.
const OF_THE_NATION: [(Role, usize); 6] = [
    (Role::Evaluator, 24),
    (Role::Secretary, 3),
    (Role::Procurement, 4),
    (Role::Manager, 4),
    (Role::Finance, 2),
    (Role::Grievance, 2),
];
const MEMBERS_OF_A_REGION: usize = 5;
/// Two evaluators give more than others to whatever they read.
const LENIENT: [(usize, i8); 2] = [(5, 9), (11, 11)];

impl Roster {
    /// The cast and made-up colleagues for the setting's offices.
    pub fn new(setting: &Setting, seed: u64) -> Self {
        let mut roster = Self {
            officers: Vec::new(),
            of_office: vec![std::array::from_fn(|_| Vec::new()); setting.offices.len()],
            of_nation: std::array::from_fn(|_| Vec::new()),
            members: vec![Vec::new(); REGIONS],
            environment: vec![Vec::new(); REGIONS],
            advisers: vec![Vec::new(); REGIONS],
        };
        roster.take_cast(setting);
        let mut draw = Draw::new(seed, 0x57AF, 0);
        for (number, office) in setting.offices.iter().enumerate() {
            roster.staff_office(&mut draw, number as OfficeNo, office.id);
        }
        for region in 1..REGIONS as u8 {
            roster.staff_region(&mut draw, setting, region);
        }
        for (role, wanted) in OF_THE_NATION {
            while roster.of_nation[role as usize].len() < wanted {
                let login = format!("{}.{}", role.code(), roster.of_nation[role as usize].len() + 1);
                roster.hire(made_up(&mut draw, role, login));
            }
        }
        for (position, leniency) in LENIENT {
            let evaluator = roster.of_nation[Role::Evaluator as usize][position];
            roster.officers[usize::from(evaluator)].leniency = leniency;
        }
        roster
    }

    fn take_cast(&mut self, setting: &Setting) {
        let home = setting.office_in(cast::HOME).unwrap_or(0);
        let region = setting.offices.get(usize::from(home)).map(|office| office.region);
        for member in cast::OFFICERS {
            self.hire(Officer {
                name: member.name.to_owned(),
                login: member.login.to_owned(),
                role: member.role,
                office: (member.role.reach() == Reach::Offices).then_some(home),
                region: matches!(member.role, Role::Member | Role::Environment | Role::Adviser).then_some(region).flatten(),
                cast: true,
                leniency: 0,
            });
        }
    }

    fn staff_office(&mut self, draw: &mut Draw, office: OfficeNo, id: i32) {
        for (role, wanted) in OF_AN_OFFICE {
            for number in self.of_office[usize::from(office)][role as usize].len()..wanted {
                let officer = made_up(draw, role, format!("{}.{id}.{}", role.code(), number + 1));
                self.hire(Officer { office: Some(office), ..officer });
            }
        }
    }

    fn staff_region(&mut self, draw: &mut Draw, setting: &Setting, region: u8) {
        let Some(seat) = setting.seat_of(region) else { return };
        for number in self.members[usize::from(region)].len()..MEMBERS_OF_A_REGION {
            let officer = made_up(draw, Role::Member, format!("member.r{region}.{}", number + 1));
            self.hire(Officer { region: Some(region), ..officer });
        }
        for (role, present) in [
            (Role::Environment, self.environment[usize::from(region)].len()),
            (Role::Adviser, self.advisers[usize::from(region)].len()),
        ] {
            if present == 0 {
                let officer = made_up(draw, role, format!("{}.r{region}", role.code()));
                self.hire(Officer { office: Some(seat), region: Some(region), ..officer });
            }
        }
    }

    fn hire(&mut self, officer: Officer) {
        let number = self.officers.len() as OfficerNo;
        match (officer.office, officer.region, officer.role) {
            (_, Some(region), Role::Member) => self.members[usize::from(region)].push(number),
            (_, Some(region), Role::Environment) => self.environment[usize::from(region)].push(number),
            (_, Some(region), Role::Adviser) => self.advisers[usize::from(region)].push(number),
            (Some(office), _, role) => self.of_office[usize::from(office)][role as usize].push(number),
            (None, _, role) => self.of_nation[role as usize].push(number),
        }
        self.officers.push(officer);
    }

    /// One of an office's officers of a role; `salt` spreads the work.
    pub fn of(&self, office: OfficeNo, role: Role, salt: u64) -> OfficerNo {
        nth(&self.of_office[usize::from(office)][role as usize], salt)
    }

    /// One of an office's officers of a role, other than `not` where there is another.
    pub fn other(&self, office: OfficeNo, role: Role, salt: u64, not: OfficerNo) -> OfficerNo {
        let all = &self.of_office[usize::from(office)][role as usize];
        let first = nth(all, salt);
        if first == not { nth(all, salt + 1) } else { first }
    }

    /// One of the country's officers of a role.
    pub fn national(&self, role: Role, salt: u64) -> OfficerNo {
        nth(&self.of_nation[role as usize], salt)
    }

    /// All of the country's officers of a role.
    pub fn all_national(&self, role: Role) -> &[OfficerNo] {
        &self.of_nation[role as usize]
    }

    /// A region's commission, its head first.
    pub fn commission(&self, region: u8) -> &[OfficerNo] {
        &self.members[usize::from(region)]
    }

    /// A region's environmental and social specialist.
    pub fn specialist(&self, region: u8) -> OfficerNo {
        nth(&self.environment[usize::from(region)], 0)
    }

    /// A region's adviser of the small-business agency.
    pub fn adviser(&self, region: u8) -> OfficerNo {
        nth(&self.advisers[usize::from(region)], 0)
    }
}

fn nth(officers: &[OfficerNo], salt: u64) -> OfficerNo {
    if officers.is_empty() { 0 } else { officers[(salt % officers.len() as u64) as usize] }
}

fn made_up(draw: &mut Draw, role: Role, login: String) -> Officer {
    let female = draw.chance(0.5);
    Officer { name: names::short(draw, female), login, role, office: None, region: None, cast: false, leniency: 0 }
}
