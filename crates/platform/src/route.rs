//! The table of routes: each says its method, path, permission, kind of answer, and how one valid request is built.

use crate::{app::App, role::Permission};
use axum::{
    handler::Handler,
    routing::{MethodRouter, get, post},
};

/// What a route answers with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A page at its path and the same view as JSON under `/api`.
    Page,
    /// A form that acts and sends the person on; under `/api` it takes JSON.
    Form,
    /// A file: PDF, CSV.
    File,
}

/// One route.
pub struct Route {
    pub kind: Kind,
    pub path: &'static str,
    pub permission: Permission,
    pub handler: MethodRouter<App>,
    pub sample: Sample,
}

impl Route {
    /// `GET path`: a page, and its view as JSON under `/api`.
    pub fn page<H, T>(path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self { kind: Kind::Page, path, permission, handler: get(handler), sample: Sample::NONE }
    }

    /// `POST path`: a form.
    pub fn form<H, T>(path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self { kind: Kind::Form, path, permission, handler: post(handler), sample: Sample::NONE }
    }

    /// `GET path`: a file.
    pub fn file<H, T>(path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self { kind: Kind::File, path, permission, handler: get(handler), sample: Sample::NONE }
    }

    /// How one valid request is built, for the tests that walk the table.
    pub fn sample(mut self, sample: Sample) -> Self {
        self.sample = sample;
        self
    }

    /// The method.
    pub fn method(&self) -> &'static str {
        match self.kind {
            Kind::Page | Kind::File => "GET",
            Kind::Form => "POST",
        }
    }
}

/// How one valid request is built against a demo's data.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// A query (run with the system's scope) that finds what the request is about: one row. Its columns fill `{name}` in
    /// the path and in the fields. A column `office` says where an officer of the right role must work; a column
    /// `officer` names the very account, and `version` goes into the form. Empty when the path has no parameters.
    pub find: &'static str,
    /// The query string, with `{column}` filled in.
    pub query: &'static str,
    /// The fields of the form, with `{column}` filled in.
    pub fields: &'static [(&'static str, &'static str)],
}

impl Sample {
    /// A request without parameters.
    pub const NONE: Sample = Sample { find: "", query: "", fields: &[] };

    /// A request about what this query finds.
    pub const fn find(find: &'static str) -> Self {
        Sample { find, query: "", fields: &[] }
    }

    /// The sample with these fields.
    pub const fn fields(mut self, fields: &'static [(&'static str, &'static str)]) -> Self {
        self.fields = fields;
        self
    }

    /// The sample with this query string.
    pub const fn query(mut self, query: &'static str) -> Self {
        self.query = query;
        self
    }
}
