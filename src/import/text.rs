//! Bytes -> text: which encoding, and whether it is text at all.

use super::ImportError;

/// Decoded text and the name of the encoding it was in.
pub struct Decoded {
    pub text: String,
    pub encoding: &'static str,
}

/// Decodes an export. A byte order mark decides; else valid UTF-8 is UTF-8; else the text is
/// Windows-1252, which every byte sequence is.
///
/// # Errors
/// [`ImportError::Empty`] and [`ImportError::NotText`].
pub fn decode(bytes: &[u8]) -> Result<Decoded, ImportError> {
    if let Some(looks_like) = binary(bytes) {
        return Err(ImportError::NotText { looks_like });
    }
    let decoded = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes, "UTF-16 LE"),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes, "UTF-16 BE"),
        _ => utf8(bytes),
    };
    if decoded.text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    if decoded.text.chars().take(4096).any(|c| c == '\0') {
        return Err(ImportError::NotText { looks_like: "a binary file" });
    }
    Ok(decoded)
}

fn binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "an Excel workbook or a ZIP archive"),
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"\x89PNG", "an image (PNG)"),
        (b"\xFF\xD8\xFF", "an image (JPEG)"),
        (b"GIF8", "an image (GIF)"),
        (b"%PDF", "a PDF document"),
        (b"SQLite format 3\0", "a database"),
    ];
    let found = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start));
    found.map(|&(_, name)| name)
}

fn utf8(bytes: &[u8]) -> Decoded {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), encoding: "UTF-8" },
        Err(_) => {
            Decoded { text: bytes.iter().map(|&byte| windows_1252(byte)).collect(), encoding: "Windows-1252" }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, encoding: &'static str) -> Decoded {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Decoded { text: text.collect(), encoding }
}

/// Source: the WHATWG Encoding Standard's index for windows-1252.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found_out() {
        for (bytes, want, encoding) in [
            (&b"id,Gr\xC3\xB6\xC3\x9Fe"[..], "id,Größe", "UTF-8"),
            (b"\xEF\xBB\xBFid", "id", "UTF-8"),
            (b"\xFF\xFEi\0d\0", "id", "UTF-16 LE"),
            (b"\xFE\xFF\0i\0d", "id", "UTF-16 BE"),
            (b"don\x92t \x80", "don’t €", "Windows-1252"),
        ] {
            let decoded = decode(bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (want, encoding));
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b" \r\n ").err(), Some(ImportError::Empty));
        assert_eq!(decode(b"").err(), Some(ImportError::Empty));
        for bytes in [&b"PK\x03\x04xl"[..], b"\x89PNG\r\n", b"%PDF-1.7", b"a\0b\0c"] {
            assert!(matches!(decode(bytes), Err(ImportError::NotText { .. })), "{bytes:?}");
        }
    }
}
