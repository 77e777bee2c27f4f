//! Reads `index.html`, the only description of the bundle. What is not understood here is an error.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::Outcome;

/// What `index.html` asks to have bundled, and the page around it.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// The program's binary.
    pub bin: String,
    /// Programs that are loaded when they are needed: the manifest of each, and its binary.
    pub parts: Vec<(String, String)>,
    /// Stylesheets, in order, relative to the repository.
    pub styles: Vec<String>,
    /// Files copied as they are.
    pub copied: Vec<String>,
    html: String,
    links: Vec<(std::ops::Range<usize>, Link)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Link {
    Program,
    Style(String),
    Copy,
}

impl Page {
    /// Reads the page's `<link data-bundle …>`.
    pub fn parse(html: &str) -> Outcome<Page> {
        let mut page = Page {
            bin: String::new(),
            parts: Vec::new(),
            styles: Vec::new(),
            copied: Vec::new(),
            html: html.to_owned(),
            links: Vec::new(),
        };
        let mut from = 0;
        while let Some(start) = html[from..].find("<link").map(|at| from + at) {
            let end = html[start..].find('>').map(|at| start + at + 1);
            let end = end.ok_or("index.html: a <link is never closed")?;
            let tag = &html[start..end];
            from = end;
            if !tag.contains("data-bundle") {
                continue;
            }
            let of = |name| attribute(tag, name).ok_or_else(|| format!("index.html: {tag} has no {name}"));
            let link = match of("rel")?.as_str() {
                "part" => {
                    page.parts.push((of("href")?, of("data-bin")?));
                    Link::Program
                }
                "program" => {
                    page.bin = of("data-bin")?;
                    Link::Program
                }
                "css" => {
                    let href = of("href")?;
                    page.styles.push(href.clone());
                    Link::Style(file_name(&href).to_owned())
                }
                "copy-file" => {
                    page.copied.push(of("href")?);
                    Link::Copy
                }
                other => {
                    return Err(format!(
                        "index.html: xtask can't bundle rel=\"{other}\"; teach xtask/src/page.rs"
                    ));
                }
            };
            page.links.push((start..end, link));
        }
        match page.bin.is_empty() {
            true => Err("index.html: there is no <link data-bundle rel=\"program\" data-bin=…>".to_owned()),
            false => Ok(page),
        }
    }

    /// The page as it is served. `version` goes behind our files' names, so that a host's caches never
    /// mix two releases; empty for none.
    pub fn bundled(&self, version: &str) -> String {
        let mut html = String::new();
        let mut from = 0;
        for (place, link) in &self.links {
            html += &self.html[from..place.start];
            if let Link::Style(name) = link {
                html += &format!("<link rel=\"stylesheet\" href=\"./{name}{version}\" />");
            }
            from = place.end;
        }
        html += &self.html[from..];
        html.replace("src=\"boot.js\"", &format!("src=\"boot.js{version}\""))
    }
}

/// What a page that needs no other file has in it.
pub struct Inside<'a> {
    pub styles: &'a str,
    /// JavaScript, a module.
    pub script: &'a str,
    /// The program, deflated, in base64.
    pub program: &'a str,
    /// Each part's name, and it like the program.
    pub parts: &'a [(&'a str, String)],
    /// The icon's address, as `data:`.
    pub icon: &'a str,
    /// Each other language's code and texts.
    pub texts: &'a [(&'a str, String)],
}

