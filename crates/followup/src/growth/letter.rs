//! `GET /awards/{award}/decision.pdf`: the person is told what was decided, and of a refusal every reason.

use super::{
    rules,
    state::State as Stage,
    store::{self, Award},
};
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
};
use registry::{
    people::store::Person,
    programme::{self, InForce, ParameterValue, Term},
};
use serde::Deserialize;
use values::{
    Money,
    id::{AwardId, OfficeId, OfficerId},
};

/// The programme's letters.
const DECISION: &str = "AWARD_DECISION";
const REFUSED: &str = "AWARD_REFUSED";

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The language of the letter; Azerbaijani where none is asked for.
    #[serde(default)]
    language: Option<String>,
}

/// Whether there is something to tell.
pub(super) fn is_decided(award: &Award) -> bool {
    award.decided_on.is_some() && award.state() != Stage::Withdrawn
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<AwardId>, Query(asked): Query<Asked>) -> Answer {
    let lang = asked.language.as_deref().and_then(Lang::from_code).unwrap_or(Lang::Az);
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let award = store::find(&mut tx, id).await?.filter(is_decided).ok_or(Fault::NotFound)?;
    let person = store::beneficiary(&mut tx, &award).await?.ok_or(Fault::NotFound)?;
    let signer = officer_name(&mut tx, OfficerId(award.checked_by.unwrap_or(award.lodged_by))).await?;
    drop(tx);
    let on = award.decided_on.unwrap_or(page.today);
    let told = Told { programme: &programme, award: &award, person, signer, on, lang };
    let letter = told.letter(&app)?;
    let name = format!("inline; filename=\"{}-{}.pdf\"", award.number.replace('/', "-"), lang.code());
    let pdf = tokio::task::spawn_blocking(move || documents::letter(&letter)).await.context("printing")?;
    let pdf = pdf.context("printing a letter about an award")?;
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}

/// What a letter rests on.
struct Told<'a> {
    programme: &'a InForce,
    award: &'a Award,
    person: Person,
    signer: String,
    on: NaiveDate,
    lang: Lang,
}

impl Told<'_> {
    fn letter(&self, app: &App) -> Result<Letter> {
        let code = if self.award.state() == Stage::Refused { REFUSED } else { DECISION };
        let text = self.programme.letter(code).with_context(|| format!("the programme has no letter {code}"))?;
        let fill = |template: &programme::Template| template.fill(self.lang, |place| self.place(place));
        let steps = text.steps.iter().map(|step| {
            let until = step.within.as_ref().map(|within| self.until(within.as_str())).unwrap_or_default();
            Ok(Step { text: fill(&step.text)?, until })
        });
        Ok(Letter {
            issue: self.issue(app),
            addressee: self.person.full_name(),
            address: vec![self.person.address.clone()],
            subject: fill(&text.subject)?,
            salutation: fill(&text.salutation)?,
            paragraphs: text.paragraphs.iter().map(fill).collect::<Result<_, _>>()?,
            reasons: if text.with_reasons { self.reasons()? } else { Vec::new() },
            steps: steps.collect::<Result<_>>()?,
            closing: text.closing.text(self.lang).to_owned(),
            enclosures: Vec::new(),
            signature: Signatory { post: self.lang.t("role-officer"), name: self.signer.clone(), signed: None, seal: false },
            contact: format!("{}, {}", self.signer, self.programme.about().hotline),
        })
    }

    /// Of a refusal: the conditions that were not met, or what the commission said.
    fn reasons(&self) -> Result<Vec<Reason>> {
        if self.award.state() != Stage::Refused {
            return Ok(Vec::new());
        }
        if let Some(reason) = &self.award.reason {
            return Ok(vec![Reason { text: reason.clone(), article: self.lang.t("growth-letter-commission") }]);
        }
        let findings = rules::judge(&self.award.facts()?);
        let article = self.lang.t("growth-letter-conditions");
        let reason = |finding: &rules::Finding| Reason { text: finding.message.text(self.lang), article: article.clone() };
        Ok(rules::failed(&findings).into_iter().map(reason).collect())
    }

    /// The last day of a time of the programme that counts from the letter.
    fn until(&self, parameter: &str) -> String {
        let version = self.programme.parameter_version(parameter, self.on);
        let term = version.and_then(|version| Term::from_parameter(version.value, version.unit));
        term.map(|term| self.lang.date(term.ends(self.on, self.programme.working_days()))).unwrap_or_default()
    }

    fn office(&self) -> String {
        let office = self.programme.office(OfficeId(self.award.office));
        office.map(|office| office.name.text(self.lang).to_owned()).unwrap_or_default()
    }

    fn place(&self, place: &str) -> Option<String> {
        Some(match place {
            "name" => self.person.full_name(),
            "receipt_number" => self.award.number.clone(),
            "decision" => self.lang.t("growth-letter-granted"),
            "award" => self.lang.money(Money::from_qepik(self.award.granted)),
            "decided_on" | "date" => self.lang.date(self.on),
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
            number: self.award.number.clone(),
            date: lang.date(self.on),
            issued_on: self.on,
            mark: app.demo().then(|| lang.t("training-certificate-specimen")),
        }
    }
}
