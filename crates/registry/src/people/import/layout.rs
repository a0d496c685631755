//! The columns of a registry extract, and what stands wrong with one as a whole.

use csv::ByteRecord;

/// A column of the extract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub enum Column {
    RecId,
    RegNo,
    Fin,
    FirstName,
    LastName,
    FatherName,
    Sex,
    BirthDate,
    Rayon,
    Settlement,
    Address,
    Phone,
    Email,
    DocNo,
    Iban,
    Education,
    Marital,
    Disability,
    Idp,
    HouseholdSize,
    Children,
    RegisteredOn,
    OccupationCode,
    Language,
    IncomeAzn,
    UnemployedMonths,
    Tsa,
    Note,
}

use Column::*;

impl Column {
    /// Every column, in the order of the published extract.
    pub const ALL: [Column; 28] = [
        RecId,
        RegNo,
        Fin,
        FirstName,
        LastName,
        FatherName,
        Sex,
        BirthDate,
        Rayon,
        Settlement,
        Address,
        Phone,
        Email,
        DocNo,
        Iban,
        Education,
        Marital,
        Disability,
        Idp,
        HouseholdSize,
        Children,
        RegisteredOn,
        OccupationCode,
        Language,
        IncomeAzn,
        UnemployedMonths,
        Tsa,
        Note,
    ];

    /// Its name in the header.
    pub fn name(self) -> &'static str {
        match self {
            RecId => "rec_id",
            RegNo => "reg_no",
            Fin => "fin",
            FirstName => "first_name",
            LastName => "last_name",
            FatherName => "father_name",
            Sex => "sex",
            BirthDate => "birth_date",
            Rayon => "rayon",
            Settlement => "settlement",
            Address => "address",
            Phone => "phone",
            Email => "email",
            DocNo => "doc_no",
            Iban => "iban",
            Education => "education",
            Marital => "marital",
            Disability => "disability",
            Idp => "idp",
            HouseholdSize => "household_size",
            Children => "children",
            RegisteredOn => "registered_on",
            OccupationCode => "occupation_code",
            Language => "language",
            IncomeAzn => "income_azn",
            UnemployedMonths => "unemployed_months",
            Tsa => "tsa",
            Note => "note",
        }
    }
}

/// Where each column stands in a file, and how many there are.
#[derive(Clone, Debug)]
pub struct Layout {
    place: [usize; Column::ALL.len()],
    pub width: usize,
}

/// Why a file is not an extract at all.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WrongHeader {
    #[error("line 1: the file is empty, expected a header with the columns {}", names(Column::ALL))]
    Empty,
    #[error("line 1: the text is UTF-16, expected UTF-8: save the file as CSV UTF-8")]
    Utf16,
    #[error("line 1: the header is not UTF-8, expected UTF-8: save the file as CSV UTF-8")]
    NotUtf8,
    #[error("line 1: the columns are parted by {found:?}, expected a comma")]
    Separator { found: char },
    #[error("line 1: column {column} stands twice, expected it once")]
    Twice { column: &'static str },
    #[error("line 1: found {found}; missing: {missing}")]
    Missing { found: String, missing: String },
    #[error(
        "line 1: the header has {header} columns and the rows have {rows}, expected as many: column {extra} of the header is no \
         column of an extract"
    )]
    Extra { header: usize, rows: usize, extra: String },
}

impl Layout {
    /// Reads the header: every column by its name, in any order; columns of other names are left alone.
    pub fn read(header: &ByteRecord) -> Result<Self, WrongHeader> {
        if header.iter().all(<[u8]>::is_empty) {
            return Err(WrongHeader::Empty);
        }
        let first = header.get(0).unwrap_or_default();
        if first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]) {
            return Err(WrongHeader::Utf16);
        }
        let texts: Vec<&str> = header
            .iter()
            .map(|name| std::str::from_utf8(name).map(str::trim))
            .collect::<Result<_, _>>()
            .map_err(|_| WrongHeader::NotUtf8)?;
        let mut place = [usize::MAX; Column::ALL.len()];
        for column in Column::ALL {
            let mut at = texts.iter().enumerate().filter(|(_, name)| name.eq_ignore_ascii_case(column.name()));
            if let Some((found, _)) = at.next() {
                place[column as usize] = found;
            }
            if at.next().is_some() {
                return Err(WrongHeader::Twice { column: column.name() });
            }
        }
        let missing = Column::ALL.into_iter().filter(|column| place[*column as usize] == usize::MAX);
        match missing.collect::<Vec<_>>() {
            missing if missing.is_empty() => Ok(Self { place, width: texts.len() }),
            missing => Err(lacking(&texts, missing)),
        }
    }

    /// A header that names more columns than its rows have is wrong as a whole. `rows`: how wide the first rows are.
    pub fn agrees(&self, header: &ByteRecord, rows: &[usize]) -> Result<(), WrongHeader> {
        let names = header.iter().map(|name| String::from_utf8_lossy(name.trim_ascii()).into_owned());
        let known = |name: &String| Column::ALL.iter().any(|column| name.eq_ignore_ascii_case(column.name()));
        let extra: Vec<String> = names.filter(|name| !known(name)).map(|name| format!("{name:?}")).collect();
        match rows.first() {
            Some(first) if !extra.is_empty() && rows.iter().all(|row| *row < self.width) => {
                Err(WrongHeader::Extra { header: self.width, rows: *first, extra: extra.join(", ") })
            }
            _ => Ok(()),
        }
    }

    /// The bytes of a column in a record of full width.
    pub fn field<'r>(&self, record: &'r ByteRecord, column: Column) -> &'r [u8] {
        record.get(self.place[column as usize]).unwrap_or_default()
    }
}

/// One field with several names in it is a file parted by another sign.
fn lacking(texts: &[&str], missing: Vec<Column>) -> WrongHeader {
    let other = [';', '\t', '|'].into_iter().find(|sign| texts.len() == 1 && texts[0].contains(*sign));
    match other {
        Some(found) => WrongHeader::Separator { found },
        None => {
            let found = texts.iter().map(|name| name.chars().take(40).collect::<String>()).take(40).collect::<Vec<_>>();
            WrongHeader::Missing { found: found.join(","), missing: names(missing) }
        }
    }
}

fn names(columns: impl IntoIterator<Item = Column>) -> String {
    columns.into_iter().map(Column::name).collect::<Vec<_>>().join(",")
}
