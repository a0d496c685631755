//! The invented papers of `samples/`, read as a caller's JSON would be, and what a test asks of a laid-out page.

use crate::{Certificate, Contract, HandoverAct, Issue, Letter, Minutes, TransferAct};
use crate::{certificate, contract, handover_act, letter, minutes, press, transfer_act};
use serde::de::DeserializeOwned;
use serde_json::{Value, to_value};
use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// One sample as its template receives it.
pub(crate) struct Paper {
    pub(crate) template: &'static str,
    pub(crate) data: Value,
}

/// Every kind of document once.
pub(crate) fn papers() -> [Paper; 6] {
    let certificate: Certificate = read("certificate");
    [
        Paper { template: certificate::TEMPLATE, data: to_value(certificate::drawn(&certificate).unwrap()).unwrap() },
        Paper { template: contract::TEMPLATE, data: to_value(read::<Contract>("contract")).unwrap() },
        Paper { template: handover_act::TEMPLATE, data: to_value(read::<HandoverAct>("handover_act")).unwrap() },
        Paper { template: letter::TEMPLATE, data: to_value(read::<Letter>("letter")).unwrap() },
        Paper { template: minutes::TEMPLATE, data: to_value(read::<Minutes>("minutes")).unwrap() },
        Paper { template: transfer_act::TEMPLATE, data: to_value(read::<TransferAct>("transfer_act")).unwrap() },
    ]
}

/// The sample of that name.
pub(crate) fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = match name {
        "certificate" => include_str!("../samples/certificate.json"),
        "contract" => include_str!("../samples/contract.json"),
        "handover_act" => include_str!("../samples/handover_act.json"),
        "letter" => include_str!("../samples/letter.json"),
        "minutes" => include_str!("../samples/minutes.json"),
        "transfer_act" => include_str!("../samples/transfer_act.json"),
        other => panic!("there is no sample {other}"),
    };
    serde_json::from_str(text).unwrap()
}

impl Paper {
    /// The finished PDF.
    pub(crate) fn print(&self) -> Vec<u8> {
        let issue: Issue = serde_json::from_value(self.data["issue"].clone()).unwrap();
        press::print(self.template, &issue, &self.data).unwrap()
    }

    /// The pages, of which typst may not complain.
    pub(crate) fn pages(&self) -> PagedDocument {
        let composed = press::compose(self.template, &self.data).unwrap();
        assert!(composed.warnings.is_empty(), "{}: {:?}", self.template, composed.warnings);
        composed.output.unwrap()
    }

    /// Makes the list under `key` longer by repeating it.
    pub(crate) fn lengthen(&mut self, key: &str, to: usize) {
        let rows = self.data[key].as_array().unwrap().clone();
        self.data[key] = rows.into_iter().cycle().take(to).collect();
    }
}

/// Every text that people wrote; not the codes that choose a label, nor what is drawn or linked.
pub(crate) fn writings(value: &mut Value, write: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => write(text),
        Value::Array(values) => values.iter_mut().for_each(|value| writings(value, write)),
        Value::Object(fields) => {
            let ours = ["language", "issued_on", "topic", "kind", "address", "qr"];
            let theirs = fields.iter_mut().filter(|(key, value)| value.is_array() || !ours.contains(&key.as_str()));
            theirs.for_each(|(_, value)| writings(value, write));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What each page shows, without spaces and line ends.
pub(crate) fn shown(pages: &PagedDocument) -> Vec<String> {
    pages
        .pages()
        .iter()
        .map(|page| {
            let mut text = String::new();
            each_text(&page.frame, &mut |item| text.push_str(&item.text));
            squeezed(&text)
        })
        .collect()
}

pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

pub(crate) fn each_text(frame: &Frame, look: &mut impl FnMut(&TextItem)) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Text(text) => look(text),
            FrameItem::Group(group) => each_text(&group.frame, look),
            _ => {}
        }
    }
}
