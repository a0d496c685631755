//! Protected fields: sealed under a key that lives outside the data folder, found again through keyed hashes.

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{aead, digest, hkdf, hmac, rand::SecureRandom, signature};
use std::{fs, path::Path};

/// The keys of one installation, all derived from one 32-byte secret (HKDF-SHA256, RFC 5869).
pub struct Keys {
    seal: aead::LessSafeKey,
    lookup: hmac::Key,
    check: [u8; 32],
    signing: signature::Ed25519KeyPair,
    random: ring::rand::SystemRandom,
}

impl Keys {
    /// Reads the secret (64 hexadecimal digits) from a file.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("reading the key file {}", path.display()))?;
        let secret = from_hex(text.trim())
            .filter(|bytes| bytes.len() == 32)
            .with_context(|| format!("{} must hold 64 hexadecimal digits", path.display()))?;
        Self::from_secret(&secret)
    }

    /// Makes a new key file that only its owner may read, and reads it.
    pub fn create(path: &Path) -> Result<Self> {
        let mut secret = [0u8; 32];
        ring::rand::SystemRandom::new().fill(&mut secret).ok().context("asking the system for random bytes")?;
        write_private(path, &hex(&secret)).with_context(|| format!("writing the key file {}", path.display()))?;
        Self::from_secret(&secret)
    }

    /// The keys that follow from a secret of 32 bytes.
    pub fn from_secret(secret: &[u8]) -> Result<Self> {
        ensure!(secret.len() == 32, "the secret must have 32 bytes");
        let seal = aead::UnboundKey::new(&aead::AES_256_GCM, &derive(secret, b"seal")?).ok().context("making the sealing key")?;
        let signing =
            signature::Ed25519KeyPair::from_seed_unchecked(&derive(secret, b"sign")?).ok().context("making the signing key")?;
        Ok(Self {
            seal: aead::LessSafeKey::new(seal),
            lookup: hmac::Key::new(hmac::HMAC_SHA256, &derive(secret, b"lookup")?),
            check: derive(secret, b"check")?,
            signing,
            random: ring::rand::SystemRandom::new(),
        })
    }

    /// A value that shows, without revealing it, under which key a database was made.
    pub fn check(&self) -> &[u8; 32] {
        &self.check
    }

    /// Seals a protected text (AES-256-GCM, fresh nonce); the result is text for a table or the journal.
    pub fn seal(&self, plain: &str) -> Result<String> {
        let mut nonce = [0u8; 12];
        self.random.fill(&mut nonce).ok().context("drawing a nonce")?;
        let mut sealed = plain.as_bytes().to_vec();
        self.seal
            .seal_in_place_append_tag(aead::Nonce::assume_unique_for_key(nonce), aead::Aad::empty(), &mut sealed)
            .ok()
            .context("sealing a protected field")?;
        let mut out = nonce.to_vec();
        out.append(&mut sealed);
        Ok(URL_SAFE_NO_PAD.encode(out))
    }

    /// Opens what [`Keys::seal`] made.
    pub fn open(&self, sealed: &str) -> Result<String> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).context("reading a sealed field")?;
        ensure!(bytes.len() > 12, "a sealed field is too short");
        let (nonce, body) = bytes.split_at(12);
        let nonce = aead::Nonce::try_assume_unique_for_key(nonce).ok().context("reading a nonce")?;
        let mut body = body.to_vec();
        let plain = self
            .seal
            .open_in_place(nonce, aead::Aad::empty(), &mut body)
            .ok()
            .context("a sealed field does not open under this key")?;
        Ok(std::str::from_utf8(plain).context("a sealed field is not text")?.to_owned())
    }

    /// The keyed hash by which a protected value of some field is found again.
    pub fn lookup(&self, field: &str, value: &str) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.lookup);
        context.update(field.as_bytes());
        context.update(&[0]);
        context.update(value.as_bytes());
        context.sign().as_ref().to_vec()
    }

    /// Signs a checkpoint (Ed25519).
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.signing.sign(message).as_ref().to_vec()
    }

    /// The public key that verifies [`Keys::sign`].
    pub fn public(&self) -> Vec<u8> {
        signature::KeyPair::public_key(&self.signing).as_ref().to_vec()
    }

    /// A random token of 32 bytes, as text for a cookie or a form.
    pub fn token(&self) -> Result<String> {
        let mut bytes = [0u8; 32];
        self.random.fill(&mut bytes).ok().context("drawing a token")?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Hexadecimal digits as bytes; nothing when they are not.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok()).collect()
}

fn derive(secret: &[u8], purpose: &[u8]) -> Result<[u8; 32]> {
    let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"dayaq");
    let mut out = [0; 32];
    salt.extract(secret)
        .expand(&[purpose], hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut out))
        .ok()
        .context("deriving a key")?;
    Ok(out)
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{text}")?;
    Ok(file.sync_all()?)
}
