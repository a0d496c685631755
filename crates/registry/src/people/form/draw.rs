//! The form of a person drawn: sections in the order in which an officer asks, every field with its label.

use super::rows::rows;
use crate::{
    people::{codes, types::Basis},
    programme::Programme,
};
use maud::{Markup, Render, html};
use platform::{
    draw,
    form::Posted,
    message::Errors,
    page::{
        self as part, Width,
        form::{group, side_by_side},
        notice,
    },
    request::Page,
};

/// What the sections are drawn from.
pub struct Sheet<'a> {
    pub page: &'a Page,
    pub programme: &'a Programme,
    pub form: &'a Posted,
    pub errors: &'a Errors,
    /// Whether a person is corrected: then protected fields say that they keep their value when left empty.
    pub corrects: bool,
}

/// The sections that registration and correction share.
pub fn sections(sheet: &Sheet<'_>) -> Markup {
    html! {
        (group(&sheet.t("people-part-identity"), sheet.identity()))
        (group(&sheet.t("people-part-contacts"), sheet.contacts()))
        (group(&sheet.t("people-part-work"), sheet.work()))
        (group(&sheet.t("people-part-household"), sheet.household()))
        (group(&sheet.t("people-part-proofs"), sheet.proofs()))
    }
}

/// Every section of a registration.
pub fn whole_form(sheet: &Sheet<'_>) -> Markup {
    html! {
        (sections(sheet))
        (group(&sheet.t("people-part-status"), sheet.status()))
        (group(&sheet.t("people-part-groups"), sheet.groups()))
        (group(&sheet.t("people-part-members"), sheet.members()))
        (group(&sheet.t("people-part-consents"), sheet.consents()))
    }
}

/// The fields of one group.
pub fn group_fields(sheet: &Sheet<'_>) -> Markup {
    sheet.group_row(1, &sheet.group_options())
}

/// The fields of one member of a household.
pub fn member_fields(sheet: &Sheet<'_>) -> Markup {
    sheet.member_row(1)
}

