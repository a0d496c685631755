//! Values of the field: what a FİN, a VÖEN, a phone, a sum of money, a working day and an Azerbaijani name are.
//! Pure: no SQL, no HTTP, no clock.
//!
//! Every type is made by parsing what a person typed; a refusal says what is wrong with it and carries a
//! message key. What identifies a person never prints itself in full through `Debug`.
//!
//! ```
//! use values::{Fin, Money, Phone, Sex, Surname, WorkingDays, split_given, text};
//! use chrono::NaiveDate;
//!
//! // A clerk's entry for one applicant, as typed.
//! let fin: Fin = "5x1 b8r0".parse()?;
//! assert_eq!(fin.to_string(), "5X1B8R0");
//! assert_eq!(fin.masked(), "•••••R0");
//! let phone: Phone = "050 123 45 67".parse()?;
//! assert_eq!(phone.to_string(), "+994501234567");
//! let own_share: Money = "1.234,50".parse()?;
//! assert_eq!(own_share.qepik(), 123_450);
//!
//! // The same name in three spellings, and one family under three endings.
//! assert_eq!(text::fold("Şəki"), text::fold("Шеки"));
//! assert_eq!(text::fold("Məmmədov"), text::fold("Mamedov"));
//! assert_eq!(Surname::parse("Məmmədova").stem, Surname::parse("Məmmədzadə").stem);
//! let (given, patronymic) = split_given("Aygün Elçin qızı");
//! assert_eq!(given, "Aygün");
//! assert_eq!(patronymic.and_then(|p| p.child), Some(Sex::Female));
//!
//! // A decision is due five working days later; Novruz does not count.
//! let day = |d| NaiveDate::from_ymd_opt(2025, 3, d).unwrap();
//! let calendar = WorkingDays::new((20..=26).map(day), []);
//! assert_eq!(calendar.add(day(18), 2), day(27));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod day;
pub mod fin;
pub mod id;
pub mod money;
pub mod name;
pub mod pension;
pub mod phone;
pub mod refusal;
pub mod sex;
pub mod text;
pub mod voen;

mod fold;

#[cfg(test)]
mod day_tests;
#[cfg(test)]
mod fin_tests;
#[cfg(test)]
mod fold_tests;
#[cfg(test)]
mod money_tests;
#[cfg(test)]
mod name_tests;
#[cfg(test)]
mod pension_tests;
#[cfg(test)]
mod phone_tests;
#[cfg(test)]
mod refusal_tests;
#[cfg(test)]
mod text_tests;
#[cfg(test)]
mod voen_tests;

pub use day::{Age, WorkingDays, add_months, exchanged_for};
pub use fin::{Fin, FinRefusal};
pub use money::{Money, MoneyRefusal, Rounding};
pub use name::{Ending, Patronymic, Surname, split_given};
pub use pension::{PensionAge, PensionAges};
pub use phone::{Phone, PhoneRefusal};
pub use refusal::Refusal;
pub use sex::{Sex, SexRefusal};
pub use voen::{Holder, Voen, VoenRefusal};
