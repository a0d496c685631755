//! A table: dense, sortable by links, its rows perhaps to be chosen. On a phone the rows of a wide table become cards, and
//! a narrow one scrolls inside its own frame.

use super::{Tone, Words};
use maud::{Markup, Render, html};

/// How a column is sorted now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    Not,
    Ascending,
    Descending,
}

/// A column: its heading and how its cells stand.
#[must_use]
pub struct Column {
    label: String,
    is_numeric: bool,
    is_short: bool,
    sort: Option<(Sort, String)>,
}

impl Column {
    /// A column of words.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), is_numeric: false, is_short: false, sort: None }
    }

    /// A column of words that must not be broken: numbers of papers, dates.
    pub fn short(label: impl Into<String>) -> Self {
        Self { is_short: true, ..Self::new(label) }
    }

    /// A column of numbers or money, aligned to the right.
    pub fn numeric(label: impl Into<String>) -> Self {
        Self { is_numeric: true, ..Self::new(label) }
    }

    /// How the column is sorted, and the address of the list sorted by it the next way.
    pub fn sorted(mut self, sort: Sort, href: impl Into<String>) -> Self {
        self.sort = Some((sort, href.into()));
        self
    }
}

/// A row. Its first cell names it.
#[must_use]
pub struct Row {
    cells: Vec<Markup>,
    tone: Tone,
    choice: Option<(String, String)>,
}

impl Row {
    /// A row of cells, as many as there are columns.
    pub fn new(cells: impl Into<Vec<Markup>>) -> Self {
        Self { cells: cells.into(), tone: Tone::Neutral, choice: None }
    }

    /// A mark at the row's edge; say in a cell what it means.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The row may be chosen: the value that is sent, and what the checkbox is called.
    pub fn choice(mut self, value: impl Into<String>, label: impl Into<String>) -> Self {
        self.choice = Some((value.into(), label.into()));
        self
    }
}

impl<C: Into<Vec<Markup>>> From<C> for Row {
    fn from(cells: C) -> Self {
        Row::new(cells)
    }
}

/// A table with its caption.
#[must_use]
pub struct Table<'a> {
    words: &'a dyn Words,
    id: String,
    caption: String,
    has_quiet_caption: bool,
    columns: Vec<Column>,
    rows: Vec<Row>,
    foot: Option<Vec<Markup>>,
    choices: Option<(String, String)>,
}

impl<'a> Table<'a> {
    /// An empty table by its id in the page and its caption.
    pub fn new(words: &'a dyn Words, id: impl Into<String>, caption: impl Into<String>) -> Self {
        Self {
            words,
            id: id.into(),
            caption: caption.into(),
            has_quiet_caption: false,
            columns: Vec::new(),
            rows: Vec::new(),
            foot: None,
            choices: None,
        }
    }

    /// The caption is read aloud but not shown, since a heading above says the same.
    pub fn quiet_caption(mut self) -> Self {
        self.has_quiet_caption = true;
        self
    }

