//! What forecasts said of real teams' pasts, against what came. `cargo test --test forecasts -- --nocapture` prints the
//! table.

mod common;

use ballpark::forecast::{
    HORIZONS, History, METHODS, PLAIN, Question, Score, Trial, choose, replay, score, velocity,
};
use ballpark::import::{self, File};
use ballpark::model::{Filter, Settings, Zone};
use ballpark::pace::{Pace, straight};
use ballpark::report::Analysis;
use common::real_data;

/// Every data set that tells a year or more of finished work, and the projects of one of them.
const SETS: &[(&str, Option<&str>, &[&str])] = &[
    ("cfrg-vdaf", None, &["github-json/cfrg-vdaf-archive.json"]),
    ("agile-project", None, &["agile-project/jira.csv"]),
    ("tidev", None, &["jira-json/tidev-search.json"]),
    ("tidev, Alloy", Some("Alloy"), &["jira-json/tidev-search.json"]),
    ("tidev, Modules", Some("Appcelerator Modules"), &["jira-json/tidev-search.json"]),
    ("tidev, Daemon", Some("Appcelerator Daemon"), &["jira-json/tidev-search.json"]),
    ("public Jira estimates", None, &["public-jira-estimates/clean_data_v2.csv"]),
    ("SiP", None, &["sip/Sip-task-info.csv", "sip/est-act-dates.csv"]),
];

fn history(folder: &std::path::Path, project: Option<&str>, files: &[&str]) -> History {
    let read: Vec<(&str, Vec<u8>)> = files
        .iter()
        .map(|name| (*name, std::fs::read(folder.join(name)).expect("a file of the data")))
        .collect();
    let files: Vec<File> = read.iter().map(|(name, bytes)| File { name, bytes }).collect();
    let workspace = import::read(&files).expect("it can be read");
    let filter = Filter { project: project.map(str::to_owned), ..Filter::default() };
    let now = "2026-11-25T12:00:00Z".parse().expect("a time");
    let analysis = Analysis::filtered(&workspace, &Settings::default(), &filter, &Zone::UTC, now);
    History::of(&analysis.dates, analysis.window, analysis.calendar()).expect("a year of weeks")
}

fn later(question: Question, trials: impl Iterator<Item = Trial>) -> Score {
    score(question, &trials.collect::<Vec<_>>())
}

/// Trials, how many came true at 85 %, and the pinball loss, over all sets.
#[derive(Clone, Copy, Default)]
struct Sum {
    trials: usize,
    covered: usize,
    pinball: f64,
}

impl Sum {
    fn add(&mut self, score: &Score) {
        self.trials += score.trials;
        self.covered += score.covered[2];
        self.pinball += score.mean_pinball();
    }

    fn share(self) -> f64 {
        self.covered as f64 / self.trials as f64
    }
}

#[test]
fn the_chosen_method_keeps_its_word_better_than_the_usual_ones() {
    let Some(folder) = real_data() else { return };
    let (mut chosen, mut velocities) = (Sum::default(), Sum::default());
    let mut methods = vec![Sum::default(); METHODS.len()];
    println!("set, weeks asked ahead: coverage at 85 %, mean pinball loss; later half of the past");
    for (name, project, files) in SETS {
        let history = history(&folder, *project, files);
        let begun = std::time::Instant::now();
        let choice = straight(choose(&history, None, &Pace::STRAIGHT)).expect("nothing pauses");
        println!(
            "\n{name}: {} weeks; {} widened by {} ({:?}, {:.1} s)",
            history.weeks.len(),
            choice.method.id,
            choice.sigma,
            choice.why,
            begun.elapsed().as_secs_f64()
        );
        for horizon in HORIZONS {
            let question = Question::HowMany { weeks: horizon };
            let say = |name: &str, of: &Score| {
                let between = of.between(2).expect("trials");
                println!(
                    "  {horizon:>2} weeks  {name:<18} {:.3} ({:.2} to {:.2}; {} trials, {} apart)  {:.2}",
                    of.share(2).expect("trials"),
                    between.low,
                    between.high,
                    of.trials,
                    of.apart,
                    of.mean_pinball()
                );
            };
            for (method, sum) in METHODS.iter().zip(&mut methods) {
                let of = later(question, replay(&history, question, method, 0.0, choice.later_from));
                say(method.id, &of);
                sum.add(&of);
            }
            let plain = replay(&history, question, PLAIN, 0.0, choice.later_from);
            let said = plain.map(|trial| Trial { said: velocity(&history, question, trial.known), ..trial });
            let of = later(question, said);
            say("average velocity", &of);
            velocities.add(&of);
            let of =
                later(question, replay(&history, question, choice.method, choice.sigma, choice.later_from));
            say("the chosen one", &of);
            chosen.add(&of);
        }
    }
    println!("\nover all: coverage at 85 %, sum of the mean pinball losses");
    for (method, sum) in METHODS.iter().zip(&methods) {
        println!("  {:<18} {:.3}  {:.1}", method.id, sum.share(), sum.pinball);
    }
    println!("  {:<18} {:.3}  {:.1}", "average velocity", velocities.share(), velocities.pinball);
    println!("  {:<18} {:.3}  {:.1}", "the chosen one", chosen.share(), chosen.pinball);
    assert!((chosen.share() - 0.85).abs() < 0.05, "{}", chosen.share());
    assert!(chosen.pinball < methods[0].pinball && chosen.pinball < velocities.pinball);
}
