//! The router: the table of routes behind their guard, the assets, and what every answer carries.

use crate::{
    answer::Fault,
    app::App,
    request::guard,
    role::Permission,
    route::{Kind, Route},
};
use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use std::time::Instant;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, set_header::SetResponseHeaderLayer};

/// An asset: path under `/assets/`, kind, bytes.
pub type Asset = (&'static str, &'static str, &'static [u8]);

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The whole router.
pub fn router(app: App, routes: Vec<Route>, assets: &'static [Asset]) -> Router {
    let mut router: Router<App> = Router::new();
    for route in routes {
        let (permission, state) = (route.permission, app.clone());
        let handler =
            route.handler.layer(from_fn(move |request: Request, next: Next| guard(state.clone(), permission, request, next)));
        if route.kind != Kind::File {
            router = router.route(&format!("/api{}", if route.path == "/" { "/queue" } else { route.path }), handler.clone());
        }
        router = router.route(route.path, handler);
    }
    let nowhere = app.clone();
    let lost = any(|| async { Fault::NotFound })
        .layer(from_fn(move |request: Request, next: Next| guard(nowhere.clone(), Permission::PUBLIC, request, next)));
    let router = router.route("/livez", get(|| async { "ok" })).route("/readyz", get(ready)).fallback(lost).with_state(app);
    let router = assets.iter().fold(router, |router, (path, kind, bytes)| {
        router.route(&format!("/assets/{path}"), get(move || async move { asset(kind, bytes) }))
    });
    router
        .layer(from_fn(timed))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new())
        .layer(fixed("content-security-policy", POLICY))
        .layer(fixed("x-content-type-options", "nosniff"))
        .layer(fixed("referrer-policy", "same-origin"))
        .layer(fixed("cross-origin-opener-policy", "same-origin"))
        .layer(fixed("permissions-policy", "camera=(), microphone=(), geolocation=()"))
}

/// Says how long the program took, so that its own share can be told from the network's.
async fn timed(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let mut response = next.run(request).await;
    let took = format!("app;dur={:.2}", begun.elapsed().as_secs_f64() * 1000.0);
    if let Ok(value) = HeaderValue::from_str(&took) {
        response.headers_mut().insert(HeaderName::from_static("server-timing"), value);
    }
    response
}

fn fixed(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
}

async fn ready(axum::extract::State(app): axum::extract::State<App>) -> Response {
    match app.database().ready().await {
        true => "ready".into_response(),
        false => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response(),
    }
}

fn asset(kind: &'static str, bytes: &'static [u8]) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, bytes).into_response()
}
