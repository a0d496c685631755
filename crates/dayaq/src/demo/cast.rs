//! The named cast: one small set of people and officers who serve tests, demo and documents alike. All are invented.

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
