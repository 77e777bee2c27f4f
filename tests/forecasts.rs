//! What forecasts said of real teams' pasts, against what came. `cargo test --test forecasts -- --nocapture` prints the
//! table.

mod common;

use ballpark::forecast::{
    HORIZONS, History, METHODS, Method, Outlook, PLAIN, Question, Score, Trial, choose, replay, score,
    shares, velocity,
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

/// Of plain Monte Carlo, on the later half: computed in Python with numpy, from the files' finish dates alone. Weeks ahead,
/// trials, how many came true at 85 %, mean pinball loss of it and of the average velocity.
const INDEPENDENT: &[(&str, usize, usize, usize, f64, f64)] = &[
    ("cfrg-vdaf", 4, 107, 101, 1.02, 1.93),
    ("cfrg-vdaf", 12, 99, 72, 2.73, 4.46),
    ("agile-project", 4, 187, 115, 13.68, 18.20),
    ("agile-project", 12, 179, 110, 45.24, 52.65),
    ("tidev", 4, 239, 152, 2.12, 5.97),
    ("tidev", 12, 231, 69, 7.91, 17.21),
    ("public Jira estimates", 4, 456, 334, 1.67, 3.68),
    ("public Jira estimates", 12, 448, 232, 5.89, 10.24),
    ("SiP", 4, 269, 63, 11.09, 33.83),
    ("SiP", 12, 261, 0, 56.53, 101.65),
];

/// Several windows with uncertain shares, by 200,000 draws of Dirichlet weights in Python: at least so many in the next 12
/// weeks, with 50, 70, 85 and 95 %.
#[test]
fn uncertain_shares_are_those_of_a_dirichlet_distribution() {
    let Some(folder) = real_data() else { return };
    let (_, project, files) = SETS[0];
    let history = history(&folder, project, files);
    let several = Method::named("several-windows").expect("a method");
    let told = Outlook::of(several, history.known(), 0.0).how_many(12, shares());
    assert_eq!(told, [4, 2, 1, 0]);
}

#[test]
fn the_chosen_method_keeps_its_word_better_than_the_usual_ones() {
    let Some(folder) = real_data() else { return };
    let (mut chosen, mut velocities) = (Sum::default(), Sum::default());
    let mut methods = vec![Sum::default(); METHODS.len()];
    let mut compared = 0;
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
            let plain: Vec<Trial> = replay(&history, question, PLAIN, 0.0, choice.later_from).collect();
            let plainly = score(question, &plain);
            let said = plain
                .into_iter()
                .map(|trial| Trial { said: velocity(&history, question, trial.known), ..trial });
            let of = later(question, said);
            say("average velocity", &of);
            velocities.add(&of);
            let oracle = INDEPENDENT.iter().find(|(set, weeks, ..)| (*set, *weeks) == (*name, horizon));
            if let Some(&(.., trials, covered, loss, loss_of_velocity)) = oracle {
                compared += 1;
                assert_eq!(
                    (plainly.trials, plainly.covered[2]),
                    (trials, covered),
                    "{name}, {horizon} weeks"
                );
                let losses = [(plainly.mean_pinball(), loss), (of.mean_pinball(), loss_of_velocity)];
                for (ours, theirs) in losses {
                    assert!((ours - theirs).abs() < 0.006, "{name}, {horizon} weeks: {ours} and {theirs}");
                }
            }
            let of =
                later(question, replay(&history, question, choice.method, choice.sigma, choice.later_from));
            say("the chosen one", &of);
            chosen.add(&of);
        }
    }
    assert_eq!(compared, INDEPENDENT.len());
    println!("\nover all: coverage at 85 %, sum of the mean pinball losses");
    for (method, sum) in METHODS.iter().zip(&methods) {
        println!("  {:<18} {:.3}  {:.1}", method.id, sum.share(), sum.pinball);
    }
    println!("  {:<18} {:.3}  {:.1}", "average velocity", velocities.share(), velocities.pinball);
    println!("  {:<18} {:.3}  {:.1}", "the chosen one", chosen.share(), chosen.pinball);
    assert!((chosen.share() - 0.85).abs() < 0.05, "{}", chosen.share());
    assert!(chosen.pinball < methods[0].pinball && chosen.pinball < velocities.pinball);
}
