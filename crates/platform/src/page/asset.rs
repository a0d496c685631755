//! The addresses of the built assets that every page names. Each carries a digest of its content, so that a browser never
//! takes an old build for the new one.

use std::sync::LazyLock;

/// Where a browser finds an asset, by its path in `assets/web`.
pub fn url(path: &str) -> String {
    match DIGESTS.iter().find(|(known, _)| *known == path) {
        Some((_, digest)) => format!("/assets/{path}?{digest}"),
        None => format!("/assets/{path}"),
    }
}

static DIGESTS: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let files: [(&'static str, &'static [u8]); 4] = [
        ("dayaq.css", include_bytes!("../../../../assets/web/dayaq.css")),
        ("dayaq.js", include_bytes!("../../../../assets/web/dayaq.js")),
        ("mark.svg", include_bytes!("../../../../assets/web/mark.svg")),
        ("mark-light.svg", include_bytes!("../../../../assets/web/mark-light.svg")),
    ];
    files.into_iter().map(|(path, bytes)| (path, digest(bytes))).collect()
});

/// FNV-1a: it tells builds apart and protects nothing.
fn digest(bytes: &[u8]) -> String {
    let hash =
        bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
