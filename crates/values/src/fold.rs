//! One search key for all spellings of a word: Azerbaijani Latin, its ASCII, ä and ǝ spellings, Russian and
//! Azerbaijani Cyrillic, and Cyrillic look-alikes inside Latin words.

/// The search key of a text: small ASCII letters and digits, words parted by one space.
///
/// `Şəki`, `Sheki`, `Шеки` and `Шәки` give `saki`; `Məmmədov`, `Mammadov`, `Mamedov` and `Мамедов` give `mamadov`.
/// Folding a key again gives the same key. Letters of other scripts than Latin and Cyrillic stay as small letters.
///
/// Lost on purpose, because some spelling loses it: a = e = ə · ı = i = y inside a word · o = ö · u = ü ·
/// g = ğ = q · h = x · s = ş · c = ç = j · double letters = single · y before a vowel, except at the start of a
/// word · apostrophes and accents. So a key finds candidates and never proves that two names are equal.
///
/// Not caught: Russian г or к for Azerbaijani h or q (Гасанов for Həsənov, Кулиев for Quliyev), Latin zh for j
/// (it is z + h in Məzhər), and old foreign names (Baku, Lenkoran).
pub fn fold(text: &str) -> String {
    let mut key = Key { out: String::with_capacity(text.len()), from_y: false };
    for word in text.split(|c| !belongs(c)) {
        if word.is_empty() {
            continue;
        }
        key.part_words();
        if word.is_ascii() {
            word.bytes().for_each(|b| key.latin(b.to_ascii_lowercase() as char));
        } else {
            fold_word(&mut key, word);
        }
    }
    key.finish()
}

/// The words of a text, each folded, in order.
pub fn tokens(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a character is part of a word: letters, digits, marks over letters and apostrophes inside names.
fn belongs(c: char) -> bool {
    c.is_alphanumeric() || is_silent(c)
}

/// Signs that are written inside words and dropped from keys: combining marks and apostrophes.
const fn is_silent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\'' | '`' | '´' | '‘' | '’' | 'ʻ' | 'ʼ' | '\u{ad}' | '\u{200b}'..='\u{200d}')
}

/// Folds a word in which something is not ASCII.
fn fold_word(key: &mut Key, word: &str) {
    let script = Script::of(word);
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        let c = match (c, rest.peek()) {
            // Decomposed й and ё are letters of their own, not и and е with an accent.
            ('и' | 'И', Some('\u{306}')) => 'й',
            ('е' | 'Е', Some('\u{308}')) => 'ё',
            _ => match script {
                Script::Pure => c,
                Script::Latin => latin_look(c),
                Script::Cyrillic => cyrillic_look(c),
            },
        };
        key.any(c);
    }
}

/// The script that a word is meant in. A word with both has letters that slipped in from the other keyboard.
#[derive(Clone, Copy)]
enum Script {
    Pure,
    Latin,
    Cyrillic,
}

impl Script {
    /// Decides by the letters that exist in one script only; those of equal look in both say nothing.
    fn of(word: &str) -> Self {
        let (mut latin, mut cyrillic, mut any_latin, mut any_cyrillic) = (0, 0, false, false);
        for c in word.chars() {
            if is_cyrillic(c) {
                any_cyrillic = true;
                let telling = latin_look(c) == c && !matches!(c, 'ә' | 'Ә' | 'һ' | 'Һ' | 'ө' | 'Ө');
                cyrillic += u32::from(telling);
            } else if is_latin(c) {
                any_latin = true;
                let telling = cyrillic_look(c) == c && !matches!(c, 'ə' | 'Ə' | 'ǝ' | 'Ǝ' | 'ö' | 'Ö' | 'h' | 'i');
                latin += u32::from(telling);
            }
        }
        match () {
            () if !(any_latin && any_cyrillic) || latin + cyrillic == 0 => Self::Pure,
            () if latin >= cyrillic => Self::Latin,
            () => Self::Cyrillic,
        }
    }
}

/// The Cyrillic letters that keys know: Russian, Azerbaijani and Ukrainian. Others pass as letters of a foreign script.
const fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё' | 'Є' | 'є' | 'І' | 'і' | 'Ї' | 'ї' | 'Ј' | 'ј' | 'Ґ' | 'ґ')
        || matches!(c, 'Ғ' | 'ғ' | 'Җ' | 'җ' | 'Ҝ' | 'ҝ' | 'Ү' | 'ү' | 'Һ' | 'һ' | 'Ҹ' | 'ҹ' | 'Ә' | 'ә' | 'Ө' | 'ө')
}

const fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='ɏ' | 'ə')
}

/// The Latin letter that a Cyrillic one looks like; else the letter itself.
const fn latin_look(c: char) -> char {
    match c {
        'а' | 'А' => 'a',
        'В' => 'b',
        'с' | 'С' => 'c',
        'е' | 'Е' => 'e',
        'Н' => 'h',
        'і' | 'І' => 'i',
        'ј' | 'Ј' => 'j',
        'к' | 'К' => 'k',
        'М' => 'm',
        'о' | 'О' => 'o',
        'р' | 'Р' => 'p',
        'Т' => 't',
        'х' | 'Х' => 'x',
        'у' | 'У' => 'y',
        c => c,
    }
}

/// The Cyrillic letter that a Latin one looks like; else the letter itself.
const fn cyrillic_look(c: char) -> char {
    match c {
        'a' | 'A' => 'а',
        'B' => 'в',
        'c' | 'C' => 'с',
        'e' | 'E' => 'е',
        'H' => 'н',
        'j' | 'J' => 'ј',
        'k' | 'K' => 'к',
        'M' => 'м',
        'o' | 'O' => 'о',
        'p' | 'P' => 'р',
        'T' => 'т',
        'x' | 'X' => 'х',
        'y' => 'у',
        'Y' => 'ү',
        c => c,
    }
}

/// A key in the making. Letters are pushed one by one, and every rule of context looks only at the letters kept so
/// far: so no rule can fire on a finished key, and folding twice changes nothing.
struct Key {
    out: String,
    /// The last letter is an i that was written y: a vowel after it shows that it was a consonant.
    from_y: bool,
}

impl Key {
    /// Pushes a letter of any script.
    fn any(&mut self, c: char) {
        match c {
            'a'..='z' | '0'..='9' => self.latin(c),
            'A'..='Z' => self.latin(c.to_ascii_lowercase()),
            _ if is_silent(c) => {}
            'ə' | 'Ə' | 'ǝ' | 'Ǝ' | 'à'..='æ' | 'À'..='Æ' | 'è'..='ë' | 'È'..='Ë' | 'ā' | 'Ā' => self.push('a'),
            'ı' | 'İ' | 'ì'..='ï' | 'Ì'..='Ï' => self.push('i'),
            'ö' | 'Ö' | 'ò'..='õ' | 'Ò'..='Õ' | 'ø' | 'Ø' => self.push('o'),
            'ü' | 'Ü' | 'ù'..='û' | 'Ù'..='Û' | 'ű' | 'Ű' => self.push('u'),
            'ğ' | 'Ğ' | 'ǧ' | 'Ǧ' => self.push('g'),
            'ş' | 'Ş' | 'ș' | 'Ș' | 'š' | 'Š' | 'ß' | 'ẞ' => self.push('s'),
            'ç' | 'Ç' | 'č' | 'Č' => self.push('j'),
            'ž' | 'Ž' => self.push('j'),
            'ñ' | 'Ñ' => self.push('n'),
            'ý' | 'Ý' | 'ÿ' | 'Ÿ' => self.y(),
            _ if is_cyrillic(c) => self.cyrillic(c),
            _ => self.foreign(c),
        }
    }

    /// Pushes a small ASCII letter or a digit.
    fn latin(&mut self, c: char) {
        match c {
            'e' => self.e(),
            'c' => self.push('j'),
            'h' | 'x' => self.h(),
            'q' => self.push('g'),
            'w' => self.push('v'),
            'y' => self.y(),
            c if is_silent(c) => {}
            c => self.push(c),
        }
    }

