//! The three languages: messages from the catalogue, dates, numbers and money by the rules of CLDR.

use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use icu::{
    datetime::{DateTimeFormatter, fieldsets::YMD, input::Date},
    decimal::{DecimalFormatter, input::Decimal},
    locale::{Locale, locale},
};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;
use values::money::Money;

/// A language of the programme. Azerbaijani is the default.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Az,
    En,
    Ru,
}

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Lang; 3] = [Lang::Az, Lang::En, Lang::Ru];

    /// The BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Az => "az",
            Lang::En => "en",
            Lang::Ru => "ru",
        }
    }

    /// The language of a code.
    pub fn from_code(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The message under a key.
    pub fn t(self, key: &str) -> String {
        self.message(key, None)
    }

    /// The message under a key with arguments. Format numbers and dates first; plain integers choose the plural form.
    pub fn with(self, key: &str, args: &[(&str, Arg)]) -> String {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            fluent.set(*name, value.to_fluent(self));
        }
        self.message(key, Some(&fluent))
    }

    /// Whether the catalogue has a key in this very language.
    pub fn has(self, key: &str) -> bool {
        CATALOGUE.get().is_some_and(|catalogue| catalogue.bundle(self).has_message(key))
    }

    /// One of three texts, as the programme's own data carries them.
    pub fn pick<'a>(self, az: &'a str, en: &'a str, ru: &'a str) -> &'a str {
        match self {
            Lang::Az => az,
            Lang::En => en,
            Lang::Ru => ru,
        }
    }

    /// A text with a capital at its start.
    pub fn sentence(self, text: &str) -> String {
        values::text::sentence(text, self.code())
    }

    /// A date in words: 22 noyabr 2026.
    pub fn date(self, date: NaiveDate) -> String {
        let (Ok(month), Ok(day)) = (u8::try_from(date.month()), u8::try_from(date.day())) else {
            return date.to_string();
        };
        match (Date::try_new_iso(date.year(), month, day), formats(self)) {
            (Ok(iso), Some(formats)) => formats.date.format(&iso).to_string().replace(" г.", ""),
            _ => date.to_string(),
        }
    }

    /// A date and a time in Baku.
    pub fn moment(self, moment: DateTime<Utc>) -> String {
        let local = crate::clock::local(moment);
        format!("{}, {:02}:{:02}", self.date(local.date()), local.hour(), local.minute())
    }

    /// A whole number with its grouping.
    pub fn number(self, number: i64) -> String {
        match formats(self) {
            Some(formats) => formats.decimal.format_to_string(&Decimal::from(number)),
            None => number.to_string(),
        }
    }

    /// A number with so many digits after the point.
    pub fn decimal(self, number: f64, digits: i16) -> String {
        let scaled = (number * 10f64.powi(i32::from(digits))).round();
        let mut decimal = Decimal::from(scaled as i64);
        decimal.multiply_pow10(-digits);
        match formats(self) {
            Some(formats) => formats.decimal.format_to_string(&decimal),
            None => number.to_string(),
        }
    }

    /// A sum of money: 1.234,50 ₼.
    pub fn money(self, money: Money) -> String {
        let mut decimal = Decimal::from(money.qepik());
        decimal.multiply_pow10(-2);
        match formats(self) {
            Some(formats) => format!("{}\u{a0}₼", formats.decimal.format_to_string(&decimal)),
            None => format!("{money} ₼"),
        }
    }

    fn message(self, key: &str, args: Option<&FluentArgs>) -> String {
        let Some(catalogue) = CATALOGUE.get() else { return key.to_owned() };
        let bundle = catalogue.bundle(self);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, lang = self.code(), "no such message");
            return key.to_owned();
        };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut faults);
        if !faults.is_empty() {
            tracing::error!(key, lang = self.code(), ?faults, "a message lacks an argument");
        }
        text.into_owned()
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// An argument of a message: text, a number that chooses the plural form, a date, a sum of money, or another message.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum Arg {
    Text(String),
    Number(i64),
    Date(NaiveDate),
    Money(Money),
    Message(Box<crate::message::Message>),
}

impl Arg {
    fn to_fluent(&self, lang: Lang) -> FluentValue<'_> {
        match self {
            Arg::Text(text) => FluentValue::from(text.as_str()),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Date(date) => FluentValue::from(lang.date(*date)),
            Arg::Money(money) => FluentValue::from(lang.money(*money)),
            Arg::Message(message) => FluentValue::from(message.text(lang)),
        }
    }
}

impl From<NaiveDate> for Arg {
    fn from(date: NaiveDate) -> Self {
        Arg::Date(date)
    }
}

impl From<Money> for Arg {
    fn from(money: Money) -> Self {
        Arg::Money(money)
    }
}

impl From<crate::message::Message> for Arg {
    fn from(message: crate::message::Message) -> Self {
        Arg::Message(Box::new(message))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

macro_rules! number_args {
    ($($int:ty),+) => {$(
        impl From<$int> for Arg {
            fn from(number: $int) -> Self {
                Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )+};
}
number_args!(i16, u16, i32, u32, i64, u64, usize);

static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();

struct Catalogue {
    bundles: [FluentBundle<FluentResource>; 3],
}

impl Catalogue {
    fn bundle(&self, lang: Lang) -> &FluentBundle<FluentResource> {
        &self.bundles[lang as usize]
    }
}

/// Installs the catalogue, once in a program's life: pairs of language code and the text of a message file.
/// A second call with the same files does nothing.
pub fn install<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<()> {
    let mut bundles = [Lang::Az, Lang::En, Lang::Ru].map(|lang| {
        let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        bundle
    });
    for (code, text) in files {
        let lang = Lang::from_code(code).with_context(|| format!("messages in an unknown language {code}"))?;
        let resource =
            FluentResource::try_new(text.to_owned()).map_err(|(_, faults)| anyhow!("messages in {code}: {faults:?}"))?;
        bundles[lang as usize].add_resource(resource).map_err(|faults| anyhow!("messages in {code}: {faults:?}"))?;
    }
    let _ = CATALOGUE.set(Catalogue { bundles });
    Ok(())
}

struct Formats {
    date: DateTimeFormatter<YMD>,
    decimal: DecimalFormatter,
}

fn formats(lang: Lang) -> Option<&'static Formats> {
    static FORMATS: [OnceLock<Option<Formats>>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    FORMATS[lang as usize]
        .get_or_init(|| {
            let locale: Locale = match lang {
                Lang::Az => locale!("az"),
                Lang::En => locale!("en-GB"),
                Lang::Ru => locale!("ru"),
            };
            Some(Formats {
                date: DateTimeFormatter::try_new(locale.clone().into(), YMD::long()).ok()?,
                decimal: DecimalFormatter::try_new(locale.into(), Default::default()).ok()?,
            })
        })
        .as_ref()
}
