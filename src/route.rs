//! The URL's hash: which page is shown, and of which team. Works on any static host and under any path.

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

/// What the pages show of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only the items of that team; its name is the data's.
    pub team: Option<String>,
}

impl Filter {
    /// Reads what stands behind the `?` of a location's hash. What it does not know it passes over.
    pub fn of_hash(hash: &str) -> Filter {
        let query = hash.split_once('?').map_or("", |(_, query)| query);
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Filter { team: pairs.find(|(name, _)| *name == "team").map(|(_, value)| decoded(value)) }
    }

    /// The address of a page with this filter.
    pub fn address(&self, route: Route) -> String {
        match &self.team {
            Some(team) => format!("{route}?team={}", encoded(team)),
            None => route.to_string(),
        }
    }
}

/// With everything that means something in an address written as `%` and two digits (RFC 3986).
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let each = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(each).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
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

    #[test]
    fn a_team_of_any_name_is_found_again() {
        for team in ["Blue", "R&D / Größe=100 %", "a?b#c", "%zz"] {
            let filter = Filter { team: Some(team.to_owned()) };
            let address = filter.address(Route::Data);
            assert_eq!(Filter::of_hash(&address), filter, "{address}");
            assert_eq!(address.parse(), Ok(Route::Data), "{address}");
        }
        assert_eq!(Filter::of_hash("#/?x=1"), Filter::default());
        assert_eq!(Filter::default().address(Route::Home), "#/");
        assert_eq!(decoded("100%"), "100%");
    }
}
