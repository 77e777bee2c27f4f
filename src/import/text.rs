//! Bytes -> text: which encoding, and whether it is text at all.

use std::borrow::Cow;

use super::ImportError;
use crate::model::Encoding;
use crate::pace::Pace;

/// Decoded text and the encoding it was in.
pub struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub encoding: Encoding,
}

/// Decodes an export, in the encoding that is said, or else found out: a byte order mark decides; valid
/// UTF-8 is UTF-8; text with a zero in every other byte is UTF-16; else it is Windows-1252, which every
/// byte sequence is.
///
/// # Errors
/// [`ImportError::Empty`] and [`ImportError::NotText`].
pub async fn decode<'b>(
    bytes: &'b [u8],
    said: Option<Encoding>,
    pace: &Pace<'_>,
) -> Result<Decoded<'b>, ImportError> {
    if let Some(looks_like) = binary(bytes) {
        return Err(ImportError::NotText { looks_like });
    }
    let (encoding, valid) = match said {
        Some(encoding) => (encoding, None),
        None => encoding_of(bytes, pace).await,
    };
    let text = match (encoding, bytes) {
        (Encoding::Utf8, _) => match valid {
            Some(text) => Cow::Owned(text),
            None => String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
        },
        (Encoding::Utf16Le, _) => utf16(bytes.strip_prefix(b"\xFF\xFE").unwrap_or(bytes), u16::from_le_bytes),
        (Encoding::Utf16Be, _) => utf16(bytes.strip_prefix(b"\xFE\xFF").unwrap_or(bytes), u16::from_be_bytes),
        (Encoding::Windows1252, _) => {
            let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
            for part in bytes.chunks(PART) {
                text.extend(part.iter().map(|&byte| windows_1252(byte)));
                pace.at(text.len(), bytes.len()).await;
            }
            Cow::Owned(text)
        }
    };
    if text.trim_start().is_empty() {
        return Err(ImportError::Empty);
    }
    if said.is_none() && text.chars().take(4096).any(|c| c == '\0') {
        return Err(ImportError::NotText { looks_like: t!("a binary file") });
    }
    Ok(Decoded { text, encoding })
}

/// How much is decoded between two pauses.
const PART: usize = 1 << 18;

/// The encoding, and the text if it is valid UTF-8.
async fn encoding_of(bytes: &[u8], pace: &Pace<'_>) -> (Encoding, Option<String>) {
    let zeros = |odd: usize| {
        let start = bytes.get(..bytes.len().min(400)).unwrap_or_default();
        let half = start.iter().skip(odd).step_by(2);
        start.len() >= 8 && half.clone().filter(|&&byte| byte == 0).count() * 2 > half.count()
    };
    match bytes {
        [0xFF, 0xFE, ..] => return (Encoding::Utf16Le, None),
        [0xFE, 0xFF, ..] => return (Encoding::Utf16Be, None),
        _ if zeros(1) && !zeros(0) => return (Encoding::Utf16Le, None),
        _ if zeros(0) && !zeros(1) => return (Encoding::Utf16Be, None),
        _ => {}
    }
    let marked = bytes.starts_with(b"\xEF\xBB\xBF");
    let mut rest = if marked { &bytes[3..] } else { bytes };
    let mut text = String::with_capacity(rest.len());
    let total = rest.len();
    let mut damaged = 0;
    while !rest.is_empty() {
        let part = rest.get(..PART).unwrap_or(rest);
        let (valid, after) = match std::str::from_utf8(part) {
            Ok(valid) => (valid, part.len()),
            Err(error) => {
                let valid = std::str::from_utf8(&part[..error.valid_up_to()]).unwrap_or_default();
                // A character that the part cuts in two goes on in the next.
                let cut = error.error_len().is_none() && part.len() < rest.len() && !valid.is_empty();
                damaged += u32::from(!cut);
                (valid, valid.len() + if cut { 0 } else { error.error_len().unwrap_or(part.len()) })
            }
        };
        text.push_str(valid);
        if valid.len() < after {
            text.push(char::REPLACEMENT_CHARACTER);
        }
        // One damaged character in a text that is clearly UTF-8, as a download broken off in the middle
        // of one leaves.
        if damaged > 1 || (damaged == 1 && !marked && text.chars().all(|c| c.is_ascii() || c == '\u{FFFD}')) {
            return match marked {
                true => (Encoding::Utf8, None),
                false => (Encoding::Windows1252, None),
            };
        }
        rest = rest.get(after..).unwrap_or_default();
        pace.at(total - rest.len(), total).await;
    }
    (Encoding::Utf8, Some(text))
}

fn binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"7z\xBC\xAF", "a 7-Zip archive"),
        (b"RIFF", "an image or a sound"),
        (b"\x89PNG", "an image (PNG)"),
        (b"\xFF\xD8\xFF", "an image (JPEG)"),
        (b"GIF8", "an image (GIF)"),
        (b"%PDF", "a PDF document"),
        (b"SQLite format 3\0", "a database"),
    ];
    let found = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start));
    found.map(|&(_, name)| t!(name))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'static, str> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
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

    fn decode(bytes: &[u8], said: Option<Encoding>) -> Result<Decoded<'_>, ImportError> {
        crate::pace::straight(super::decode(bytes, said, &Pace::STRAIGHT)).expect("no pause")
    }

    #[test]
    fn the_encoding_is_found_out() {
        use Encoding::*;
        for (bytes, want, encoding) in [
            (&b"id,Gr\xC3\xB6\xC3\x9Fe"[..], "id,Größe", Utf8),
            (b"\xEF\xBB\xBFid", "id", Utf8),
            (b"\xFF\xFEi\0d\0", "id", Utf16Le),
            (b"\xFE\xFF\0i\0d", "id", Utf16Be),
            (b"i\0d\0,\0x\0y\0", "id,xy", Utf16Le),
            (b"\0i\0d\0,\0x\0y", "id,xy", Utf16Be),
            (b"don\x92t \x80", "don’t €", Windows1252),
            (b"Gr\xC3\xB6\xC3", "Grö\u{FFFD}", Utf8),
        ] {
            let decoded = decode(bytes, None).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding), (want, encoding));
        }
        assert_eq!(&*decode(b"Gr\xC3\xB6", Some(Windows1252)).unwrap().text, "GrÃ¶");
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b" \r\n ", None).err(), Some(ImportError::Empty));
        assert_eq!(decode(b"", None).err(), Some(ImportError::Empty));
        for bytes in [&b"\xFF\xD8\xFF\xE0"[..], b"\x89PNG\r\n", b"%PDF-1.7", b"a\0b\0c\0\0\0"] {
            assert!(matches!(decode(bytes, None), Err(ImportError::NotText { .. })), "{bytes:?}");
        }
    }
}
