//! The way up from a page: the nearest page above it in the table of routes that whoever asks may open.

use crate::{
    role::{Permission, Role},
    route::{Kind, Route},
};

/// The pages of the table: their paths and who may open them.
pub(crate) type Pages = Vec<(&'static str, Permission)>;

pub(crate) fn pages<'r>(routes: impl Iterator<Item = &'r Route>) -> Pages {
    routes.filter(|route| route.kind == Kind::Page && route.path != "/").map(|route| (route.path, route.permission)).collect()
}

/// The path of the nearest page above `path`; nothing when none is there.
pub(crate) fn above(pages: &Pages, path: &str, role: Option<Role>) -> Option<String> {
    let mut rest = path;
    while let Some((parent, _)) = rest.rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) {
        let opens = |permission: &Permission| permission.roles.is_empty() || role.is_some_and(|role| permission.allows(role));
        if pages.iter().any(|(pattern, permission)| matches(pattern, parent) && opens(permission)) {
            return Some(parent.to_owned());
        }
        rest = parent;
    }
    None
}

fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    let fits = pattern.split('/').all(|wanted| parts.next().is_some_and(|part| wanted == part || wanted.starts_with('{')));
    fits && parts.next().is_none()
}

#[cfg(test)]
#[path = "up_tests.rs"]
mod up_tests;