    /// One more column.
    pub fn column(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// One more row.
    pub fn row(mut self, row: impl Into<Row>) -> Self {
        self.rows.push(row.into());
        self
    }

    /// Many more rows.
    pub fn rows<R: Into<Row>>(mut self, rows: impl IntoIterator<Item = R>) -> Self {
        self.rows.extend(rows.into_iter().map(Into::into));
        self
    }

    /// The last line: totals.
    pub fn foot(mut self, cells: impl Into<Vec<Markup>>) -> Self {
        self.foot = Some(cells.into());
        self
    }

    /// Rows with a choice are sent under this name with the form of this id.
    pub fn choices(mut self, form: impl Into<String>, name: impl Into<String>) -> Self {
        self.choices = Some((form.into(), name.into()));
        self
    }

    fn head(&self) -> Markup {
        html! {
            thead class="govuk-table__head" {
                tr class="govuk-table__row" {
                    @if self.choices.is_some() {
                        th class="govuk-table__header dayaq-table__choice" scope="col" {
                            span class="govuk-visually-hidden" { (self.words.t("page-select-all")) }
                        }
                    }
                    @for column in &self.columns { (heading(column)) }
                }
            }
        }
    }

    fn line(&self, row: &Row) -> Markup {
        let tone = match row.tone {
            Tone::Neutral => String::new(),
            tone => format!(" dayaq-table__row--{}", tone.class()),
        };
        html! {
            tr class={ "govuk-table__row" (tone) } {
                @if let Some((form, name)) = &self.choices {
                    td class="govuk-table__cell dayaq-table__choice" { (checkbox(form, name, row)) }
                }
                @for (at, cell) in row.cells.iter().enumerate() {
                    @if at == 0 {
                        th class={ "govuk-table__header" (self.look(at)) } scope="row" { (cell) }
                    } @else {
                        td class={ "govuk-table__cell" (self.look(at)) } data-label=[self.label(at)] { (cell) }
                    }
                }
            }
        }
    }

    fn last_line(&self, cells: &[Markup]) -> Markup {
        html! {
            tfoot class="dayaq-table__foot" {
                tr class="govuk-table__row" {
                    @if self.choices.is_some() { td class="govuk-table__cell" {} }
                    @for (at, cell) in cells.iter().enumerate() {
                        td class={ "govuk-table__cell" (self.look(at)) } data-label=[self.label(at)] { (cell) }
                    }
                }
            }
        }
    }

    /// Whether a phone shows each row as a card.
    fn becomes_cards(&self) -> bool {
        /// So many columns, with the one that names the row, are too many for a phone.
        const TOO_WIDE: usize = 4;
        self.columns.len() >= TOO_WIDE
    }

    /// What a card calls the cell of a column.
    fn label(&self, at: usize) -> Option<&str> {
        let column = self.columns.get(at).filter(|_| at > 0 && self.becomes_cards())?;
        (!column.label.is_empty()).then_some(column.label.as_str())
    }

    /// How the cells of a column stand.
    fn look(&self, at: usize) -> &'static str {
        match self.columns.get(at) {
            Some(column) if column.is_numeric => " govuk-table__cell--numeric",
            Some(column) if column.is_short => " dayaq-table__short",
            _ => "",
        }
    }
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        let caption = if self.has_quiet_caption { "govuk-visually-hidden" } else { "govuk-table__caption--m" };
        html! {
            div class="dayaq-table-frame" role="region" tabindex="0" aria-labelledby={ (self.id) "-caption" } {
                table class={ "govuk-table dayaq-table" (if self.becomes_cards() { " dayaq-table--cards" } else { "" }) } id=(self.id) data-choices=[self.choices.as_ref().map(|_| "true")] {
                    caption class={ "govuk-table__caption " (caption) } id={ (self.id) "-caption" } { (self.caption) }
                    (self.head())
                    tbody class="govuk-table__body" { @for row in &self.rows { (self.line(row)) } }
                    @if let Some(cells) = &self.foot { (self.last_line(cells)) }
                }
            }
        }
    }
}

fn heading(column: &Column) -> Markup {
    let numeric = if column.is_numeric { " govuk-table__header--numeric" } else { "" };
    let sort = column.sort.as_ref().map(|(sort, _)| match sort {
        Sort::Not => "none",
        Sort::Ascending => "ascending",
        Sort::Descending => "descending",
    });
    html! {
        th class={ "govuk-table__header" (numeric) } scope="col" aria-sort=[sort] {
            @match &column.sort {
                Some((_, href)) => a class="dayaq-sort" href=(href) { (column.label) },
                None => (column.label),
            }
        }
    }
}

fn checkbox(form: &str, name: &str, row: &Row) -> Markup {
    html! {
        @if let Some((value, label)) = &row.choice {
            label class="dayaq-choice" {
                input type="checkbox" name=(name) value=(value) form=(form);
                span class="govuk-visually-hidden" { (label) }
            }
        }
    }
}
