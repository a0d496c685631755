//! `GET /cases/{case}/eligibility/letter`: the letter about the latest decision, printed from what was kept with it.

use super::{
    store::{self, Decision},
    types::Outcome,
    words,
};
use ::rules::Verdict;
use anyhow::Result;
use axum::{
    extract::{Path, Query, State},
    http::header,
    response::IntoResponse,
};
use documents::{Issue, Language, Letter, Reason, Signatory, Step};
use platform::{
    answer::{Answer, Fault},
    app::App,
    language::Lang,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, CaseFile},
    people::store::Person,
    programme::{self, Programme},
};
use serde::Deserialize;
use values::id::{CaseId, OfficeId};

/// The file.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/eligibility/letter")
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The language of the letter; Azerbaijani where none is asked for, since that is the one that binds.
    #[serde(default)]
    language: Option<String>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<CaseId>, Query(asked): Query<Asked>) -> Answer {
    let lang = asked.language.as_deref().and_then(Lang::from_code).unwrap_or(Lang::Az);
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let file = case::store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let decision = store::latest(&mut tx, file.person(), id).await?.ok_or(Fault::NotFound)?;
    let person = case::store::person_of(&mut tx, &file).await?;
    let letter = letter(&mut tx, &programme, lang, &file, &decision, &person).await?;
    let name = format!("inline; filename=\"{}-{}.pdf\"", file.receipt.replace('/', "-"), lang.code());
    let pdf = documents::letter(&letter)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}

async fn letter(
    tx: &mut Tx,
    programme: &Programme,
    lang: Lang,
    file: &CaseFile,
    decision: &Decision,
    person: &Person,
) -> Result<Letter> {
    let outcome = decision.outcome()?;
    let key = |part: &str| format!("eligibility-letter-{}-{part}", outcome.code());
    let direction = programme.direction(&file.direction).map_or(file.direction.as_str(), |d| d.name.text(lang));
    let args =
        [("receipt", file.receipt.as_str().into()), ("direction", direction.into()), ("date", lang.date(file.opened_on).into())];
    let name = person.full_name();
    Ok(Letter {
        issue: issue(programme, lang, file, decision),
        addressee: name.clone(),
        address: vec![person.address.clone()],
        subject: lang.t(&key("subject")),
        salutation: lang.with("eligibility-letter-dear", &[("name", name.into())]),
        paragraphs: vec![lang.with(&key("text"), &args)],
        reasons: reasons(tx, lang, decision, outcome).await?,
        steps: steps(programme, lang, decision, outcome),
        closing: lang.t("eligibility-letter-closing"),
        enclosures: Vec::new(),
        signature: Signatory {
            post: lang.t("role-officer"),
            name: decision.officer_name.clone(),
            signed: Some(lang.moment(decision.decided_at)),
            seal: false,
        },
        contact: format!("{}, {}", decision.officer_name, programme.about().hotline),
    })
}

fn issue(programme: &Programme, lang: Lang, file: &CaseFile, decision: &Decision) -> Issue {
    let office = programme.office(OfficeId(file.office));
    Issue {
        language: match lang {
            Lang::Az => Language::Az,
            Lang::En => Language::En,
            Lang::Ru => Language::Ru,
        },
        programme: programme.about().name.text(lang).to_owned(),
        institution: programme.about().authority.text(lang).to_owned(),
        office: office.map(|office| office.name.text(lang).to_owned()).unwrap_or_default(),
        number: file.receipt.clone(),
        date: lang.date(decision.decided_on),
        issued_on: decision.decided_on,
        mark: None,
    }
}

/// Why: each rule that failed, in the words and with the article of its day.
async fn reasons(tx: &mut Tx, lang: Lang, decision: &Decision, outcome: Outcome) -> Result<Vec<Reason>> {
    if outcome == Outcome::Confirmed {
        return Ok(Vec::new());
    }
    let rules = store::rules_of(tx, decision.rules_version).await?;
    let failed = |code: &str| super::ruleset::verdict_in(&decision.verdicts, code) == Some(Verdict::Fail);
    let reason = |rule: &super::ruleset::FrozenRule| Reason {
        text: format!("{} {}", rule.failed.in_lang(lang), rule.next.in_lang(lang)),
        article: words::article_words(lang, &rule.article),
    };
    Ok(rules.rules.iter().filter(|rule| failed(&rule.code)).map(reason).collect())
}

fn steps(programme: &Programme, lang: Lang, decision: &Decision, outcome: Outcome) -> Vec<Step> {
    let hotline = [("hotline", programme.about().hotline.as_str().into())];
    match outcome {
        Outcome::Confirmed => vec![Step { text: lang.t("eligibility-letter-step-wait"), until: String::new() }],
        Outcome::Refused => vec![
            Step {
                text: lang.t("eligibility-letter-step-appeal"),
                until: decision.appeal_until.map(|until| lang.date(until)).unwrap_or_default(),
            },
            Step { text: lang.with("eligibility-letter-step-ask", &hotline), until: String::new() },
            Step { text: lang.t("eligibility-letter-step-again"), until: String::new() },
        ],
    }
}
