//! `GET /cases/{case}/contract.pdf`: the contract as paper, in Azerbaijani, from what the signature froze. A draft is
//! printed with a mark that says so.

use super::{
    show,
    sign::beneficiary,
    spelled::spelled,
    store::{self, Beneficiary, Contract, Line},
};
use anyhow::{Context, Result};
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use chrono::NaiveDate;
use documents::{Clause, ContractItem, Detail, Issue, Language, Obligation, Paragraph, Party, Signatory, Topic};
use platform::{
    answer::{Answer, Fault},
    app::App,
    language::Lang,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, CaseFile},
    people::codes,
    programme::{self, ClauseTopic, InForce, Key, Months, ObligationText, ParameterValue, Template, Term, keys},
};
use values::{Money, id::CaseId};

/// The language that binds.
const LANG: Lang = Lang::Az;

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let file = case::store::find(&mut tx, case).await?.ok_or(Fault::NotFound)?;
    let contract = store::find(&mut tx, file.person(), case).await?.ok_or(Fault::NotFound)?;
    let lines = store::lines(&mut tx, file.person(), contract.plan()).await?;
    let side = signs(&mut tx, &app, &file, &contract).await?;
    drop(tx);
    let data = paper(&app, &programme, show::TEXT, &contract, &lines, side, page.today)?;
    let name = format!("inline; filename=\"{}.pdf\"", contract.number);
    let pdf = tokio::task::spawn_blocking(move || documents::contract(&data)).await.context("printing")?;
    let pdf = pdf.context("printing a contract")?;
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}

/// The beneficiary as frozen at signature; of a draft, as registered now.
async fn signs(tx: &mut Tx, app: &App, file: &CaseFile, contract: &Contract) -> Result<Beneficiary, Fault> {
    if let Some(sealed) = &contract.beneficiary {
        let frozen = serde_json::from_str(&app.keys().open(sealed)?).context("reading a contract's beneficiary")?;
        return Ok(frozen);
    }
    Ok(beneficiary(app.keys(), &case::store::person_of(tx, file).await?)?)
}

/// A contract as paper, in the words that the programme keeps under a code.
pub fn paper(
    app: &App,
    programme: &InForce,
    code: &str,
    contract: &Contract,
    lines: &[Line],
    side: Beneficiary,
    today: NaiveDate,
) -> Result<documents::Contract> {
    let signed_on = contract.signed_on.unwrap_or(today);
    let text = programme.contract_text(code, signed_on);
    let text = text.with_context(|| format!("no text of the contract {code} is in force on {signed_on}"))?;
    let places = Places { programme, contract, signed_on, lang: LANG };
    let fill = |template: &Template| template.fill(LANG, |place| places.value(place));
    let mut clauses = Vec::new();
    for (clause, number) in text.clauses.iter().zip(1..) {
        let mut paragraphs = Vec::new();
        for (paragraph, part) in clause.paragraphs.iter().zip(1..) {
            paragraphs.push(Paragraph { number: format!("{number}.{part}."), text: fill(paragraph)? });
        }
        clauses.push(Clause {
            topic: topic(clause.topic),
            number: format!("{number}."),
            title: clause.title.az.clone(),
            paragraphs,
        });
    }
    let mut obligations = Vec::new();
    for obligation in &text.obligations {
        let due = due_words(programme, obligation, &places);
        obligations.push(Obligation { text: fill(&obligation.text)?, due, proof: obligation.proof.az.clone() });
    }
    let head = contract.head.clone().unwrap_or_default();
    let signature = |key: &str, name: &str, seal| Signatory { post: LANG.t(key), name: name.to_owned(), signed: None, seal };
    Ok(documents::Contract {
        issue: issue(app, programme, contract, signed_on),
        title: text.title.az.clone(),
        place: office_name(programme, contract),
        provider: provider(programme, contract, &head),
        signatures: vec![
            signature("contract-paper-head", &head, true),
            signature("contract-paper-beneficiary", &side.name, false),
        ],
        beneficiary: party(side),
        legal_version: text.legal_on(signed_on).map(|words| words.az.clone()).unwrap_or_default(),
        term: documents::Term {
            length: places
                .value("term_months")
                .map(|months| LANG.with("contract-paper-months", &[("months", months.as_str().into())]))
                .unwrap_or_default(),
            from: LANG.date(signed_on),
            to: LANG.date(places.ends_on()),
        },
        items: lines.iter().map(|line| item(programme, line, signed_on)).collect(),
        total: LANG.money(contract.amount()),
        total_in_words: spelled(contract.amount()).unwrap_or_default(),
        place_of_use: contract.place_of_use.clone(),
        clauses,
        obligations,
        annexes: vec![LANG.t("contract-paper-annex-plan"), LANG.t("contract-paper-annex-act")],
        explained: LANG
            .with("contract-paper-explained", &[("language", codes::words(LANG, "language", &contract.explained_in).into())]),
    })
}

