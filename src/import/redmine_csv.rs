//! Redmine, an issue list exported as CSV.
//!
//! Format: Redmine's source (`lib/redmine/export/csv.rs`, `queries_helper.rs`, the locales): captions,
//! delimiter, decimal mark and encoding are those of the exporting user's language. English, German,
//! French, Spanish and Brazilian captions are known; others can be named by hand.
//!
//! Not recorded: the history of statuses, and when work began; the start date is a plan. *Finished* is the
//! day an issue was closed: one that is resolved but not closed waits for that, and counts as in progress
//! where the list has the column.

use crate::model::{Fact, Kind, Stage};

use super::rows::{Columns, Rows, TakeRow};
use super::table::Table;
use super::{Confidence, ImportError, Importer, Reads};

pub static REDMINE_CSV: Importer = Importer {
    id: "redmine-csv",
    label: "Redmine CSV",
    reads: Reads::Table { sniff, columns, more_dates: &[], begin },
};

const TRACKER: &[&str] = &["tracker", "tipo", "peticióntipo"];
const SUBJECT: &[&str] = &["subject", "thema", "sujet", "asunto", "título", "titulo"];
const STATUS: &[&str] = &["status", "statut", "estado", "situação", "situacao"];

fn sniff(table: &Table) -> Confidence {
    let all = [TRACKER, SUBJECT, STATUS].iter().all(|names| table.column(names).is_some());
    if table.has(&["#"]) && all { Confidence::Sure } else { Confidence::No }
}

fn columns(table: &Table) -> Columns {
    Columns::named(
        table,
        &[
            (Fact::Key, &["#"]),
            (Fact::Title, SUBJECT),
            (Fact::Status, STATUS),
            (Fact::Type, TRACKER),
            (Fact::Created, &["created", "angelegt", "créé", "creado", "criado", "criadoem"]),
            (
                Fact::Finished,
                &["closed", "geschlossen", "fermé", "cerrada", "cerrado", "fechado", "fechadoem"],
            ),
            (
                Fact::Estimate,
                &["estimatedtime", "geschätzteraufwand", "tempsestimé", "tiempoestimado", "tempoestimado"],
            ),
            (Fact::Actual, &["spenttime", "aufgewendetezeit", "tempspassé", "tiempodedicado", "tempogasto"]),
            (Fact::Project, &["project", "projekt", "projet", "proyecto", "projeto"]),
            (Fact::Area, &["category", "kategorie", "catégorie", "categoría", "categoria"]),
            (Fact::Epic, &["targetversion", "zielversion", "versioncible", "versiónprevista", "versão"]),
            (
                Fact::Parent,
                &["parenttask", "übergeordneteaufgabe", "tâcheparente", "tareapadre", "tarefapai"],
            ),
            (Fact::Due, &["duedate", "abgabedatum", "échéance", "fechafin", "dataprevista"]),
            (Fact::Owners, &["assignee", "zugewiesenan", "assignéà", "asignadoa", "atribuídopara"]),
        ],
    )
}

fn begin(rows: &mut Rows) -> Result<TakeRow, ImportError> {
    let has_closed = rows.columns.has(Fact::Finished);
    Ok(Box::new(move |rows, row| {
        let mut item = rows.item(row);
        // A name may hold a comma.
        item.owners = Some(rows.text(row, Fact::Owners).to_owned())
            .filter(|owner| !owner.is_empty())
            .into_iter()
            .collect();
        item.stage = match item.status.to_lowercase().as_str() {
            "new" | "neu" | "nouveau" | "nuevo" | "nueva" | "nova" | "novo" => Some(Stage::NotStarted),
            "in progress" | "in bearbeitung" | "en cours" | "en curso" | "em andamento" | "feedback"
            | "commentaire" | "comentarios" => Some(Stage::InProgress),
            "resolved" | "gelöst" | "résolu" | "resuelta" | "resolvida" | "resolvido"
                if has_closed && item.finished.is_none() =>
            {
                Some(Stage::InProgress)
            }
            "resolved" | "gelöst" | "résolu" | "resuelta" | "resolvida" | "resolvido" => Some(Stage::Done),
            "closed" | "geschlossen" | "erledigt" | "fermé" | "cerrada" | "fechada" | "fechado" => {
                Some(Stage::Done)
            }
            "rejected" | "abgewiesen" | "rejeté" | "rechazada" | "rejeitada" | "rejeitado" => {
                Some(Stage::Cancelled)
            }
            _ => item.stage,
        };
        if item.stage == Some(Stage::Cancelled) {
            item.cancelled = item.finished.take();
        }
        if item.kind == Kind::Other {
            item.kind = match item.type_name.to_lowercase().as_str() {
                "anomalie" | "errores" | "error" | "defeito" => Kind::Bug,
                "evolution" | "evolução" | "funcionalidade" | "tareas" => Kind::Feature,
                "support" | "unterstützung" | "assistance" | "soporte" | "suporte" => Kind::Chore,
                _ => Kind::Other,
            };
        }
        rows.push(row, item);
    }))
}
