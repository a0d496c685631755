//! Sums of money in Azerbaijani words, as contracts carry them beside the figures.

use values::Money;

const ONES: [&str; 10] = ["", "bir", "iki", "üç", "dörd", "beş", "altı", "yeddi", "səkkiz", "doqquz"];
const TENS: [&str; 10] = ["", "on", "iyirmi", "otuz", "qırx", "əlli", "altmış", "yetmiş", "səksən", "doxsan"];
const SCALES: [&str; 4] = ["", "min", "milyon", "milyard"];

/// A sum in words: `beş min dörd yüz manat 50 qəpik`. Amounts below zero and from a thousand milliards on have no words.
pub fn spelled(sum: Money) -> Option<String> {
    let qepik = u64::try_from(sum.qepik()).ok()?;
    let manat = cardinal(qepik / 100)?;
    Some(match qepik % 100 {
        0 => format!("{manat} manat"),
        rest => format!("{manat} manat {rest:02} qəpik"),
    })
}

/// A whole number in words.
fn cardinal(number: u64) -> Option<String> {
    if number == 0 {
        return Some("sıfır".to_owned());
    }
    let mut parts = Vec::new();
    let mut rest = number;
    for scale in SCALES {
        let group = rest % 1000;
        rest /= 1000;
        match (group, scale) {
            (0, _) => {}
            // A thousand is *min*, never *bir min*.
            (1, "min") => parts.push("min".to_owned()),
            (_, "") => parts.push(below_thousand(group)),
            _ => parts.push(format!("{} {scale}", below_thousand(group))),
        }
    }
    parts.reverse();
    (rest == 0).then(|| parts.join(" "))
}

fn below_thousand(number: u64) -> String {
    let digit = |place: u64| (number / place % 10) as usize;
    let hundred = match digit(100) {
        0 => String::new(),
        1 => "yüz".to_owned(),
        many => format!("{} yüz", ONES[many]),
    };
    let words = [hundred.as_str(), TENS[digit(10)], ONES[digit(1)]];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
