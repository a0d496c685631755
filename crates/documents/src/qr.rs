//! QR codes as drawings.

use crate::Fault;
use fast_qr::{ECL, QRBuilder, QRCode};
use std::fmt::Write;

/// White modules around the code, as the standard asks (ISO/IEC 18004, 4 on every side).
const MARGIN: usize = 4;

/// An SVG of the code that leads to `address`, one unit a module.
///
/// # Errors
/// `Fault::Address` if the address is not one of the web or is longer than a QR code can hold.
pub(crate) fn svg(address: &str) -> Result<String, Fault> {
    let fault = || Fault::Address(address.into());
    if !address.starts_with("https://") && !address.starts_with("http://") {
        return Err(fault());
    }
    // A quarter of the code may be lost: certificates are folded, laminated and photographed.
    let code = QRBuilder::new(address).ecl(ECL::Q).build().map_err(|_| fault())?;
    let side = code.size + 2 * MARGIN;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}"><path fill="#000000" d="{}"/></svg>"##,
        path(&code)
    ))
}

/// The dark modules as rectangles, one for every horizontal run, so that no hairline shows between neighbours.
fn path(code: &QRCode) -> String {
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|&column| code[y][column].value()).count();
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN);
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
#[path = "qr_tests.rs"]
mod tests;
