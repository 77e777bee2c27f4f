//! A workspace within an address: what stands behind `#` is never sent to a server. Version history: a letter and
//! the envelope's version, then its columns and the notebook, deflated, in base64 for addresses.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::document::Contents;
use super::envelope::{OpenError, Packed, VERSION};
use crate::pace::Pace;

/// Writes and reads what stands in an address.
pub struct Link;

impl Link {
    /// Longer addresses are cut by some browsers or by what they are sent through, unsaid. WebKit takes 80,000
    /// characters; what is over that is not made into a link.
    pub const LONGEST: usize = 64_000;

    /// Addresses up to here go through chats and mails whole.
    pub const SHORT: usize = 8_000;

    /// No more than this is unpacked: far more than any link of that length holds of a team's data.
    const MOST: usize = 20_000_000;

    /// The contents as text that may stand in an address.
    ///
    /// # Errors
    /// When the contents have no JSON, which no value of these types can bring about.
    pub async fn write(contents: &Contents, pace: &Pace<'_>) -> Result<String, serde_json::Error> {
        let Contents { workspace, settings, notebook } = contents;
        let packed = Packed::seal(workspace, settings, Some(notebook), pace).await?;
        Ok(format!("v{VERSION}.{}", URL_SAFE_NO_PAD.encode(packed)))
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn read(text: &str) -> Result<Contents, OpenError> {
        let parts = text.strip_prefix('v').and_then(|rest| rest.split_once('.'));
        let parts = parts.and_then(|(version, packed)| Some((version.parse::<u32>().ok()?, packed)));
        let other =
            || OpenError::Unreadable { why: t!("it is cut off, or no link of Ballpark's").to_owned() };
        let (version, packed) = parts.ok_or_else(other)?;
        OpenError::check(version, VERSION)?;
        let packed = URL_SAFE_NO_PAD.decode(packed);
        let packed =
            packed.map_err(|error| OpenError::Unreadable { why: say!("it is damaged ({error})") })?;
        let (kept, notebook) = Packed::open(version, &packed, Link::MOST)?;
        let (workspace, settings) = kept.into_parts();
        Ok(Contents { workspace, settings, notebook: notebook.unwrap_or_default() }.plausible())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, Notebook, Settings};
    use crate::pace::straight;

    fn link() -> (Contents, String) {
        let today = Date::constant(2026, 11, 23);
        let mut notebook = Notebook::default();
        notebook.add_sample(crate::sample::notebook(today));
        let workspace = crate::sample::workspace(today);
        let contents = Contents { workspace, settings: Settings::default(), notebook };
        let text = straight(Link::write(&contents, &Pace::STRAIGHT)).unwrap().unwrap();
        (contents, text)
    }

    #[test]
    fn a_link_comes_back_whole_and_the_sample_fits_into_one() {
        let (contents, text) = link();
        assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)));
        assert!(text.len() < Link::LONGEST, "{}", text.len());
        assert_eq!(Link::read(&text), Ok(contents));
    }

    #[test]
    fn mutated_links_are_refused_and_random_ones_too() {
        let (_, text) = link();
        let mut random = fastrand::Rng::with_seed(8);
        let signs: Vec<char> =
            ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("-_.%=~ü".chars()).collect();
        for _ in 0..1000 {
            let mut mutated: Vec<char> = text.chars().collect();
            for _ in 0..random.usize(1..4) {
                let at = random.usize(0..mutated.len());
                match random.u8(0..3) {
                    0 => drop(mutated.remove(at)),
                    1 => mutated.insert(at, random.choice(&signs).copied().unwrap_or('x')),
                    _ => mutated.truncate(at.max(1)),
                }
            }
            let mutated: String = mutated.into_iter().collect();
            if mutated != text {
                assert!(Link::read(&mutated).is_err(), "{mutated:.60}");
            }
            let noise: String = (0..random.usize(0..300)).filter_map(|_| random.choice(&signs)).collect();
            for noise in [noise.clone(), format!("v{VERSION}.{noise}")] {
                assert!(Link::read(&noise).is_err(), "{noise}");
            }
        }
        let newer = text.replacen(&format!("v{VERSION}"), "v99", 1);
        assert_eq!(Link::read(&newer), Err(OpenError::Newer { version: 99, known: VERSION }));
    }

    #[test]
    fn a_link_that_unpacks_to_more_than_it_may_is_refused() {
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; Link::MOST + 1], 9);
        let bomb = format!("v{VERSION}.{}", URL_SAFE_NO_PAD.encode(bomb));
        assert!(bomb.len() < Link::LONGEST);
        assert!(Link::read(&bomb).is_err());
        let nested = "[".repeat(100_000);
        let nested = miniz_oxide::deflate::compress_to_vec_zlib(nested.as_bytes(), 9);
        assert!(Link::read(&format!("v{VERSION}.{}", URL_SAFE_NO_PAD.encode(nested))).is_err());
    }
}
