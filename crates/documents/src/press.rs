//! Lays a template out with its data and writes the pages as an archival PDF.

use crate::world::Desk;
use crate::{Fault, Issue, legible};
use serde::Serialize;
use std::sync::OnceLock;
use typst::comemo;
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// How many documents the layout cache outlives. Templates stay warm because every document uses them;
/// people's data leaves memory soon.
const CACHED_DOCUMENTS: usize = 4;

/// Prints `data` by `template`, for example `letter.typ`. The data must hold `issue` under that name.
pub(crate) fn print(template: &'static str, issue: &Issue, data: &impl Serialize) -> Result<Vec<u8>, Fault> {
    let bytes = lay_out(template, data).and_then(|pages| bind(template, issue, &pages));
    comemo::evict(CACHED_DOCUMENTS);
    bytes
}

fn lay_out(template: &'static str, data: &impl Serialize) -> Result<PagedDocument, Fault> {
    let pages = compose(template, data)?.output;
    pages.map_err(|errors| Fault::Layout { template, messages: messages(&errors) })
}

/// Typst's own answer, with its warnings, which only tests read: they tell of mistakes in a template.
pub(crate) fn compose(template: &'static str, data: &impl Serialize) -> Result<Warned<SourceResult<PagedDocument>>, Fault> {
    let fault = |source| Fault::Data { template, source };
    let mut value = serde_json::to_value(data).map_err(fault)?;
    legible::make(&mut value);
    let desk = Desk::new(template, serde_json::to_vec(&value).map_err(fault)?);
    Ok(typst::compile(&desk))
}

/// Writes the pages. The identifier makes two printings of one document recognisable as the same.
fn bind(template: &'static str, issue: &Issue, pages: &PagedDocument) -> Result<Vec<u8>, Fault> {
    let options = PdfOptions {
        ident: Smart::Custom(format!("{template}\n{}\n{}\n{}", issue.institution, issue.number, issue.issued_on)),
        creator: Smart::Custom(Some("Dayaq".into())),
        standards: standards().clone(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(pages, &options).map_err(|errors| Fault::Archive { template, messages: messages(&errors) })
}

/// PDF/A-2a for the archive, PDF/UA-1 for readers who listen instead of looking.
fn standards() -> &'static PdfStandards {
    static STANDARDS: OnceLock<PdfStandards> = OnceLock::new();
    STANDARDS.get_or_init(|| PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).expect("both standards build on PDF 1.7"))
}

fn messages(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; ")
}
