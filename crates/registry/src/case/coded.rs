//! How an enum of the programme's codes is declared: a stored number, a word, and nothing else to keep in step.

/// Declares an enum whose members have a number that is stored for ever and a word for messages and exports.
/// The text after its name begins the keys of its messages.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident $group:literal { $($(#[$item:meta])* $member:ident = $number:literal, $code:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        #[repr(i16)]
        pub enum $name { $($(#[$item])* #[serde(rename = $code)] $member = $number,)+ }

        impl $name {
            /// Every member, in the order of its declaration.
            pub const ALL: &[Self] = &[$(Self::$member,)+];

            /// The word in messages, parameters and exports.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$member => $code,)+ }
            }

            /// The name in words: `group-code`, with hyphens only.
            pub fn message(self) -> platform::message::Message {
                platform::message::Message::new(format!("{}-{}", $group, self.code().replace(['.', '_'], "-")))
            }

            /// The stored number, never reused.
            pub const fn number(self) -> i16 {
                self as i16
            }

            /// The member stored under a number.
            pub const fn from_number(number: i16) -> Option<Self> {
                match number { $($number => Some(Self::$member),)+ _ => None }
            }

            /// The member with this word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$member),)+ _ => None }
            }
        }
    };
}

pub(super) use coded;