impl Page {
    /// The page with everything in it, so that it opens from a disk. Its policy lets run what has the right checksum
    /// and nothing else, and lets it ask for nothing at all.
    pub fn alone(&self, inside: &Inside) -> Outcome<String> {
        if inside.script.contains("</script")
            || inside.styles.contains("</style")
            || inside.script.contains('\r')
        {
            return Err("a script or a style would end too early within a page".to_owned());
        }
        let policy = format!(
            "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data: blob:; base-uri 'none'; form-action 'none'",
            checksum(inside.script.as_bytes()),
            checksum(inside.styles.as_bytes()),
        );
        // All that the page asks for by name goes.
        let mut html = self.bundled("");
        for start in ["<link rel=\"stylesheet\"", "<link rel=\"manifest\"", "<link rel=\"icon\"", "<script "]
        {
            while let Some(at) = html.find(start) {
                let length = html[at..].find('>').ok_or("index.html: a tag is never closed")? + 1;
                html.replace_range(at..at + length, "");
            }
        }
        html = html.replace("</script>", "");
        let of_policy = "content=\"default-src";
        let at = html.find(of_policy).ok_or("index.html has no policy")? + "content=\"".len();
        let length = html[at..].find('"').ok_or("index.html: its policy never ends")?;
        html.replace_range(at..at + length, &policy);
        let head = format!(
            "<link rel=\"icon\" href=\"{}\" />\n    <style>{}</style>\n  </head>",
            inside.icon, inside.styles
        );
        let mut texts = String::new();
        for (language, json) in inside.texts {
            if json.contains("</") {
                return Err(format!("the texts of {language} would end too early within a page"));
            }
            texts += &format!(
                "<script type=\"application/json\" id=\"ballpark-{language}\">{json}</script>\n    "
            );
        }
        let parts: String = inside
            .parts
            .iter()
            .map(|(name, part)| {
                format!("<script type=\"text/plain\" id=\"ballpark-{name}\">{part}</script>\n    ")
            })
            .collect();
        let body = format!(
            "<script type=\"application/json\" id=\"ballpark-data\"></script>\n    {texts}{parts}<script type=\"text/plain\" id=\"ballpark-program\">{}</script>\n    <script type=\"module\">{}</script>\n  </body>",
            inside.program, inside.script
        );
        // Lines of which nothing is left.
        let html = html.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n") + "\n";
        Ok(html.replacen("</head>", &head, 1).replacen("</body>", &body, 1))
    }
}

/// As policies and `integrity` write it.
pub fn checksum(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// The name a bundled file gets: all of them lie side by side.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?;
    value.split('"').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = r#"<head>
<link data-bundle rel="program" data-bin="app" />
<link data-bundle rel="part" href="part/Cargo.toml" data-bin="part" />
<link data-bundle rel="css" href="style/a.css" />
<link rel="icon" href="icon.svg">
<link data-bundle rel="copy-file" href="boot.js">
<script src="boot.js"></script>"#;

    #[test]
    fn the_page_says_what_is_bundled() {
        let page = Page::parse(HTML).unwrap();
        assert_eq!(
            (page.bin.as_str(), &page.styles, &page.copied),
            ("app", &vec!["style/a.css".into()], &vec!["boot.js".into()])
        );
        assert_eq!(page.parts, [("part/Cargo.toml".to_owned(), "part".to_owned())]);
        let html = page.bundled("?v=1");
        assert!(html.contains(r#"<link rel="stylesheet" href="./a.css?v=1" />"#), "{html}");
        assert!(
            html.contains(r#"<link rel="icon" href="icon.svg">"#) && html.contains(r#"src="boot.js?v=1""#)
        );
        assert!(!html.contains("data-bundle"), "{html}");
    }

    #[test]
    fn a_page_alone_asks_for_nothing() {
        let html = std::fs::read_to_string(crate::root().join("index.html")).unwrap();
        let page = Page::parse(&html).unwrap();
        let inside = Inside {
            styles: "a{}\n\nb{}",
            script: "\nrun()\n",
            program: "QUJD",
            parts: &[("excel", "REVG".to_owned()), ("apart", "R0hJ".to_owned())],
            icon: "data:image/svg+xml;base64,QQ==",
            texts: &[("de", "{\"Home\":\"Start\"}".to_owned())],
        };
        let alone = page.alone(&inside).unwrap();
        for asked in ["src=", "rel=\"stylesheet\"", "manifest", "'self'", "data-bundle"] {
            assert!(!alone.contains(asked), "{asked} in {alone}");
        }
        assert!(alone.contains(&checksum(b"\nrun()\n")) && alone.contains("id=\"ballpark-data\"></script>"));
        for inside in
            ["id=\"ballpark-excel\">REVG</script>", "id=\"ballpark-de\">{\"Home\":\"Start\"}</script>"]
        {
            assert!(alone.contains(inside), "{inside} in {alone}");
        }
        assert!(page.alone(&Inside { texts: &[("de", "</script>".to_owned())], ..inside }).is_err());
        assert!(page.alone(&Inside { script: "'</script>'", ..inside }).is_err());
        // The empty text's, as every tool has it.
        assert_eq!(checksum(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn what_xtask_does_not_know_is_an_error() {
        assert!(Page::parse(r#"<link data-bundle rel="sass" href="a.scss">"#).is_err());
        assert!(Page::parse("<p>").is_err());
    }

    #[test]
    fn the_projects_own_files_are_understood() {
        let root = crate::root();
        let read = |name| std::fs::read_to_string(root.join(name)).unwrap();
        let page = Page::parse(&read("index.html")).unwrap();
        assert_eq!(page.bin, "ballpark");
        for file in page.styles.iter().chain(&page.copied) {
            assert!(root.join(file).is_file(), "{file}");
        }
    }
}
