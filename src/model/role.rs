//! Whom a page speaks to.

use serde::{Deserialize, Serialize};

/// A role around a team. Nobody is told apart by it: it says what somebody asks, not who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Cto,
    VpEngineering,
    Engineer,
    ProjectManager,
    ProductManager,
    Stakeholder,
}

impl Role {
    pub const ALL: [Role; 6] = [
        Role::Cto,
        Role::VpEngineering,
        Role::Engineer,
        Role::ProjectManager,
        Role::ProductManager,
        Role::Stakeholder,
    ];

    /// Stable name, in addresses and in what is kept.
    pub fn id(self) -> &'static str {
        match self {
            Role::Cto => "cto",
            Role::VpEngineering => "vp-engineering",
            Role::Engineer => "engineer",
            Role::ProjectManager => "project-manager",
            Role::ProductManager => "product-manager",
            Role::Stakeholder => "stakeholder",
        }
    }

    pub fn named(id: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.id() == id)
    }

    /// As people call it.
    pub fn title(self) -> &'static str {
        match self {
            Role::Cto => "CTO",
            Role::VpEngineering => t!("VP Engineering"),
            Role::Engineer => t!("Engineer"),
            Role::ProjectManager => t!("Project manager"),
            Role::ProductManager => t!("Product manager"),
            Role::Stakeholder => t!("Stakeholder"),
        }
    }

    /// Within a sentence: "the CTO", "a stakeholder".
    pub fn in_a_sentence(self) -> &'static str {
        match self {
            Role::Cto => t!("the CTO"),
            Role::VpEngineering => t!("the VP Engineering"),
            Role::Engineer => t!("an engineer"),
            Role::ProjectManager => t!("the project manager"),
            Role::ProductManager => t!("the product manager"),
            Role::Stakeholder => t!("a stakeholder"),
        }
    }
}
