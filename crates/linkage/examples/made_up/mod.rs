//! Made-up people, each told by a number alone, and how a clerk writes one of them down a second time.

use linkage::Row;

const MEN: &str = "Əli Məmməd Elçin Rəşad Vüqar Elnur Orxan Tural Ramil Nicat Samir Anar Emin Fərid Kamran Rüfət İlqar Cavid \
                   Ruslan Elvin Murad Ceyhun Zaur Natiq Mübariz Azər Fuad Xəyal Şahin Həsən Hüseyn İsmayıl Yusif İbrahim Əhməd \
                   Mahir Namiq Tahir Arif Rasim Qəzənfər Rövşən Şamil Tofiq Yaşar Çingiz Eldar İlham Lətif Oqtay Səbuhi Ülvi";
const WOMEN: &str = "Aygün Günel Leyla Nigar Sevinc Aynur Lalə Şəbnəm Nərmin Ülviyyə Könül Gülnar Günay Aysel Fidan Səbinə \
                     Xatirə Pərvanə Məlahət Sədaqət Zəhra Fatimə Nuray Türkan Aytən Esmira Rəna Təranə Vəfa Xəyalə İradə Nailə \
                     Gülşən Çinarə Afət Arzu Bahar Cəmilə Dilarə Elnarə Gülər Həcər Jalə Lamiyə Qönçə Validə Yeganə Zülfiyyə";
const BEGINS: &str = "Məm Əl Həs Hüs Qul Rəh Kər İsm İbr Əhm Abb Cəf Sül Hac Vəl Abd Mir Əsg Nağ Rız Səf Bay Nov Qas Bab Ağ Nəb \
                      Şir Mus Yus Nəs Tağ Hey Rüs Kaz Cab Şük Meh Qur Zey Sad Rəs Nəc Şah Xəl Cav Lət Əz Hüm Eyv Fər Sul Asl";
const ENDS: &str = "məd i ən eyn u im əyıl ahim as ər eyman uf ulla zə at an ram uz ım a in ir dar təm bar ür di ban al iq ul əf";
const PLACES: &str = "Bakı Sumqayıt Gəncə Şəki Lənkəran Şirvan Yevlax Quba Qax Ağdam Ağsu Astara Bərdə Füzuli İmişli Kürdəmir \
                      Lerik Masallı Oğuz Salyan Saatlı Şamaxı Tovuz Ucar Zaqatala Zərdab Qazax Qəbələ Neftçala Balakən";

/// A stream of numbers that is the same in every run (splitmix64).
pub struct Draw(pub u64);

impl Draw {
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.number() % end as u64) as usize
    }

    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// A word of a list in which the first ones are the most usual.
    fn word<'a>(&mut self, list: &'a str) -> &'a str {
        let words: Vec<&str> = list.split_whitespace().collect();
        let (one, other) = (self.below(words.len()), self.below(words.len()));
        words[if self.percent(40) { one * other / words.len() } else { one }]
    }
}

#[derive(Clone, Default, PartialEq)]
pub struct Somebody {
    pub fin: String,
    pub first_name: String,
    pub last_name: String,
    pub father_name: String,
    pub sex: String,
    pub birth_date: String,
    pub rayon: String,
    pub address: String,
    pub phone: String,
    pub doc_no: String,
}

