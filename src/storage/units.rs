//! Bytes as text of few units: fifteen bits in each. A browser's storage counts UTF-16 units, of which base64
//! would use six bits.

/// Every one of the 32,768 characters from here on is a single unit, and none is a surrogate.
const FIRST: u32 = 0x3400;
const BITS: u32 = 15;

/// The bytes as text. Its last character tells how many bits of the one before it count.
pub(super) fn pack(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 6);
    let (mut held, mut bits) = (0_u32, 0);
    let character = |value: u32| char::from_u32(FIRST + (value & 0x7fff)).unwrap_or_default();
    for &byte in bytes {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        if bits >= BITS {
            bits -= BITS;
            text.push(character(held >> bits));
            held &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        text.push(character(held << (BITS - bits)));
    }
    text.push(character(bits));
    text
}

/// The bytes again; `None` where the text is none of ours.
pub(super) fn unpack(text: &str) -> Option<Vec<u8>> {
    let value = |c: char| u32::from(c).checked_sub(FIRST).filter(|value| *value < 1 << BITS);
    let mut characters = text.chars();
    let rest = value(characters.next_back()?)?;
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0);
    let mut characters = characters.peekable();
    while let Some(character) = characters.next() {
        let is_last = characters.peek().is_none();
        let (value, more) = match is_last && rest > 0 {
            true => (value(character)? >> BITS.checked_sub(rest)?, rest),
            false => (value(character)?, BITS),
        };
        held = (held << more) | value;
        bits += more;
        while bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (bits == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_at_any_length() {
        for length in 0..200_usize {
            let bytes: Vec<u8> = (0..length).map(|n| (n * 89 + length * 7) as u8).collect();
            let text = pack(&bytes);
            assert_eq!(unpack(&text), Some(bytes), "{length}");
            assert!(text.chars().count() <= length * 8 / 15 + 2);
            assert!(text.chars().all(|c| c.len_utf16() == 1));
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["", "a", "㐀a", "a㐀", "㐀㐑㐂", "\u{FFFF}"] {
            assert_eq!(unpack(text), None, "{text}");
        }
        assert_eq!(unpack("㐀"), Some(Vec::new()));
    }
}
