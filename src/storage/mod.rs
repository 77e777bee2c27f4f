//! What is kept between visits, or given to others, as text: versioned, and told from what is not ours. Pure; the
//! browser's side of it is `ui::store`.

mod columns;
mod document;
mod envelope;
mod link;
mod moments;
mod notes;
mod units;
mod words;

pub use document::{Contents, Document};
pub use envelope::{Envelope, OpenError, VERSION};
pub use link::Link;
pub use notes::{NOTES_VERSION, Notes};