    /// Pushes a Cyrillic letter: the Russian alphabet and the letters that Azerbaijani added to it.
    fn cyrillic(&mut self, c: char) {
        match c {
            'а' | 'А' | 'э' | 'Э' | 'ә' | 'Ә' => self.push('a'),
            'е' | 'Е' | 'є' | 'Є' => self.e(),
            'б' | 'Б' => self.push('b'),
            'в' | 'В' => self.push('v'),
            'г' | 'Г' | 'ғ' | 'Ғ' | 'ҝ' | 'Ҝ' | 'ґ' | 'Ґ' => self.push('g'),
            'д' | 'Д' => self.push('d'),
            'ж' | 'Ж' | 'ҹ' | 'Ҹ' | 'ч' | 'Ч' | 'җ' | 'Җ' => self.push('j'),
            'з' | 'З' => self.push('z'),
            'и' | 'И' | 'ы' | 'Ы' | 'і' | 'І' | 'ї' | 'Ї' => self.push('i'),
            'й' | 'Й' | 'ј' | 'Ј' => self.y(),
            'к' | 'К' => self.push('k'),
            'л' | 'Л' => self.push('l'),
            'м' | 'М' => self.push('m'),
            'н' | 'Н' => self.push('n'),
            'о' | 'О' | 'ө' | 'Ө' => self.push('o'),
            'п' | 'П' => self.push('p'),
            'р' | 'Р' => self.push('r'),
            'с' | 'С' | 'ш' | 'Ш' | 'щ' | 'Щ' => self.push('s'),
            'т' | 'Т' => self.push('t'),
            'у' | 'У' | 'ү' | 'Ү' => self.push('u'),
            'ф' | 'Ф' => self.push('f'),
            'х' | 'Х' | 'һ' | 'Һ' => self.h(),
            'ц' | 'Ц' => {
                self.push('t');
                self.push('s');
            }
            'ю' | 'Ю' => self.iotated('u'),
            'я' | 'Я' => self.iotated('a'),
            'ё' | 'Ё' => self.iotated('o'),
            'ъ' | 'Ъ' | 'ь' | 'Ь' => {}
            c => self.foreign(c),
        }
    }

    /// Pushes a letter of another script, or another cased form of a known one.
    fn foreign(&mut self, c: char) {
        let mut small = c.to_lowercase();
        match (small.next(), small.next()) {
            (Some(s), None) if s != c => self.any(s),
            _ => {
                self.out.push(c);
                self.from_y = false;
            }
        }
    }

    /// e, which after y at the start of a word swallows it: Yevlax = Евлах.
    fn e(&mut self) {
        if self.last() == Some(b'y') {
            self.out.pop();
        }
        self.push('a');
    }

    /// h, which ends the digraphs sh, ch, gh, kh and dzh. x is h too, so that no key holds a digraph.
    fn h(&mut self) {
        match self.last() {
            Some(b's' | b'j' | b'g') => {}
            Some(b'k') => {
                self.out.pop();
                self.h();
            }
            Some(b'z') if self.out.ends_with("dz") => {
                self.out.truncate(self.out.len() - 2);
                self.push('j');
            }
            _ => self.push('h'),
        }
    }

    /// y: itself at the start of a word, else taken for i until a vowel follows.
    fn y(&mut self) {
        match self.last() {
            None => self.push('y'),
            // A second y after one that follows a consonant: the first was the vowel ı (Hajyyev = Hacıyev).
            Some(b'i') if self.from_y && !self.y_follows_vowel() => self.from_y = false,
            Some(b'i') => {}
            Some(_) => {
                self.push('i');
                self.from_y = true;
            }
        }
    }

    /// Whether the letter before the last one is a vowel.
    fn y_follows_vowel(&self) -> bool {
        matches!(self.out.as_bytes(), [.., b'a' | b'o' | b'u', _])
    }

    /// я, ю, ё: a bare vowel after a consonant, y and the vowel elsewhere.
    fn iotated(&mut self, vowel: char) {
        if self.last().is_none() {
            self.push('y');
        }
        self.push(vowel);
    }

    /// Pushes one letter of the key's own alphabet, or a digit.
    fn push(&mut self, c: char) {
        if self.from_y && matches!(c, 'a' | 'i' | 'o' | 'u') {
            self.out.pop();
        }
        self.from_y = false;
        match (self.last(), c) {
            (Some(b'd'), 'j') => {
                self.out.pop();
                self.push('j');
            }
            (Some(last), c) if last as char == c => {}
            (_, c) => self.out.push(c),
        }
    }

    /// The last letter of the word so far; none at the start of a word and after a digit or a foreign letter.
    fn last(&self) -> Option<u8> {
        self.out.as_bytes().last().copied().filter(u8::is_ascii_lowercase)
    }

    fn part_words(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
        self.from_y = false;
    }

    fn finish(mut self) -> String {
        if self.out.ends_with(' ') {
            self.out.pop();
        }
        self.out
    }
}
