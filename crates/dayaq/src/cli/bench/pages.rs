//! The pages whose budget is 60 ms, each as an office's officer and as a nationwide reader.

use anyhow::{Context, Result};
use dayaq::client::{self, Visitor};
use serde_json::Value;
use std::net::SocketAddr;

/// A page and who reads it.
pub struct Asked {
    pub name: &'static str,
    pub path: String,
    pub visitor: Visitor,
}

/// Whose desk a page is read from: the first of these roles that may open it.
const OF_AN_OFFICE: [&str; 8] =
    ["officer", "secretary", "storekeeper", "monitor", "grievance", "office_head", "trainer", "procurement"];
const OF_THE_NATION: [&str; 4] = ["manager", "auditor", "bank", "results"];

/// Every page of the budget, for both kinds of readers.
pub async fn all(address: SocketAddr) -> Result<Vec<Asked>> {
    let mut all = Vec::new();
    for roles in [&OF_AN_OFFICE[..], &OF_THE_NATION[..]] {
        let mut visitors = Vec::new();
        for role in roles {
            // A cast may lack a role.
            visitors.extend(client::sign_in(address, role).await.ok());
        }
        let first = visitors.first().context("nobody of the cast can read")?;
        for (name, path) in paths(address, first, &visitors).await? {
            for visitor in &visitors {
                if client::answers(address, visitor, &path).await? {
                    all.push(Asked { name, path, visitor: visitor.clone() });
                    break;
                }
            }
        }
    }
    Ok(all)
}

async fn paths(address: SocketAddr, first: &Visitor, visitors: &[Visitor]) -> Result<Vec<(&'static str, String)>> {
    let people = client::json(address, first, "/api/people").await?;
    let person = text(&people["lines"][0]["person_id"]).context("the list of people is empty")?;
    let surname = text(&people["lines"][0]["surname"]).unwrap_or_else(|| "Quliyeva".to_owned());
    let mut paths = vec![
        ("work queue", "/".to_owned()),
        ("people", "/people".to_owned()),
        ("search", format!("/people?q={}", platform::draw::encode(&surname))),
        ("person", format!("/people/{person}")),
    ];
    // The visits of the whole list are of people with a long story: a case and a plan that have something to show.
    if let Some(case) = found(address, visitors, "/api/visits?state=made", &["lines"], "case_id").await {
        paths.push(("case", format!("/cases/{case}")));
        paths.push(("plan", format!("/cases/{case}/plan")));
    }
    if let Some(sitting) = found(address, visitors, "/api/sittings", &["sittings", "lines"], "sitting_id").await {
        paths.push(("sitting", format!("/sittings/{sitting}")));
    }
    for (name, path) in [
        ("sittings", "/sittings"),
        ("stock", "/stock"),
        ("visits", "/visits"),
        ("grievances", "/grievances"),
        ("results", "/results"),
        ("one result", "/results/EQUIPPED"),
    ] {
        paths.push((name, path.to_owned()));
    }
    Ok(paths)
}

/// An id from the first line of a list, for the first visitor who may open it.
async fn found(address: SocketAddr, visitors: &[Visitor], path: &str, lists: &[&str], id: &str) -> Option<String> {
    for visitor in visitors {
        let Ok(view) = client::json(address, visitor, path).await else { continue };
        let line = lists.iter().find_map(|list| view[list].get(0)).or_else(|| view.get(0));
        if let Some(found) = line.and_then(|line| text(&line[id])) {
            return Some(found);
        }
    }
    None
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
