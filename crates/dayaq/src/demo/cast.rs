//! The named cast: one small set of people and officers who serve tests, demo and documents alike. All are invented.

use super::open_work::Work;
use platform::role::Role;

/// An officer of the cast.
#[derive(Debug)]
pub struct CastOfficer {
    pub login: &'static str,
    pub name: &'static str,
    pub role: Role,
}

const fn officer(login: &'static str, name: &'static str, role: Role) -> CastOfficer {
    CastOfficer { login, name, role }
}

/// Where the cast's officers of an office work: the unit's code.
pub const HOME: &str = "GA";
/// Where the repairer of phones lives.
pub const SHEKI: &str = "SAK";

/// Who entered the applications of the cast that wait for a decision.
pub const REGISTRAR: &str = "third.officer";

/// One officer of every role at least; those bound to an office serve in Gəncə.
pub const OFFICERS: &[CastOfficer] = &[
    officer("case.officer", "Aynur Rəhimova", Role::Officer),
    officer("second.officer", "Tural Həsənli", Role::Officer),
    officer("third.officer", "Sədaqət Qurbanova", Role::Officer),
    officer("counsellor", "Günel Səfərova", Role::Counsellor),
    officer("office.head", "Vüqar Mustafayev", Role::OfficeHead),
    officer("trainer", "Elnarə Kazımova", Role::Trainer),
    officer("environment", "Rauf Cabbarlı", Role::Environment),
    officer("evaluator.one", "Nigar Tağızadə", Role::Evaluator),
    officer("evaluator.two", "Samir Orucov", Role::Evaluator),
    officer("evaluator.three", "Könül Bayramova", Role::Evaluator),
    officer("commission.head", "Zakir Nəsirov", Role::Member),
    officer("member.one", "Mətanət Sadıqova", Role::Member),
    officer("member.two", "Fərid Əzimzadə", Role::Member),
    officer("member.three", "Lalə Hümbətova", Role::Member),
    officer("member.four", "Oqtay Şirinov", Role::Member),
    officer("secretary", "Təranə Xəlilova", Role::Secretary),
    officer("procurement", "Kamran Bəşirov", Role::Procurement),
    officer("procurement.two", "Aydan Məlikzadə", Role::Procurement),
    officer("storekeeper", "Yaşar Dadaşov", Role::Storekeeper),
    officer("monitor", "Şəbnəm Eyvazova", Role::Monitor),
    officer("grievance", "Nailə Feyzullayeva", Role::Grievance),
    officer("adviser", "Cavid Rüstəmli", Role::Adviser),
    officer("manager", "Ülviyyə Mahmudova", Role::Manager),
    officer("results", "Anar Zeynallı", Role::Results),
    officer("finance", "Rəna Abdullayeva", Role::Finance),
    officer("bank", "Helen Carter", Role::Bank),
    officer("auditor", "Nazim Qasımov", Role::Auditor),
    officer("communications", "Fidan Yusifli", Role::Communications),
    officer("administrator", "Elçin Vəliyev", Role::Administrator),
];

/// Where a person of the cast stands when the programme opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    /// A kind of work waits for them.
    Waits(Work),
    OnReserve,
    Operating,
    Owner,
}

/// A person of the cast.
#[derive(Debug)]
pub struct CastPerson {
    /// By which tests and documents call them.
    pub key: &'static str,
    pub given: &'static str,
    pub father: &'static str,
    pub surname: &'static str,
    pub female: bool,
    /// The unit's code.
    pub unit: &'static str,
    pub direction: &'static str,
    pub stands: Stands,
}

const fn person(
    key: &'static str,
    [given, father, surname]: [&'static str; 3],
    female: bool,
    direction: &'static str,
    stands: Stands,
) -> CastPerson {
    CastPerson { key, given, father, surname, female, unit: HOME, direction, stands }
}

/// The tailor first. All but the repairer of phones live in Gəncə.
pub const PEOPLE: &[CastPerson] = &[
    person("tailor", ["Aygün", "Elçin", "Kərimli"], true, "TAILOR", Stands::Waits(Work::Decide)),
    CastPerson {
        unit: SHEKI,
        ..person("phone-repairer", ["Orxan", "Vaqif", "Şabanov"], false, "PHONE_COMPUTER_REPAIR", Stands::Operating)
    },
    person("photographer", ["Turan", "Namiq", "Əhmədova"], true, "PHOTOGRAPHER", Stands::OnReserve),
    person("baker", ["Sevil", "Rafiq", "Quliyeva"], true, "BAKER", Stands::Waits(Work::Teach)),
    person("barber", ["Elvin", "Tofiq", "Babayev"], false, "BARBER", Stands::Waits(Work::ClearScreening)),
    person("welder", ["Ramil", "Əkbər", "Nağıyev"], false, "WELDER", Stands::Waits(Work::HoldSitting)),
    person("confectioner", ["Leyla", "Arif", "Süleymanlı"], true, "CONFECTIONER", Stands::Waits(Work::SignContract)),
    person("mechanic", ["Namiq", "Həsən", "Mirzəyev"], false, "CAR_MECHANIC", Stands::Waits(Work::HandOver)),
    person("cabinet-maker", ["Ceyhun", "Sabir", "İbrahimov"], false, "CABINET_MAKER", Stands::Waits(Work::VisitOverdue)),
    person("beautician", ["Nərmin", "Zaur", "Hacıyeva"], true, "BEAUTICIAN", Stands::Waits(Work::ApproveOwnership)),
    person("caterer", ["Xalid", "İsa", "Osmanov"], false, "CATERER", Stands::Owner),
];
