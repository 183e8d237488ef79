/// Where a local mesh keeps its things.
///
///     mesh.yaml            name and nodes of the mesh
///     root/                key of the mesh's certificate authority, its certificate (authority.pem), and the
///                          operator's certificate for the same key, so that it can submit operations
///     user/                key, certificate and plot of the person who founded the mesh
///     node-1/ …            each node, see `NodeDirectory`
package struct MeshDirectory: Sendable, Hashable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    package var description: String { "\(path)/mesh.yaml" }
    package var root: IdentityDirectory { IdentityDirectory(path: "\(path)/root") }
    /// The root certificate, which everything in the mesh leads to.
    package var authority: String { "\(path)/root/authority.pem" }
    package var user: IdentityDirectory { IdentityDirectory(path: "\(path)/user") }
    package var hasMesh: Bool { PrivateFile.exists(description) }

    /// Nodes are numbered from 1.
    package func node(_ number: Int) -> NodeDirectory { NodeDirectory(path: "\(path)/node-\(number)") }
}

/// The files of one identity.
package struct IdentityDirectory: Sendable, Hashable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// PKCS #8 private key.
    package var key: String { "\(path)/key.pem" }
    /// Own certificate first, then those that lead to the root's.
    package var certificate: String { "\(path)/certificate.pem" }
    /// Labels of the plot.
    package var plot: String { "\(path)/plot" }
}

/// The files of one node.
package struct NodeDirectory: Sendable, Hashable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    package var identity: IdentityDirectory { IdentityDirectory(path: path) }
    /// Canonical bytes of the genesis.
    package var genesis: String { "\(path)/genesis" }
    /// Segment logs of votes, blocks and state.
    package var store: String { "\(path)/store" }
    /// Sealed receipts of jobs that are not revealed yet.
    package var jobs: String { "\(path)/jobs" }
    /// What peers sent; see `Inbox`.
    package var inbox: String { "\(path)/inbox" }
    /// How much the inbox takes; without this file it takes nothing.
    package var inboxLimits: String { "\(path)/inbox.yaml" }
    /// Structured log of the process.
    package var log: String { "\(path)/node.log" }
    /// Process number and start time of the running process.
    package var process: String { "\(path)/process" }
}
