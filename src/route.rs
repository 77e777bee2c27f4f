//! The URL's hash: which page is shown, and which of the data. Works on any static host and under any path.

use std::fmt;
use std::str::FromStr;

use crate::model::{Filter, Kind, Role};

/// A page of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Route {
    #[default]
    Home,
    Cadence,
    CycleTime,
    InProgress,
    Estimates,
    Quality,
    Capacity,
    Forecast,
    Roadmap,
    Notebook,
    Data,
    /// What is given to others, and how.
    Share,
    /// What matters to somebody in that role.
    Role(Role),
}

impl Route {
    /// The pages that are the same for everybody, in the order of the navigation.
    pub const PAGES: [Route; 11] = [
        Route::Home,
        Route::Cadence,
        Route::CycleTime,
        Route::InProgress,
        Route::Estimates,
        Route::Quality,
        Route::Capacity,
        Route::Forecast,
        Route::Roadmap,
        Route::Notebook,
        Route::Data,
    ];

    /// Every page.
    pub fn all() -> impl Iterator<Item = Route> {
        Route::PAGES.into_iter().chain([Route::Share]).chain(Role::ALL.into_iter().map(Route::Role))
    }

    /// As the navigation and the window's title name it.
    pub fn title(self) -> &'static str {
        match self {
            Route::Home => t!("Home"),
            Route::Cadence => t!("Cadence"),
            Route::CycleTime => t!("Cycle time"),
            Route::InProgress => t!("In progress"),
            Route::Estimates => t!("Estimates"),
            Route::Quality => t!("Quality"),
            Route::Capacity => t!("Capacity"),
            Route::Forecast => t!("Forecast"),
            Route::Roadmap => t!("Roadmap"),
            Route::Notebook => t!("Notebook"),
            Route::Data => t!("Data"),
            Route::Share => t!("Share"),
            Route::Role(role) => role.title(),
        }
    }
}

/// No page has this address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRoute(pub String);

impl fmt::Display for UnknownRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&say!("There is no page {:?}.", self.0))
    }
}

impl std::error::Error for UnknownRoute {}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Route::Home => "#/",
            Route::Cadence => "#/cadence",
            Route::CycleTime => "#/cycle-time",
            Route::InProgress => "#/in-progress",
            Route::Estimates => "#/estimates",
            Route::Quality => "#/quality",
            Route::Capacity => "#/capacity",
            Route::Forecast => "#/forecast",
            Route::Roadmap => "#/roadmap",
            Route::Notebook => "#/notebook",
            Route::Data => "#/data",
            Route::Share => "#/share",
            Route::Role(role) => return write!(f, "#/{}", role.id()),
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
            "cadence" => Ok(Route::Cadence),
            "cycle-time" => Ok(Route::CycleTime),
            "in-progress" => Ok(Route::InProgress),
            "estimates" => Ok(Route::Estimates),
            "quality" => Ok(Route::Quality),
            "capacity" => Ok(Route::Capacity),
            "forecast" => Ok(Route::Forecast),
            "roadmap" => Ok(Route::Roadmap),
            "notebook" => Ok(Route::Notebook),
            "data" => Ok(Route::Data),
            "share" => Ok(Route::Share),
            other => Role::named(other).map(Route::Role).ok_or_else(|| UnknownRoute(other.to_owned())),
        }
    }
}

/// Reads which of the data is looked at from what stands behind the `?` of a location's hash. What it does
/// not know, and values that make no sense, it passes over.
pub fn filter_of(hash: &str) -> Filter {
    let mut filter = Filter::default();
    for (name, value) in pairs(hash) {
        match name {
            "from" => filter.from = value.parse().ok(),
            "to" => filter.to = value.parse().ok(),
            "team" => filter.team = Some(value),
            "kind" => filter.kind = KINDS.iter().find(|(word, _)| *word == value).map(|(_, kind)| *kind),
            "type" => filter.type_name = Some(value),
            "project" => filter.project = Some(value),
            "area" => filter.area = Some(value),
            "label" => filter.label = Some(value),
            "mine" => filter.mine = value == "1",
            "compare" => filter.compare = value == "1",
            "items" => filter.items = value.parse().ok().filter(|n| (1..=Filter::MOST_ITEMS).contains(n)),
            "by" => filter.by = value.parse().ok(),
            "method" => filter.method = Some(value),
            "data" => filter.data = Some(value).filter(|name| !name.is_empty()),
            _ => {}
        }
    }
    filter
}

/// The key of the item that is looked at, if the location's hash names one.
pub fn item_of(hash: &str) -> Option<String> {
    pairs(hash).find(|(name, _)| *name == "item").map(|(_, value)| value)
}

