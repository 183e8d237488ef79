import Canonical
import Synchronization

/// Nodes that nobody can dial and that keep a session with this relay instead: circuits to them go over it.
final class ReachableNodes: Sendable {
    private let sessions = Mutex<[NodeID: Session]>([:])

    /// The nodes that are registered now.
    var count: Int { sessions.withLock { $0.count } }

    /// Notes the session that a node keeps, in place of an earlier one.
    /// - Returns: false when there are as many nodes as there may be.
    func add(_ node: NodeID, over session: Session) -> Bool {
        sessions.withLock { sessions in
            guard sessions[node] != nil || sessions.count < ExtensionLimits.registrationsMax else { return false }
            sessions[node] = session
            return true
        }
    }

    /// Forgets a node, unless it has registered over another session since.
    func remove(_ node: NodeID, over session: Session) {
        sessions.withLock { sessions in
            if sessions[node] === session { sessions[node] = nil }
        }
    }

    /// The way to a node; nil when it has not registered, or its session has ended.
    func session(with node: NodeID) -> Session? {
        sessions.withLock { $0[node] }.flatMap { $0.closeReason == nil ? $0 : nil }
    }
}
