//! What a request gets: a page or its data, or a fault that says what happened and what to do next.

use crate::message::{Errors, Explain};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// The answer of a route.
pub type Answer = Result<Response, Fault>;

/// Why there is no answer. The page for it is drawn on the way out, in the reader's language.
#[derive(Debug)]
pub enum Fault {
    /// No such thing, or not within the scope: nobody can tell which.
    NotFound,
    /// Signed in, but this role may not.
    Forbidden,
    /// The request can't be read; the key says why.
    BadRequest(&'static str),
    /// The same form is being answered, was begun and not finished, or was answered when it brought something else.
    Conflict,
    /// Something broke; it says what was being attempted, to the log only.
    Broken(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Fault {
    fn from(error: E) -> Self {
        Fault::Broken(error.into())
    }
}

/// A mark on a response: the guard draws the page for it.
#[derive(Clone, Copy, Debug)]
pub struct Drawn(pub &'static str);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, key) = match self {
            Fault::NotFound => (StatusCode::NOT_FOUND, "fault-not-found"),
            Fault::Forbidden => (StatusCode::FORBIDDEN, "fault-forbidden"),
            Fault::BadRequest(key) => (StatusCode::BAD_REQUEST, key),
            Fault::Conflict => (StatusCode::CONFLICT, "fault-conflict"),
            Fault::Broken(error) if is_database_away(&error) => {
                tracing::error!(error = format!("{error:#}"), "the database does not answer");
                (StatusCode::SERVICE_UNAVAILABLE, "fault-away")
            }
            Fault::Broken(error) => {
                tracing::error!(error = format!("{error:#}"), "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "fault-broken")
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Drawn(key));
        response
    }
}

fn is_database_away(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<sqlx::Error>()).any(|cause| {
        matches!(cause, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed)
    })
}

/// Why a verb did not act: what the person can put right, or a fault.
///
/// A verb is written as one function that returns `Result<location, Stop>`; its route shows the form again with
/// [`Stop::errors`], or passes the fault on.
#[derive(Debug)]
pub enum Stop {
    Errors(Errors),
    Fault(Fault),
}

impl Stop {
    /// A refusal by a rule.
    pub fn refused(why: &impl Explain) -> Self {
        Stop::Errors(Errors::refusal(why))
    }

    /// What to show beside the form, or the fault.
    pub fn errors(self) -> Result<Errors, Fault> {
        match self {
            Stop::Errors(errors) => Ok(errors),
            Stop::Fault(fault) => Err(fault),
        }
    }

    /// The refusal, for work that no page shows, or the fault as an error.
    pub fn refusal(self) -> anyhow::Result<Errors> {
        match self {
            Stop::Errors(errors) => Ok(errors),
            Stop::Fault(Fault::Broken(error)) => Err(error),
            Stop::Fault(fault) => Err(anyhow::anyhow!("{fault:?}")),
        }
    }
}

impl From<Errors> for Stop {
    fn from(errors: Errors) -> Self {
        Stop::Errors(errors)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Fault(fault)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Stop::Fault(Fault::Broken(error))
    }
}

impl From<sqlx::Error> for Stop {
    fn from(error: sqlx::Error) -> Self {
        Stop::Fault(Fault::Broken(error.into()))
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Stop::Fault(Fault::Broken(error.into()))
    }
}
