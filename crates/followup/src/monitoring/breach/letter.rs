//! `GET /cases/{case}/breach/notice.pdf` and `…/decision.pdf`: what the person is told, in the words of the programme's
//! letters. Azerbaijani binds; another language is printed when asked for.

use super::store::{self, Breach, Outcome};
use crate::monitoring::store::officer_name;
use anyhow::{Context, Result};
use axum::{
    extract::{Path, Query, State},
    http::header,
    response::IntoResponse,
};
use chrono::NaiveDate;
use documents::{Issue, Language, Letter, Reason, Signatory, Step};
use platform::{
    answer::{Answer, Fault},
    app::App,
    language::Lang,
    request::Page,
    scope::Tx,
};
use provision::contract;
use registry::{
    case::{self, CaseFile},
    people::store::Person,
    programme::{self, InForce, ParameterValue, Term},
};
use serde::Deserialize;
use values::id::{CaseId, OfficeId, OfficerId};

/// The programme's letters.
const NOTICE: &str = "BREACH_NOTICE";
const RECOVERY: &str = "RECOVERY";

#[derive(Deserialize)]
pub(in crate::monitoring) struct Asked {
    /// The language of the letter; Azerbaijani where none is asked for.
    #[serde(default)]
    language: Option<String>,
}

pub(in crate::monitoring) async fn get_notice(
    State(app): State<App>,
    page: Page,
    Path(case): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Answer {
    send(&app, &page, case, &asked, NOTICE).await
}

pub(in crate::monitoring) async fn get_decision(
    State(app): State<App>,
    page: Page,
    Path(case): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Answer {
    send(&app, &page, case, &asked, RECOVERY).await
}

async fn send(app: &App, page: &Page, case: CaseId, asked: &Asked, code: &'static str) -> Answer {
    let lang = asked.language.as_deref().and_then(Lang::from_code).unwrap_or(Lang::Az);
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let file = case::store::find(&mut tx, case).await?.ok_or(Fault::NotFound)?;
    let breaches = store::of_case(&mut tx, file.person(), case).await?;
    let wanted = breaches.into_iter().find(|breach| code == NOTICE || breach.outcome() == Some(Outcome::Upheld));
    let breach = wanted.ok_or(Fault::NotFound)?;
    let told = tell(&mut tx, &programme, &file, &breach, code, lang).await?;
    drop(tx);
    let letter = told.letter(app)?;
    let name = format!("inline; filename=\"{}-{}.pdf\"", file.receipt.replace('/', "-"), lang.code());
    let pdf = tokio::task::spawn_blocking(move || documents::letter(&letter)).await.context("printing")?;
    let pdf = pdf.context("printing a letter about a breach")?;
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}

/// What a letter rests on.
struct Told<'a> {
    programme: &'a InForce,
    code: &'static str,
    lang: Lang,
    file: &'a CaseFile,
    breach: &'a Breach,
    person: Person,
    contract_number: String,
    /// Who signs: the officer who noticed, or the head who upheld.
    signer: String,
    on: NaiveDate,
}

async fn tell<'a>(
    tx: &mut Tx,
    programme: &'a InForce,
    file: &'a CaseFile,
    breach: &'a Breach,
    code: &'static str,
    lang: Lang,
) -> Result<Told<'a>, Fault> {
    let person = case::store::person_of(tx, file).await?;
    let contract = contract::store::find(tx, file.person(), file.case()).await?;
    let contract_number = contract.map(|contract| contract.number).unwrap_or_default();
    let signs = breach.settled_by.filter(|_| code == RECOVERY).unwrap_or(breach.noticed_by);
    let signer = officer_name(tx, OfficerId(signs)).await?;
    let on = breach.settled_on.filter(|_| code == RECOVERY).unwrap_or(breach.noticed_on);
    Ok(Told { programme, code, lang, file, breach, person, contract_number, signer, on })
}

impl Told<'_> {
    fn letter(&self, app: &App) -> Result<Letter> {
        let text = self.programme.letter(self.code).with_context(|| format!("the programme has no letter {}", self.code))?;
        let fill = |template: &programme::Template| template.fill(self.lang, |place| self.place(place));
        let steps = text.steps.iter().map(|step| {
            let until = step.within.as_ref().map(|within| self.until(within.as_str())).unwrap_or_default();
            Ok(Step { text: fill(&step.text)?, until })
        });
        let post = if self.code == RECOVERY { "role-office-head" } else { "role-officer" };
        Ok(Letter {
            issue: self.issue(app),
            addressee: self.person.full_name(),
            address: vec![self.person.address.clone()],
            subject: fill(&text.subject)?,
            salutation: fill(&text.salutation)?,
            paragraphs: text.paragraphs.iter().map(fill).collect::<Result<_, _>>()?,
            reasons: self.reasons(text.with_reasons),
            steps: steps.collect::<Result<_>>()?,
            closing: text.closing.text(self.lang).to_owned(),
            enclosures: Vec::new(),
            signature: Signatory {
                post: self.lang.t(post),
                name: self.signer.clone(),
                signed: None,
                seal: self.code == RECOVERY,
            },
            contact: format!("{}, {}", self.signer, self.programme.about().hotline),
        })
    }

    /// What was found, where the letter prints its reasons.
    fn reasons(&self, with: bool) -> Vec<Reason> {
        let finding = self.breach.finding.clone().filter(|_| with);
        finding.map(|text| Reason { text, article: self.obligation() }).into_iter().collect()
    }

    fn obligation(&self) -> String {
        let known = self.programme.reasons(super::LIST).find(|reason| reason.code == *self.breach.obligation);
        known.map_or_else(|| self.breach.obligation.clone(), |reason| reason.name.text(self.lang).to_owned())
    }

    /// The last day of a time of the programme that counts from the letter.
    fn until(&self, parameter: &str) -> String {
        let version = self.programme.parameter_version(parameter, self.on);
        let term = version.and_then(|version| Term::from_parameter(version.value, version.unit));
        term.map(|term| self.lang.date(term.ends(self.on, self.programme.working_days()))).unwrap_or_default()
    }

    fn office(&self) -> String {
        let office = self.programme.office(OfficeId(self.file.office));
        office.map(|office| office.name.text(self.lang).to_owned()).unwrap_or_default()
    }

    fn place(&self, place: &str) -> Option<String> {
        Some(match place {
            "name" => self.person.full_name(),
            "contract_number" => self.contract_number.clone(),
            "obligation" => self.obligation(),
            "remedy_until" => self.lang.date(self.breach.remedy_due),
            "decided_on" => self.lang.date(self.on),
            // The equipment is asked back when the time to appeal has ended.
            "until" => self.until("APPEAL_TERM"),
            "office" => self.office(),
            "hotline" => self.programme.about().hotline.clone(),
            "programme" => self.programme.about().name.text(self.lang).to_owned(),
            "authority" => self.programme.about().authority.text(self.lang).to_owned(),
            _ => return None,
        })
    }

    fn issue(&self, app: &App) -> Issue {
        let lang = self.lang;
        Issue {
            language: match lang {
                Lang::Az => Language::Az,
                Lang::En => Language::En,
                Lang::Ru => Language::Ru,
            },
            programme: self.programme.about().name.text(lang).to_owned(),
            institution: self.programme.about().authority.text(lang).to_owned(),
            office: self.office(),
            number: self.contract_number.clone(),
            date: lang.date(self.on),
            issued_on: self.on,
            mark: app.demo().then(|| lang.t("training-certificate-specimen")),
        }
    }
}
