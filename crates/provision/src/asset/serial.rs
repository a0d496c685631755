//! The serial number of a piece, or the tag that the storekeeper put on it.

use platform::{form::Reader, message::Message};

/// The most signs of one.
const MOST: usize = 60;

/// Reads a serial number that may be empty: letters and digits of any script with signs between them.
pub(super) fn read(form: &mut Reader<'_>, name: &str) -> String {
    let serial = form.text_of(name, MOST);
    if !serial.is_empty() && !is_one(&serial) {
        form.wrong(name, Message::new("asset-error-serial"));
    }
    serial
}

fn is_one(serial: &str) -> bool {
    let between = |sign: char| sign.is_alphanumeric() || " -/._:#()".contains(sign);
    serial.starts_with(char::is_alphanumeric) && serial.chars().all(between)
}

#[cfg(test)]
mod tests {
    use super::is_one;

    #[test]
    fn a_serial_begins_with_a_letter_or_a_digit_and_holds_no_line() {
        for good in ["7", "SN-2024/0001", "JK 8700-7", "Ə12.3", "А-15", "4F:22(b)"] {
            assert!(is_one(good), "{good}");
        }
        for bad in ["-5", " 5", "\u{2212}5", "a\nb", "=1+1", "a=1", "5;6", "<b>"] {
            assert!(!is_one(bad), "{bad}");
        }
    }
}
