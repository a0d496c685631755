//! What the programme's letters say to a person, printed: the text from the programme, its places filled.

use anyhow::{Context, Result};
use axum::{http::header, response::IntoResponse};
use chrono::NaiveDate;
use documents::{Issue, Language, Letter, Reason, Signatory, Step};
use platform::{answer::Answer, language::Lang};
use registry::programme::{InForce, ParameterValue, Template, Term};
use serde::Deserialize;
use values::id::OfficeId;

/// In which language a letter is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    language: String,
}

impl Asked {
    /// The language, if one was asked for.
    pub fn lang(&self) -> Option<Lang> {
        Lang::from_code(&self.language)
    }
}

/// What one letter tells.
pub struct Told {
    /// The programme's letter.
    pub code: &'static str,
    pub lang: Lang,
    pub office: i32,
    pub number: String,
    pub on: NaiveDate,
    pub signer: String,
    /// The message key of the signer's post.
    pub post: &'static str,
    pub reasons: Vec<Reason>,
    /// Made by a demo.
    pub specimen: bool,
    /// What fills the letter's own places, beside those that every letter knows.
    pub places: Vec<(&'static str, String)>,
}

impl Told {
    /// The letter as a PDF.
    pub async fn print(self, programme: &InForce, name: String, address: Vec<String>) -> Answer {
        let file = format!("inline; filename=\"{}-{}.pdf\"", self.number.replace('/', "-"), self.lang.code());
        let letter = self.letter(programme, name, address)?;
        let pdf = tokio::task::spawn_blocking(move || documents::letter(&letter)).await.context("printing")?;
        let pdf = pdf.context("printing a letter")?;
        Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, file)], pdf).into_response())
    }

    fn letter(&self, programme: &InForce, name: String, address: Vec<String>) -> Result<Letter> {
        let text = programme.letter(self.code).with_context(|| format!("the programme has no letter {}", self.code))?;
        let fill = |template: &Template| template.fill(self.lang, |place| self.place(programme, &name, place));
        let steps = text.steps.iter().map(|step| {
            let until = step.within.as_ref().map(|within| self.until(programme, within.as_str())).unwrap_or_default();
            Ok(Step { text: fill(&step.text)?, until })
        });
        Ok(Letter {
            issue: self.issue(programme),
            subject: fill(&text.subject)?,
            salutation: fill(&text.salutation)?,
            paragraphs: text.paragraphs.iter().map(fill).collect::<Result<_, _>>()?,
            reasons: if text.with_reasons { self.reasons.clone() } else { Vec::new() },
            steps: steps.collect::<Result<_>>()?,
            closing: text.closing.text(self.lang).to_owned(),
            enclosures: Vec::new(),
            signature: Signatory { post: self.lang.t(self.post), name: self.signer.clone(), signed: None, seal: false },
            contact: format!("{}, {}", self.signer, programme.about().hotline),
            addressee: name.clone(),
            address: address.into_iter().filter(|line| !line.is_empty()).collect(),
        })
    }

    fn place(&self, programme: &InForce, name: &str, place: &str) -> Option<String> {
        let own = self.places.iter().find(|(known, _)| *known == place).map(|(_, value)| value.clone());
        own.or_else(|| {
            Some(match place {
                "name" => name.to_owned(),
                "office" => self.office(programme),
                "hotline" => programme.about().hotline.clone(),
                "programme" => programme.about().name.text(self.lang).to_owned(),
                "authority" => programme.about().authority.text(self.lang).to_owned(),
                _ => return None,
            })
        })
    }

    /// The last day of a time of the programme that counts from the letter.
    fn until(&self, programme: &InForce, parameter: &str) -> String {
        let version = programme.parameter_version(parameter, self.on);
        let term = version.and_then(|version| Term::from_parameter(version.value, version.unit));
        term.map(|term| self.lang.date(term.ends(self.on, programme.working_days()))).unwrap_or_default()
    }

    fn office(&self, programme: &InForce) -> String {
        let office = programme.office(OfficeId(self.office));
        office.map(|office| office.name.text(self.lang).to_owned()).unwrap_or_default()
    }

    fn issue(&self, programme: &InForce) -> Issue {
        Issue {
            language: match self.lang {
                Lang::Az => Language::Az,
                Lang::En => Language::En,
                Lang::Ru => Language::Ru,
            },
            programme: programme.about().name.text(self.lang).to_owned(),
            institution: programme.about().authority.text(self.lang).to_owned(),
            office: self.office(programme),
            number: self.number.clone(),
            date: self.lang.date(self.on),
            issued_on: self.on,
            mark: self.specimen.then(|| self.lang.t("training-certificate-specimen")),
        }
    }
}