impl Sheet<'_> {
    fn t(&self, key: &str) -> String {
        self.page.t(key)
    }

    fn input<'b>(&'b self, name: &'b str, label: &str) -> draw::Field<'b> {
        draw::input(self.page, self.form, self.errors, name, label)
    }

    fn date<'b>(&'b self, name: &'b str, label: &str) -> draw::Field<'b> {
        draw::date(self.page, self.form, self.errors, name, label)
    }

    fn select<'b>(&'b self, name: &'b str, label: &str, options: Vec<(String, String)>) -> draw::Field<'b> {
        draw::select(self.page, self.form, self.errors, name, label, options)
    }

    fn codes(&self, list: &str, codes: &[&str]) -> Vec<(String, String)> {
        codes::options(self.page.lang, list, codes)
    }

    /// A protected field: in a correction its value is not shown.
    fn protected<'b>(&'b self, field: draw::Field<'b>) -> draw::Field<'b> {
        if self.corrects { field.hint("people-keep-hint") } else { field }
    }

    /// Cities and rayons by their names in the reader's language.
    fn units(&self) -> Vec<(String, String)> {
        let mut units: Vec<(String, String)> = self
            .programme
            .units()
            .iter()
            .filter(|unit| unit.validity.covers(self.page.today))
            .map(|unit| (unit.code.to_string(), unit.name.text(self.page.lang).to_owned()))
            .collect();
        units.sort_by(|(_, a), (_, b)| values::text::compare(a, b));
        units
    }

    fn identity(&self) -> Markup {
        html! {
            (side_by_side(html! {
                (self.input("surname", "people-surname").autocomplete("off"))
                (self.input("given_name", "people-given-name").autocomplete("off"))
                (self.input("patronymic", "people-patronymic").hint("people-patronymic-hint").autocomplete("off"))
            }))
            (draw::radios(self.page, self.form, self.errors, "sex", "people-sex", self.sexes()).compact())
            (self.date("birth_date", "people-birth-date").hint("form-date-hint"))
            (side_by_side(html! {
                @let fin = self.input("fin", "people-fin").hint("people-fin-hint").width(Width::Chars10);
                (self.protected(fin))
                (self.protected(self.input("document", "people-document").hint("people-document-hint").width(Width::Chars20)))
                (self.protected(self.input("document_issuer", "people-document-issuer")))
            }))
            (self.protected(self.date("document_expires_on", "people-document-expires-on")))
            (side_by_side(html! {
                (self.select("citizenship", "people-citizenship", self.codes("citizenship", codes::CITIZENSHIP)))
                (self.input("permit", "people-permit").hint("people-permit-hint"))
            }))
            (self.date("permit_until", "people-permit-until"))
        }
    }

    fn sexes(&self) -> Vec<(String, String)> {
        vec![("F".to_owned(), self.t("people-sex-f")), ("M".to_owned(), self.t("people-sex-m"))]
    }

    fn contacts(&self) -> Markup {
        html! {
            (side_by_side(html! {
                (self.protected(self.input("phone", "people-phone").hint("people-phone-hint").phone()))
                (self.protected(self.input("second_contact", "people-second-contact").hint("people-second-contact-hint")))
                (self.input("email", "people-email"))
                (self.select("channel", "people-channel", self.codes("channel", codes::CHANNELS)))
            }))
            (side_by_side(html! {
                (self.select("residence", "people-residence", self.units()))
                (self.input("settlement", "people-settlement"))
                (self.input("address", "people-address"))
                (self.input("actual_address", "people-actual-address").hint("people-actual-address-hint"))
                (self.select("origin", "people-origin", self.units()).hint("people-origin-hint"))
            }))
            (side_by_side(html! {
                (self.select("language", "people-language", self.codes("language", codes::LANGUAGES)))
                (self.input("other_languages", "people-other-languages"))
                (self.input("assistive_need", "people-assistive-need").hint("people-assistive-need-hint"))
            }))
        }
    }

    fn work(&self) -> Markup {
        html! {
            (side_by_side(html! {
                (self.select("education", "people-education", self.codes("education", codes::EDUCATION)))
                (self.input("speciality", "people-speciality"))
                (self.select("marital", "people-marital", self.codes("marital", codes::MARITAL)))
            }))
            (side_by_side(html! {
                (self.input("last_job", "people-last-job"))
                (self.input("last_job_reason", "people-last-job-reason"))
                (self.input("occupation_code", "people-occupation-code").width(Width::Chars10))
            }))
            (self.date("last_job_ended_on", "people-last-job-ended-on"))
            (self.date("insurance_from", "people-insurance-from").hint("people-insurance-hint"))
            (self.date("insurance_to", "people-insurance-to"))
            (draw::boxes(self.page, self.form, self.errors, "land_share", "people-land-share",
                vec![("yes".to_owned(), self.t("people-land-share-yes"))]).compact())
            (self.input("land_hectares", "people-land-hectares").width(Width::Chars10))
        }
    }

    fn household(&self) -> Markup {
        html! {
            (side_by_side(html! {
                (draw::number(self.page, self.form, self.errors, "household_size", "people-household-size").hint("people-household-size-hint"))
                (draw::number(self.page, self.form, self.errors, "children", "people-children"))
                (draw::money(self.page, self.form, self.errors, "income", "people-income"))
            }))
        }
    }

    fn proofs(&self) -> Markup {
        html! {
            p class="govuk-hint" { (self.t("people-proofs-hint")) }
            (side_by_side(html! {
                (self.protected(draw::number(self.page, self.form, self.errors, "disability_percent", "people-disability-percent")))
                (self.protected(self.input("assistance_award", "people-assistance-award")))
                (self.protected(self.input("martyr_relation", "people-martyr-relation")))
                (self.protected(self.input("release_certificate", "people-release-certificate")))
            }))
            (self.protected(self.date("disability_until", "people-disability-until")))
            (draw::area(self.page, self.form, self.errors, "note", "people-note", 2))
        }
    }

    fn status(&self) -> Markup {
        let options =
            Basis::ALL.iter().map(|basis| (basis.code().to_owned(), codes::words(self.page.lang, "basis", basis.code())));
        html! {
            (draw::radios(self.page, self.form, self.errors, "basis", "people-basis", options.collect()).compact())
            (self.date("unemployed_since", "people-unemployed-since").hint("form-date-hint"))
        }
    }

    fn groups(&self) -> Markup {
        let options = self.group_options();
        html! {
            p class="govuk-hint" { (self.t("people-groups-hint")) }
            @for row in 1..=rows(self.form, "group") { (self.group_row(row, &options)) }
            (part::quiet_button(self.t("people-more-groups")).sends("_more", "group"))
        }
    }

    /// The groups that evidence shows; the others follow from facts.
    fn group_options(&self) -> Vec<(String, String)> {
        let shown = self.programme.groups().iter().filter(|group| group.evidence.is_some());
        shown.map(|group| (group.code.to_string(), group.name.text(self.page.lang).to_owned())).collect()
    }

    fn group_row(&self, row: usize, options: &[(String, String)]) -> Markup {
        let name = |part: &str| format!("group-{row}-{part}");
        html! {
            (side_by_side(html! {
                (self.select(&name("code"), "people-group", options.to_vec()))
                (self.input(&name("evidence"), "people-evidence").hint("people-evidence-hint"))
                (self.input(&name("source"), "people-evidence-source"))
            }))
            (side_by_side(html! {
                (self.date(&name("from"), "people-valid-from"))
                (self.date(&name("to"), "people-valid-to"))
            }))
        }
    }

    fn members(&self) -> Markup {
        html! {
            @for row in 1..=rows(self.form, "member") { (self.member_row(row)) }
            (part::quiet_button(self.t("people-more-members")).sends("_more", "member"))
        }
    }

    fn member_row(&self, row: usize) -> Markup {
        let name = |part: &str| format!("member-{row}-{part}");
        let number = self.page.lang.with("programme-sheet-row", &[("number", row.into())]);
        let of = format!("{}, {number}", self.t("people-part-household"));
        let tick = |part: &str, label: &str| {
            draw::boxes(self.page, self.form, self.errors, &name(part), label, vec![("yes".to_owned(), self.t("people-yes"))])
                .compact()
                .render()
        };
        html! {
            (side_by_side(html! {
                (self.input(&name("name"), "people-member-name").of(&of))
                (self.select(&name("relation"), "people-relation", self.codes("relation", codes::RELATIONS)).of(&of))
                (self.input(&name("fin"), "people-fin").width(Width::Chars10).of(&of))
            }))
            (side_by_side(html! {
                (self.date(&name("birth_date"), "people-birth-date").of(&of))
                (tick("working", "people-member-working"))
                (tick("disabled", "people-member-disabled"))
            }))
        }
    }

    fn consents(&self) -> Markup {
        let version = [("version", codes::CONSENT_TEXT.into())];
        html! {
            (notice::inset(html! {
                p { (self.t("people-consent-data-text")) }
                p { (self.t("people-consent-photo-text")) }
                p class="govuk-hint" { (self.page.lang.with("people-consent-version", &version)) }
            }))
            (draw::boxes(self.page, self.form, self.errors, "consent", "people-consent",
                vec![("yes".to_owned(), self.t("people-consent-given"))]))
            (draw::boxes(self.page, self.form, self.errors, "consent_photo", "people-consent-photo",
                vec![("yes".to_owned(), self.t("people-consent-photo-given"))]))
        }
    }
}