fn issue(app: &App, programme: &InForce, contract: &Contract, signed_on: NaiveDate) -> Issue {
    let mark = match (contract.signed_on, app.demo()) {
        (None, _) => Some(LANG.t("contract-paper-draft")),
        (Some(_), true) => Some(LANG.t("training-certificate-specimen")),
        (Some(_), false) => None,
    };
    Issue {
        language: Language::Az,
        programme: programme.about().name.az.clone(),
        institution: programme.about().authority.az.clone(),
        office: office_name(programme, contract),
        number: contract.number.clone(),
        date: LANG.date(signed_on),
        issued_on: signed_on,
        mark,
    }
}

fn office_name(programme: &InForce, contract: &Contract) -> String {
    programme.office(contract.office()).map(|office| office.name.az.clone()).unwrap_or_default()
}

fn provider(programme: &InForce, contract: &Contract, head: &str) -> Party {
    let detail = |key: &str, value: String| Detail { label: LANG.t(key), value };
    Party {
        role: LANG.t("contract-paper-provider"),
        name: programme.about().authority.az.clone(),
        details: vec![
            detail("contract-paper-office", office_name(programme, contract)),
            detail("contract-paper-represented", head.to_owned()),
            detail("contract-paper-hotline", programme.about().hotline.clone()),
        ],
    }
}

/// The beneficiary as a paper names them.
pub fn party(side: Beneficiary) -> Party {
    let known = [
        ("contract-paper-fin", side.fin),
        ("contract-paper-document", side.document),
        ("contract-paper-address", Some(side.address).filter(|address| !address.is_empty())),
        ("contract-paper-phone", side.phone),
    ];
    let details = known.into_iter().filter_map(|(key, value)| Some(Detail { label: LANG.t(key), value: value? })).collect();
    Party { role: LANG.t("contract-paper-beneficiary"), name: side.name, details }
}

fn item(programme: &InForce, line: &Line, day: NaiveDate) -> ContractItem {
    let known = programme.item(&line.item, day);
    let measure = known.and_then(|item| programme.measure(item.measure.as_str())).map_or("", |measure| measure.name.az.as_str());
    ContractItem {
        name: known.map_or_else(|| line.item.clone(), |item| item.name.az.clone()),
        specification: LANG.with("contract-paper-code", &[("code", line.item.as_str().into())]),
        quantity: format!("{} {measure}", line.quantity).trim_end().to_owned(),
        price: LANG.money(Money::from_qepik(line.unit_price)),
        amount: LANG.money(Money::from_qepik(line.amount())),
    }
}

