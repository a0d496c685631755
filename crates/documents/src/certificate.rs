//! The certificate that a person receives at the end of the course.

use crate::{Fault, Issue, Signatory, press, qr};
use serde::{Deserialize, Serialize};

/// A certificate of training. The course's name is the programme's own: materials that the ILO has not endorsed may
/// not carry its course's name or logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    pub issue: Issue,
    /// Given name, father's name and surname.
    pub holder: String,
    pub course: String,
    /// Attended training hours.
    pub hours: u16,
    /// From when to when, for example `3–14 iyun 2024-cü il`.
    pub dates: String,
    /// Where the course was held.
    pub place: String,
    /// The code that anyone may enter on the verification page.
    pub code: String,
    /// The address of the page that verifies this very certificate; printed, linked and drawn as a QR code.
    pub address: String,
    /// Who signs, at most three.
    pub signatures: Vec<Signatory>,
}

/// Prints a certificate on one landscape A4 page.
///
/// # Errors
/// `Fault::Address` if the address does not begin with `https://` or `http://`, or does not fit into a QR code.
pub fn certificate(data: &Certificate) -> Result<Vec<u8>, Fault> {
    press::print(TEMPLATE, &data.issue, &drawn(data)?)
}

pub(crate) const TEMPLATE: &str = "certificate.typ";

/// The certificate together with its drawing.
#[derive(Serialize)]
pub(crate) struct Drawn<'a> {
    #[serde(flatten)]
    certificate: &'a Certificate,
    qr: String,
}

pub(crate) fn drawn(certificate: &Certificate) -> Result<Drawn<'_>, Fault> {
    Ok(Drawn { certificate, qr: qr::svg(&certificate.address)? })
}
