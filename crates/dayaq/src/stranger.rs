//! Made-up people to register, each like nobody else, so that the registration desk looks at them and lets them in.

use platform::keys::sha256;

/// Somebody to register, by number.
pub struct Stranger {
    pub surname: String,
    pub given_name: String,
    pub patronymic: String,
    pub birth_date: String,
}

const SYLLABLES: [&str; 16] =
    ["ba", "ce", "dil", "fər", "gül", "ha", "kam", "lei", "mür", "na", "pər", "ra", "sev", "tu", "vü", "zal"];

impl Stranger {
    /// The same number is the same person.
    pub fn of(number: usize) -> Self {
        let name = |which: &str| {
            let drawn = sha256(format!("{number}/{which}").as_bytes());
            drawn[..6].iter().map(|byte| SYLLABLES[usize::from(byte & 15)]).collect::<String>()
        };
        let (year, month, day) = (1960 + number % 40, 1 + number / 40 % 12, 1 + number / 480 % 28);
        Self {
            surname: name("surname") + "ova",
            given_name: name("given name"),
            patronymic: name("patronymic"),
            birth_date: format!("{year}-{month:02}-{day:02}"),
        }
    }

    /// The fields of the form of registration.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        vec![
            ("surname", &self.surname),
            ("given_name", &self.given_name),
            ("patronymic", &self.patronymic),
            ("sex", "F"),
            ("birth_date", &self.birth_date),
            ("residence", "SAK"),
            ("education", "SECONDARY"),
            ("basis", "unemployed"),
            ("unemployed_since", "2020-06-01"),
            ("consent", "yes"),
        ]
    }
}
