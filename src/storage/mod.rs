//! What is kept between visits, as text: a versioned envelope around the workspace. Pure; the
//! browser's side of it is `ui::store`.

mod envelope;

pub use envelope::{Contents, Envelope, OpenError, VERSION};