fn due_words(programme: &InForce, obligation: &ObligationText, places: &Places<'_>) -> String {
    let term = obligation.after.as_ref().and_then(|code| programme.parameter_version(code.as_str(), places.signed_on));
    let term = term.and_then(|version| Term::from_parameter(version.value, version.unit));
    let from = LANG.t(match obligation.from {
        programme::Anchor::Signature => "contract-paper-from-signature",
        programme::Anchor::Receipt => "contract-paper-from-receipt",
        programme::Anchor::TermEnd => "contract-paper-from-term-end",
    });
    let Some(term) = term else { return from };
    let (key, count) = match term {
        Term::CalendarDays(days) => ("contract-paper-days", days),
        Term::WorkingDays(days) => ("contract-paper-working-days", days),
        Term::Months(months) => ("contract-paper-in-months", months),
    };
    let key = if obligation.repeats { format!("{key}-each") } else { key.to_owned() };
    format!("{from} {}", LANG.with(&key, &[("count", count.into())]))
}

/// What the places of the contract's text are filled with.
pub(super) struct Places<'a> {
    pub programme: &'a InForce,
    pub contract: &'a Contract,
    pub signed_on: NaiveDate,
    pub lang: Lang,
}

impl Places<'_> {
    /// The value of a place by its name.
    pub fn value(&self, place: &str) -> Option<String> {
        let (programme, contract, lang) = (self.programme, self.contract, self.lang);
        Some(match place {
            "programme" => programme.about().name.text(lang).to_owned(),
            "authority" => programme.about().authority.text(lang).to_owned(),
            "office" => programme.office(contract.office())?.name.text(lang).to_owned(),
            "direction" => programme.direction(&contract.direction)?.name.text(lang).to_owned(),
            "contract_number" => contract.number.clone(),
            "signed_on" | "term_from" => lang.date(self.signed_on),
            "term_to" => lang.date(self.ends_on()),
            "term_months" => self.months().to_string(),
            "total" => lang.money(contract.amount()),
            // Only Azerbaijani contracts are signed, so only Azerbaijani has sums in words.
            "total_in_words" => spelled(contract.amount())?,
            "place_of_use" => contract.place_of_use.clone(),
            "start_days" => self.days(&keys::BUSINESS_START_TERM),
            "remedy_days" => self.days(&keys::REMEDY_TERM),
            "loss_days" => self.days(&keys::LOSS_REPORT_TERM),
            "defect_days" => self.days(&keys::DEFECT_WINDOW),
            "appeal_days" => self.days(&keys::APPEAL_TERM),
            "mourning_days" => self.days(&keys::MOURNING_TERM),
            "extension_months" => programme.parameter(&keys::EXTENSION_MAX, self.signed_on).0.to_string(),
            "hotline" => programme.about().hotline.clone(),
            _ => return None,
        })
    }

    fn days(&self, key: &Key<Term>) -> String {
        let (Term::CalendarDays(count) | Term::WorkingDays(count) | Term::Months(count)) =
            self.programme.parameter(key, self.signed_on);
        count.to_string()
    }

    fn months(&self) -> u32 {
        match u32::try_from(self.contract.term_months) {
            Ok(months) if months > 0 => months,
            _ => self.programme.parameter(&keys::CONTRACT_TERM, self.signed_on).0,
        }
    }

    fn ends_on(&self) -> NaiveDate {
        self.contract.ends_on.unwrap_or_else(|| super::rules::ends_on(self.signed_on, Months(self.months())))
    }
}

fn topic(topic: ClauseTopic) -> Topic {
    match topic {
        ClauseTopic::General => Topic::General,
        ClauseTopic::PlaceOfUse => Topic::PlaceOfUse,
        ClauseTopic::NoDisposal => Topic::NoDisposal,
        ClauseTopic::Access => Topic::Access,
        ClauseTopic::TaxDuty => Topic::TaxDuty,
        ClauseTopic::ForceMajeure => Topic::ForceMajeure,
        ClauseTopic::Death => Topic::Death,
        ClauseTopic::Disputes => Topic::Disputes,
        ClauseTopic::Return => Topic::Return,
        ClauseTopic::Ownership => Topic::Ownership,
    }
}
