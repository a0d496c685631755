//! Contracts as data: clauses in force at signature, and the obligations with their dates.

use super::{
    Parameter, Programme,
    code::{Code, Coded},
    parameters::{ParameterValue, Term},
    reader::{Reader, Table},
    template::Template,
    words::{Dated, Source, Validity, Words},
};
use chrono::NaiveDate;
use serde::Serialize;

/// What clauses and letters of a contract may name.
pub const PLACES: &[&str] = &[
    "programme",
    "authority",
    "office",
    "beneficiary",
    "direction",
    "contract_number",
    "signed_on",
    "term_months",
    "term_from",
    "term_to",
    "total",
    "total_in_words",
    "place_of_use",
    "start_days",
    "remedy_days",
    "loss_days",
    "defect_days",
    "appeal_days",
    "mourning_days",
    "extension_months",
    "hotline",
];

/// A text of the contract with the legal version to which it belongs.
#[derive(Clone, Debug, Serialize)]
pub struct ContractText {
    pub code: Code<ContractText>,
    pub title: Words,
    /// The acts with their wording, by the day of signature.
    pub legal: Vec<LegalVersion>,
    pub clauses: Vec<ContractClause>,
    pub obligations: Vec<ObligationText>,
    /// Contracts signed in this time carry this text.
    pub validity: Validity,
    pub source: Source,
}

/// The acts on which a contract rests, as printed, while that wording is in force.
#[derive(Clone, Debug, Serialize)]
pub struct LegalVersion {
    pub text: Words,
    pub validity: Validity,
}

/// A titled clause with numbered paragraphs.
#[derive(Clone, Debug, Serialize)]
pub struct ContractClause {
    pub topic: ClauseTopic,
    pub title: Words,
    pub paragraphs: Vec<Template>,
}

/// What a clause settles.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseTopic {
    General,
    PlaceOfUse,
    NoDisposal,
    Access,
    TaxDuty,
    ForceMajeure,
    Death,
    Disputes,
    Return,
    Ownership,
}

/// A duty of the beneficiary with a date.
#[derive(Clone, Debug, Serialize)]
pub struct ObligationText {
    pub code: Code<ObligationText>,
    pub text: Template,
    /// What shows that it was met.
    pub proof: Words,
    pub from: Anchor,
    /// The parameter with the time from the anchor; absent: on that day itself.
    pub after: Option<Code<Parameter>>,
    /// Due again and again, each time after `after`, until the term ends.
    pub repeats: bool,
    /// By which record the program sees whether it was met; absent where only people can tell.
    pub shown_by: Option<Shown>,
}

/// The record that shows whether a duty of a contract was met.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The first sale or service shown.
    BusinessStarted,
    /// A visit's answer on tax registration.
    TaxRegistration,
    /// Somebody was met at a visit.
    Visit,
    /// The title passed after the final visit.
    Ownership,
}

/// From which day the time of an obligation runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    Signature,
    Receipt,
    TermEnd,
}

impl ContractText {
    /// The acts in force on the day of signature.
    pub fn legal_on(&self, signed_on: NaiveDate) -> Option<&Words> {
        self.legal.iter().find(|legal| legal.validity.covers(signed_on)).map(|legal| &legal.text)
    }
}

/// The days from which the obligations of one contract run.
#[derive(Clone, Copy, Debug)]
pub struct Anchors {
    pub signed_on: NaiveDate,
    pub received_on: NaiveDate,
    /// The last day of the term.
    pub term_ends_on: NaiveDate,
}

impl ObligationText {
    /// The days on which it falls due, in order; a repeating one until the term ends.
    pub fn due(&self, programme: &Programme, anchors: &Anchors) -> Vec<NaiveDate> {
        let from = match self.from {
            Anchor::Signature => anchors.signed_on,
            Anchor::Receipt => anchors.received_on,
            Anchor::TermEnd => anchors.term_ends_on,
        };
        let term = self.after.as_ref().and_then(|code| programme.parameter_version(code, anchors.signed_on));
        let Some(term) = term.and_then(|version| Term::from_parameter(version.value, version.unit)) else {
            return vec![from];
        };
        let next = |day: &NaiveDate| Some(term.ends(*day, programme.working_days())).filter(|due| due > day);
        let days = std::iter::successors(next(&from), next);
        if self.repeats { days.take_while(|due| *due <= anchors.term_ends_on).collect() } else { days.take(1).collect() }
    }
}

/// Reads `contract.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Vec<ContractText> {
    reader.toml("contract.toml", |file| file.list("contract", contract)).unwrap_or_default()
}

fn contract(table: &Table<'_>) -> ContractText {
    let validity = table.validity();
    let contract = ContractText {
        code: table.define_dated(validity),
        title: table.words("title"),
        legal: table.list("legal", |legal| LegalVersion { text: legal.words("text"), validity: legal.validity() }),
        clauses: table.list("clause", |clause| ContractClause {
            topic: clause.one_of("topic", &TOPICS),
            title: clause.words("title"),
            paragraphs: clause.list("paragraph", |paragraph| paragraph.template("text", PLACES)),
        }),
        obligations: table.list("obligation", obligation),
        validity,
        source: table.source(),
    };
    if contract.legal.windows(2).any(|pair| pair[0].validity.overlaps(&pair[1].validity)) {
        table.problem("legal", format!("the legal versions of {} overlap", contract.code), "versions that follow each other");
    }
    for (word, topic) in TOPICS.iter().filter(|(_, topic)| *topic != ClauseTopic::General) {
        if !contract.clauses.iter().any(|clause| clause.topic == *topic) {
            table.problem(
                "code",
                format!("{} has no clause on {word}", contract.code),
                format!("a [[contract.clause]] with topic {word}"),
            );
        }
    }
    contract
}

fn obligation(table: &Table<'_>) -> ObligationText {
    let obligation = ObligationText {
        code: Code::new(&table.text("code")),
        text: table.template("text", PLACES),
        proof: table.words("proof"),
        from: table
            .one_of("from", &[("signature", Anchor::Signature), ("receipt", Anchor::Receipt), ("term_end", Anchor::TermEnd)]),
        after: table.optional_refer("after"),
        repeats: table.flag("repeats"),
        shown_by: table.has("shown_by").then(|| table.one_of("shown_by", &SHOWN)),
    };
    if obligation.repeats && obligation.after.is_none() {
        table.problem("repeats", format!("{} repeats without a time", obligation.code), "after, a parameter");
    }
    obligation
}

const SHOWN: [(&str, Shown); 4] = [
    ("business_started", Shown::BusinessStarted),
    ("tax_registration", Shown::TaxRegistration),
    ("visit", Shown::Visit),
    ("ownership", Shown::Ownership),
];

const TOPICS: [(&str, ClauseTopic); 10] = [
    ("general", ClauseTopic::General),
    ("place_of_use", ClauseTopic::PlaceOfUse),
    ("no_disposal", ClauseTopic::NoDisposal),
    ("access", ClauseTopic::Access),
    ("tax_duty", ClauseTopic::TaxDuty),
    ("force_majeure", ClauseTopic::ForceMajeure),
    ("death", ClauseTopic::Death),
    ("disputes", ClauseTopic::Disputes),
    ("return", ClauseTopic::Return),
    ("ownership", ClauseTopic::Ownership),
];

impl Coded for ContractText {
    const NOUN: &'static str = "contract";
    const FILE: &'static str = "contract.toml";
}

impl Coded for ObligationText {
    const NOUN: &'static str = "obligation";
    const FILE: &'static str = "contract.toml";
}

impl Dated for ContractText {
    fn validity(&self) -> Validity {
        self.validity
    }
}