/// Whether the location's hash asks for the made-up team, for a link that shows what Ballpark is.
pub fn asks_for_sample(hash: &str) -> bool {
    pairs(hash).any(|(name, value)| name == "sample" && value == "1")
}

/// The shared workspace that the location's hash carries, as text.
pub fn link_of(hash: &str) -> Option<String> {
    pairs(hash).find(|(name, _)| *name == "w").map(|(_, value)| value)
}

/// The same address with a shared workspace in it.
pub fn with_link(address: &str, link: &str) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}w={link}")
}

/// The same address without a shared workspace, which is too long to be carried from page to page.
pub fn without_link(hash: &str) -> String {
    let Some((route, query)) = hash.split_once('?') else { return hash.to_owned() };
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("w=")).collect();
    if rest.is_empty() { route.to_owned() } else { format!("{route}?{}", rest.join("&")) }
}

/// The part of a page that is to be seen, if the location's hash names one.
pub fn part_of(hash: &str) -> Option<String> {
    pairs(hash).find(|(name, _)| *name == "see").map(|(_, value)| value)
}

/// The address of a part of a page.
pub fn address_of_part(route: Route, filter: &Filter, part: &str) -> String {
    let address = address(route, filter, None);
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}see={}", encoded(part))
}

fn pairs(hash: &str) -> impl Iterator<Item = (&str, String)> {
    let query = hash.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name, decoded(value)))
}

const KINDS: [(&str, Kind); 4] =
    [("feature", Kind::Feature), ("bug", Kind::Bug), ("chore", Kind::Chore), ("other", Kind::Other)];

/// The address of a page with that filter, and with the item of that key open.
pub fn address(route: Route, filter: &Filter, item: Option<&str>) -> String {
    let flag = |set: bool| set.then(|| "1".to_owned());
    let kind = filter.kind.and_then(|kind| KINDS.iter().find(|(_, of)| *of == kind));
    let pairs = [
        ("from", filter.from.map(|day| day.to_string())),
        ("to", filter.to.map(|day| day.to_string())),
        ("team", filter.team.clone()),
        ("kind", kind.map(|(word, _)| (*word).to_owned())),
        ("type", filter.type_name.clone()),
        ("project", filter.project.clone()),
        ("area", filter.area.clone()),
        ("label", filter.label.clone()),
        ("mine", flag(filter.mine)),
        ("compare", flag(filter.compare)),
        ("items", filter.items.map(|items| items.to_string())),
        ("by", filter.by.map(|day| day.to_string())),
        ("method", filter.method.clone()),
        ("data", filter.data.clone()),
        ("item", item.map(str::to_owned)),
    ];
    let pairs = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded(&value?))));
    let query: Vec<String> = pairs.collect();
    if query.is_empty() { route.to_string() } else { format!("{route}?{}", query.join("&")) }
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
        for route in Route::all() {
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
    fn a_filter_of_any_names_is_found_again() {
        for name in ["Blue", "R&D / Größe=100 %", "a?b#c", "%zz", ""] {
            let name = Some(name.to_owned());
            let filter = Filter {
                from: "2024-02-29".parse().ok(),
                to: "2024-12-31".parse().ok(),
                team: name.clone(),
                kind: Some(Kind::Bug),
                type_name: name.clone(),
                project: name.clone(),
                area: name.clone(),
                label: name.clone(),
                mine: true,
                compare: true,
                items: Some(20),
                by: "2025-01-31".parse().ok(),
                method: name.clone(),
                data: name.clone().filter(|name| !name.is_empty()),
            };
            let address = address(Route::CycleTime, &filter, name.as_deref());
            assert_eq!(filter_of(&address), filter, "{address}");
            assert_eq!(item_of(&address), name, "{address}");
            assert_eq!(address.parse(), Ok(Route::CycleTime), "{address}");
        }
        let filter = Filter { team: Some("a&b".into()), ..Filter::default() };
        for filter in [filter, Filter::default()] {
            let address = address_of_part(Route::Cadence, &filter, "flow");
            assert_eq!((part_of(&address).as_deref(), filter_of(&address)), (Some("flow"), filter));
        }
        assert_eq!(filter_of("#/?x=1&from=tomorrow&kind=zebra&mine=yes"), Filter::default());
        assert_eq!(address(Route::Home, &Filter::default(), None), "#/");
        assert_eq!(decoded("100%"), "100%");
        let link = with_link("#/cto?team=Blue", "v6.a-_b");
        assert_eq!(
            (link_of(&link).as_deref(), without_link(&link).as_str()),
            (Some("v6.a-_b"), "#/cto?team=Blue")
        );
        assert_eq!(without_link(&with_link("#/", "x")), "#/");
    }
}
