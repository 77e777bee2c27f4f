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
            Role::VpEngineering => "VP Engineering",
            Role::Engineer => "Engineer",
            Role::ProjectManager => "Project manager",
            Role::ProductManager => "Product manager",
            Role::Stakeholder => "Stakeholder",
        }
    }

    /// Within a sentence: "the CTO", "a stakeholder".
    pub fn in_a_sentence(self) -> &'static str {
        match self {
            Role::Cto => "the CTO",
            Role::VpEngineering => "the VP Engineering",
            Role::Engineer => "an engineer",
            Role::ProjectManager => "the project manager",
            Role::ProductManager => "the product manager",
            Role::Stakeholder => "a stakeholder",
        }
    }
}
