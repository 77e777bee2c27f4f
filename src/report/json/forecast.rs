//! Forecasts in the headless report.

use serde_json::{Map, Value, json};

use super::interval;
use crate::forecast::{FARTHEST_WEEKS, LEVELS, Question, Score, shares};
use crate::report::Analysis;
use crate::report::forecast::{Record, Scenario, told};

/// What is asked of the forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    /// When are so many items done? The analysis\u{2019} filter names them.
    pub when: bool,
    /// How many are done in so many periods of the method\u{2019}s unit?
    pub how_many: Option<u32>,
}

/// Answers in whole periods from the day the numbers speak for, with the record of the same question: of `when`, or
/// where only `how_many` is asked, of that; of neither, how many in four weeks.
///
/// # Errors
/// Why nothing can be told.
pub fn forecast(analysis: &Analysis, asks: Asks) -> Result<Value, String> {
    if let Some(why) = analysis.no_forecast() {
        return Err(why);
    }
    let forecaster = analysis.forecast_now().ok_or("There is no finished work to tell from.")?;
    let choice = &forecaster.choice;
    let outlook = forecaster.outlook();
    let history = &forecaster.history;
    let mut value = json!({
        "method": choice.method.id,
        "unit": choice.method.unit.id(),
        "why": choice.why.id(),
        "widened": choice.sigma,
        "as_of": analysis.as_of,
        "history": { "first_week": history.first, "weeks": history.weeks.len(), "few_data": forecaster.has_few_data() },
        "judged": choice.judged.iter().map(|judged| {
            let share = |at: usize| judged.scores[at].share(2);
            json!({ "method": judged.method.id, "loss": judged.loss(), "coverage_85": [share(0), share(1)] })
        }).collect::<Vec<_>>(),
        "later_from": history.day_before(choice.later_from),
        "moves_days_a_week": analysis.moves(),
    });
    let mut asked = None;
    let farthest = outlook.periods_in(FARTHEST_WEEKS);
    if let Some(periods) = asks.how_many.filter(|periods| *periods as usize > farthest) {
        let unit = choice.method.unit.id();
        return Err(format!(
            "{periods} {unit}s are too far ahead: {farthest} are the most, which is ten years."
        ));
    }
    if let Some(periods) = asks.how_many {
        let days = u64::from(periods) * u64::from(choice.method.unit.days());
        let weeks = usize::try_from((days + 3) / 7).unwrap_or(usize::MAX).max(1);
        let record = forecaster.record_now(Question::HowMany { weeks });
        let mut many = levels(outlook.how_many(periods as usize, shares()).map(Some));
        many["periods"] = json!(periods);
        many["record"] = record_of(&record);
        value["how_many"] = many;
        asked = Some(record);
    }
    if asks.when {
        let plain = told(analysis, forecaster, &Scenario::as_it_is());
        let mut when = levels(plain.periods);
        when["n"] = json!(analysis.asked_items());
        when["days"] = levels(plain.done);
        let growing = told(analysis, forecaster, &Scenario::growing());
        let knows_arrivals = history.weeks.iter().any(|week| week.came > 0);
        when["growing"] = knows_arrivals.then(|| levels(growing.periods)).into();
        if let Some(record) = analysis.asked_record() {
            when["record"] = record_of(record);
            asked = Some(record.clone());
        }
        value["when"] = when;
    }
    value["record"] = record_of(asked.as_ref().unwrap_or(&forecaster.records[0]));
    Ok(value)
}

fn levels<T: serde::Serialize>(values: [Option<T>; 4]) -> Value {
    let named = LEVELS.into_iter().zip(values).map(|(level, value)| (format!("p{level}"), json!(value)));
    Value::Object(named.collect::<Map<String, Value>>())
}

fn record_of(record: &Record) -> Value {
    let question = match record.question {
        Question::HowMany { weeks } => json!({ "how_many_in_weeks": weeks }),
        Question::When { items } => json!({ "when_items": items }),
    };
    let level = |(at, level): (usize, u8)| {
        let loss = |score: &Score| (score.trials > 0).then(|| score.pinball[at]);
        json!({
            "question": question,
            "level": level,
            "covered": record.chosen.covered[at],
            "trials": record.chosen.trials,
            "apart": record.chosen.apart,
            "coverage": record.chosen.share(at),
            "interval": record.chosen.between(at).map(interval),
            "pinball": loss(&record.chosen),
            "baseline_pinball": loss(&record.plain),
            "baseline_coverage": record.plain.share(at),
            "velocity_pinball": loss(&record.velocity),
            "velocity_coverage": record.velocity.share(at),
        })
    };
    LEVELS.into_iter().enumerate().map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Filter;
    use crate::report::testing::finished_weekly;

    #[test]
    fn answers_are_exact_and_refusals_have_a_reason() {
        let whole = finished_weekly(&[1, 3, 5, 3, 7, 8], false);
        let filter =
            Filter { items: Some(20), method: Some("independent-weeks".into()), ..Filter::default() };
        let analysis = Analysis::looking_at(&whole.basis, &filter);
        let value = forecast(&analysis, Asks { when: true, how_many: Some(4) }).unwrap();
        assert_eq!((&value["method"], &value["unit"]), (&json!("independent-weeks"), &json!("week")));
        let of = |key: &str| ["p50", "p70", "p85", "p95"].map(|level| value[key][level].as_u64().unwrap());
        assert_eq!((of("when"), of("how_many")), ([5, 6, 6, 7], [18, 15, 12, 10]));
        assert_eq!(value["when"]["n"], 20);
        assert_eq!(value["record"].as_array().map(Vec::len), Some(4));
        assert_eq!(value["record"][2]["level"], 85);
        let days = Filter { method: Some("independent-days".into()), ..filter };
        let analysis = Analysis::looking_at(&whole.basis, &days);
        let value = forecast(&analysis, Asks { when: true, how_many: Some(28) }).unwrap();
        assert!(value["when"]["p85"].as_u64().is_some_and(|days| (35..60).contains(&days)), "{value}");
        assert!(forecast(&finished_weekly(&[1, 2], false), Asks::default()).is_err());
    }
}
