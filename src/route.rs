//! The URL's hash: which page is shown. Works on any static host and under any path.

use std::fmt;
use std::str::FromStr;

/// A page of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Route {
    #[default]
    Home,
    Data,
}

impl Route {
    /// In the order of the navigation.
    pub const ALL: [Route; 2] = [Route::Home, Route::Data];

    /// As the navigation and the window's title name it.
    pub fn title(self) -> &'static str {
        match self {
            Route::Home => "Home",
            Route::Data => "Data",
        }
    }
}

/// No page has this address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRoute(pub String);

impl fmt::Display for UnknownRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "There is no page {:?}.", self.0)
    }
}

impl std::error::Error for UnknownRoute {}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Route::Home => "#/",
            Route::Data => "#/data",
        })
    }
}

impl FromStr for Route {
    type Err = UnknownRoute;

    /// Reads a location's hash; none at all is the first page. What follows a `?` belongs to the
    /// page.
    fn from_str(hash: &str) -> Result<Route, UnknownRoute> {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let path = path.split('?').next().unwrap_or_default().trim_end_matches('/');
        match path {
            "" => Ok(Route::Home),
            "data" => Ok(Route::Data),
            unknown => Err(UnknownRoute(unknown.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_by_its_address() {
        for route in Route::ALL {
            assert_eq!(route.to_string().parse(), Ok(route));
        }
        for (hash, want) in
            [("", Route::Home), ("#", Route::Home), ("#/data/", Route::Data), ("#/?x=1", Route::Home)]
        {
            assert_eq!(hash.parse(), Ok(want), "{hash}");
        }
        assert_eq!("#/nowhere".parse::<Route>(), Err(UnknownRoute("nowhere".into())));
    }
}
