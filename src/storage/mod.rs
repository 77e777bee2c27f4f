//! What is kept between visits, as text: a versioned envelope around the workspace. Pure; the
//! browser's side of it is `ui::store`.

mod envelope;
mod notes;

pub use envelope::{Envelope, OpenError, VERSION};
pub use notes::{NOTES_VERSION, Notes};