impl Somebody {
    /// The person of a number: the same in every run. Three in ten live with the one before: same surname, father and home.
    pub fn of(number: u64) -> Self {
        let mut own = Draw(number.wrapping_mul(0x2545_f491_4f6c_dd1d) + 1);
        let in_family = own.percent(30);
        let mut home = Draw((number - u64::from(in_family && number > 0)).wrapping_mul(0x2545_f491_4f6c_dd1d) + 1);
        home.percent(30);
        let stem = format!("{}{}", home.word(BEGINS), home.word(ENDS));
        let is_woman = own.percent(52);
        let ending = ["ov", "ov", "ov", "zadə", "li"][home.below(5)];
        let father_name = home.word(MEN).to_owned();
        let rayon = home.word(PLACES).to_owned();
        let address = format!("küç. {}, ev {}", home.below(400), home.below(120));
        let phone =
            format!("{}{:07}", ["050", "051", "055", "070", "077", "099"][home.below(6)], home.below(8_000_000) + 1_000_000);
        Self {
            fin: fin(number),
            first_name: own.word(if is_woman { WOMEN } else { MEN }).to_owned(),
            last_name: format!("{stem}{ending}{}", if is_woman && ending == "ov" { "a" } else { "" }),
            father_name,
            sex: if is_woman { "F" } else { "M" }.to_owned(),
            birth_date: format!("{}-{:02}-{:02}", 1950 + own.below(58), 1 + own.below(12), 1 + own.below(28)),
            rayon,
            address,
            phone,
            doc_no: format!("AA{:08}", own.below(99_999_999)),
        }
    }

    /// The same person as another clerk wrote it, with some of the usual mistakes.
    pub fn written_again(&self, draw: &mut Draw) -> Self {
        let mut copy = self.clone();
        if draw.percent(50) {
            copy.fin.clear();
        } else if draw.percent(10) {
            copy.fin = slip(&copy.fin, draw);
        }
        for name in [&mut copy.first_name, &mut copy.last_name, &mut copy.father_name] {
            if draw.percent(30) {
                *name = ascii(name);
            }
            if draw.percent(8) {
                *name = slip(name, draw);
            }
        }
        match draw.below(20) {
            0 => copy.birth_date.replace_range(5.., "01-01"),
            1 => copy.birth_date = format!("{}-{}-{}", &self.birth_date[..4], &self.birth_date[8..], &self.birth_date[5..7]),
            _ => {}
        }
        if draw.percent(40) {
            copy.phone.clear();
        }
        if draw.percent(50) {
            copy.doc_no.clear();
        }
        copy
    }

    pub fn row(&self) -> Row<'_> {
        Row {
            fin: &self.fin,
            fin_verified: false,
            first_name: &self.first_name,
            last_name: &self.last_name,
            father_name: &self.father_name,
            sex: &self.sex,
            birth_date: &self.birth_date,
            rayon: &self.rayon,
            address: &self.address,
            phone: &self.phone,
            doc_no: &self.doc_no,
        }
    }

    /// The fields of [`HEADER`] behind the id, parted by commas.
    pub fn csv(&self, id: &str) -> String {
        let fields = [&self.fin, &self.first_name, &self.last_name, &self.father_name, &self.sex, &self.birth_date, &self.rayon];
        let fields = fields.map(String::as_str).join(",");
        format!("{id},{fields},\"{}\",{},{}\n", self.address, self.phone, self.doc_no)
    }
}

/// The header of [`Somebody::csv`].
pub const HEADER: &str = "rec_id,fin,first_name,last_name,father_name,sex,birth_date,rayon,address,phone,doc_no\n";

/// Seven characters of which no two numbers have the same.
fn fin(number: u64) -> String {
    const LETTERS: &[u8; 34] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut code = (u128::from(number) * 7_654_321_987 + 123_456_789) % 34_u128.pow(7);
    let mut fin = String::new();
    for _ in 0..7 {
        fin.push(LETTERS[(code % 34) as usize] as char);
        code /= 34;
    }
    fin
}

/// One character exchanged for a neighbour.
fn slip(text: &str, draw: &mut Draw) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() > 2 {
        let at = 1 + draw.below(letters.len() - 2);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// Without the letters that a foreign keyboard lacks.
fn ascii(name: &str) -> String {
    let plain = |c| match c {
        'ə' => "a",
        'Ə' => "A",
        'ş' => "sh",
        'Ş' => "Sh",
        'ç' => "ch",
        'Ç' => "Ch",
        'ğ' => "gh",
        'ı' => "i",
        'İ' => "I",
        'ö' => "o",
        'ü' => "u",
        'x' => "kh",
        'q' => "g",
        _ => "",
    };
    name.chars().map(|c| if plain(c).is_empty() { c.to_string() } else { plain(c).to_owned() }).collect()
}
