//! Where in a JSON text a path leads, as line and column. The text is known to be JSON; used for errors only.

/// The line and the column (in bytes), both from 1, of an offset.
pub(crate) fn line_and_column(text: &[u8], offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    (before.iter().filter(|&&byte| byte == b'\n').count() + 1, before.len() - line_start + 1)
}

/// Where the value at a path such as `people[3].choices[0].cohort` begins.
pub(crate) fn offset(text: &str, path: &str) -> Option<usize> {
    let mut at = skip_space(text.as_bytes(), 0);
    for step in path.split(['.', '[']) {
        at = match step.strip_suffix(']') {
            Some(index) => element(text, at, index.parse().ok()?)?,
            None => field(text, at, step)?,
        };
    }
    Some(at)
}

fn element(text: &str, list: usize, index: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = skip_space(bytes, list + 1);
    for _ in 0..index {
        at = after_comma(bytes, after_value(bytes, at)?)?;
    }
    Some(at)
}

fn field(text: &str, object: usize, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = skip_space(bytes, object + 1);
    loop {
        let end = after_value(bytes, at)?;
        let found = serde_json::from_str::<String>(&text[at..end]).ok()? == name;
        let value = skip_space(bytes, skip_space(bytes, end) + 1);
        if found {
            return Some(value);
        }
        at = after_comma(bytes, after_value(bytes, value)?)?;
    }
}

fn after_comma(bytes: &[u8], at: usize) -> Option<usize> {
    let at = skip_space(bytes, at);
    (*bytes.get(at)? == b',').then(|| skip_space(bytes, at + 1))
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// The end of the value that begins here.
fn after_value(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, start);
    loop {
        match *bytes.get(at)? {
            b'"' => at = after_string(bytes, at)?,
            b'[' | b'{' => (depth, at) = (depth + 1, at + 1),
            b']' | b'}' => (depth, at) = (depth.checked_sub(1)?, at + 1),
            _ if depth > 0 => at += 1,
            _ => {
                let end = bytes[at..].iter().position(|byte| b",]} \t\r\n".contains(byte));
                return Some(end.map_or(bytes.len(), |end| at + end));
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

fn after_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}
