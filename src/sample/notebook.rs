//! What the made-up team has written down.

use crate::model::notebook::{
    CONTACT, DECISION, Form, INITIATIVE, OUTREACH, PLAN, PRACTICE, PROJECT, RISK, ROADMAP, SCENARIO, TIME,
    Values,
};
use crate::model::{Date, Weekday, day_from_number, day_number, week_of};

/// The sample team's records, with days around `today`.
pub fn notebook(today: Date) -> Vec<(&'static Form, Values)> {
    let day = |ago: i32| day_from_number(day_number(today) - ago).to_string();
    // The Monday of the week before this one.
    let monday = day_number(week_of(today, Weekday::Monday)) - 7;
    let mut records: Vec<(&'static Form, Values)> = Vec::new();
    let mut add = |form: &'static Form, pairs: &[(&str, &str)]| {
        records.push((form, pairs.iter().map(|(f, t)| ((*f).to_owned(), (*t).to_owned())).collect()));
    };
    add(
        &RISK,
        &[
            ("what", "The payment provider turns off its old interface in spring"),
            ("project", "Shop"),
            ("chance", "4"),
            ("effect", "4"),
            ("owner", "Ada"),
            ("mitigation", "Move subscriptions first: they have no manual way round."),
            ("review", &day(-12)),
        ],
    );
    add(
        &RISK,
        &[
            ("what", "Only two people understand the job queue"),
            ("project", "Platform"),
            ("chance", "3"),
            ("effect", "4"),
            ("mitigation", "Pair on every change to it until summer."),
            ("review", &day(9)),
        ],
    );
    add(
        &RISK,
        &[
            ("what", "Sign-in by link lands in spam folders"),
            ("project", "Accounts"),
            ("chance", "2"),
            ("effect", "3"),
            ("owner", "Linus"),
            ("review", &day(-40)),
        ],
    );
    for (order, name, target, after) in
        [("1", "Accounts", -20, ""), ("2", "Shop", -35, ""), ("3", "Platform", -56, "Accounts")]
    {
        let target = day(target);
        let pairs = [("name", name), ("target", &target), ("after", after), ("order", order)];
        add(&ROADMAP, &pairs.into_iter().filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>());
    }
    add(&PLAN, &[("parallel", "2"), ("share", "100")]);
    add(&SCENARIO, &[("name", "Two weeks of holidays"), ("away_from", &day(-10)), ("away_days", "14")]);
    add(&SCENARIO, &[("name", "One project fewer at once"), ("fewer", "1")]);
    add(&SCENARIO, &[("name", "A fifth more, ten items fewer"), ("faster", "20"), ("less", "10")]);
    add(
        &PROJECT,
        &[
            ("name", "Shop"),
            ("goal", "Small sellers can take subscriptions without our help. They ask for it every week."),
            ("limits", "The payment provider allows ten calls a second, so renewals run through the night."),
            ("constraints", "No new personal data before the audit in April."),
        ],
    );
    add(
        &PROJECT,
        &[
            ("name", "Accounts"),
            (
                "goal",
                "Whoever comes back finds their way in. A third of the support mails are about passwords.",
            ),
            (
                "limits",
                "Sessions are shared with the old admin, which can\u{2019}t be changed before it is replaced.",
            ),
        ],
    );
    add(
        &PROJECT,
        &[
            ("name", "Platform"),
            ("goal", "The other two can be changed on any day of the week, by anybody in the team."),
            (
                "constraints",
                "One person at a time: it has no customer of its own, so it waits when others can\u{2019}t.",
            ),
        ],
    );
    add(
        &DECISION,
        &[
            ("question", "Build our own search, or rent one?"),
            ("project", "Shop"),
            ("options", "Our own on the database we have\nA rented service"),
            ("choice", "Our own, for a year"),
            ("trade", "No synonyms before summer; in return no customer data leaves the house."),
            ("who", "Grace"),
            ("date", &day(54)),
        ],
    );
    add(
        &DECISION,
        &[
            ("question", "Do we keep the old admin alive through the winter?"),
            ("project", "Accounts"),
            ("options", "Keep it, and delay sign-in by link\nReplace its user pages first"),
            ("who", "Grace and Linus"),
            ("date", &day(-8)),
        ],
    );
    add(
        &INITIATIVE,
        &[
            ("name", "Sellers come back"),
            ("outcome", "Four of ten sellers renew by the end of the year; three do today."),
            ("projects", "Shop"),
            ("share", "50"),
        ],
    );
    add(
        &INITIATIVE,
        &[
            ("name", "Support can breathe"),
            ("outcome", "Half as many mails about signing in."),
            ("projects", "Accounts"),
            ("share", "35"),
        ],
    );
    for (system, ago, answers) in [
        ("Checkout", 200, ["3", "4", "3"]),
        ("Checkout", 20, ["4", "4", "3"]),
        ("Job queue", 190, ["3", "2", "2"]),
        ("Job queue", 18, ["2", "2", "1"]),
        ("Search", 25, ["4", "5", "4"]),
    ] {
        let [understandable, conventional, documented] = answers;
        add(
            &PRACTICE,
            &[
                ("system", system),
                ("date", &day(ago)),
                ("understandable", understandable),
                ("conventional", conventional),
                ("documented", documented),
            ],
        );
    }
    for (what, kind, ago, who) in [
        ("Talk on queues that never lose a job", "talk", 320, "Ada"),
        ("Web performance meetup", "meetup-attended", 270, "Linus and two more"),
        ("Rust meetup in our kitchen", "meetup-hosted", 200, "The platform team"),
        ("How we moved sellers without a day offline", "article", 150, "Grace"),
        ("Payments podcast, an hour on refunds", "podcast", 95, "Grace"),
        ("Local web conference", "conference", 60, "Four of us"),
        ("Accessibility meetup", "meetup-sponsored", 21, ""),
    ] {
        add(&OUTREACH, &[("what", what), ("kind", kind), ("date", &day(ago)), ("who", who)]);
    }
    for (name, role, about, reach, stand_in, away) in [
        (
            "Grace",
            "cto",
            "Where we are going, and what it costs",
            "Tuesdays 14 to 16; #ask-grace at any time",
            "Ada, #platform",
            Some((-26, -43)),
        ),
        (
            "Ada",
            "vp-engineering",
            "Anything that is stuck",
            "#stuck; she answers within the hour",
            "Linus",
            None,
        ),
        ("Linus", "engineer", "Accounts and everything about signing in", "#accounts", "", None),
        (
            "Margaret",
            "project-manager",
            "Dates, and whom they were told to",
            "#dates; Room 2",
            "Grace",
            Some((3, -5)),
        ),
        (
            "Barbara",
            "product-manager",
            "What sellers asked for, and why",
            "#sellers, mornings",
            "Margaret",
            None,
        ),
        ("Katherine", "stakeholder", "Sales: what was told to whom", "By phone", "", None),
    ] {
        let (from, until) =
            away.map_or((String::new(), String::new()), |(from, until)| (day(from), day(until)));
        add(
            &CONTACT,
            &[
                ("name", name),
                ("role", role),
                ("for", about),
                ("reach", reach),
                ("stand_in", stand_in),
                ("away_from", &from),
                ("away_until", &until),
            ],
        );
    }
    // Eight weeks, with ever more code in the last ones.
    for week in 0..8 {
        let code = if week < 4 { "11" } else { "4" };
        for (what, hours, weekday) in [
            ("Roadmap and budget", "6", 1),
            ("1:1 talks and interviews", "9", 2),
            ("Customers and partners", "5", 3),
            ("Forecast and report", "4", 3),
            ("Code: the job queue", code, 4),
        ] {
            add(
                &TIME,
                &[
                    ("what", what),
                    ("hours", hours),
                    ("date", &day_from_number(monday - 7 * week + weekday - 1).to_string()),
                ],
            );
        }
    }
    for (_, values) in &mut records {
        values.retain(|_, text| !text.is_empty());
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_record_could_have_been_typed() {
        for (form, values) in notebook(Date::constant(2026, 11, 25)) {
            assert_eq!(form.read(&values), Ok(values.clone()), "{}", form.id);
        }
    }
}
