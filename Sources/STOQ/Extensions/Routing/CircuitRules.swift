package import Canonical

/// What a node does about a circuit that is asked of it. No I/O: the same rules hold at every relay and at the end.
package enum CircuitRules {
    package enum Verdict: Sendable, Hashable {
        /// This node is the circuit's other end.
        case end
        /// Ask `next` for the rest of the circuit.
        case relay(next: NodeID, CircuitRequest)
    }

    /// - Parameters:
    ///   - own: this node.
    ///   - previous: who asks, by its certificate.
    package static func judge(
        _ request: CircuitRequest, at own: NodeID, from previous: NodeID
    ) throws(STOQError) -> Verdict {
        guard request.visited.last == previous else {
            throw .route(.misrouted("it came from another node than it says"))
        }
        guard request.route.first == own else { throw .route(.misrouted("it is meant for another node")) }
        let relays = request.visited.count - 1 + request.route.count - 1
        guard relays <= ExtensionLimits.relaysMax else {
            throw .route(.length(relays: relays, limit: ExtensionLimits.relaysMax))
        }
        if let twice = firstRepeated(request.visited + request.route) { throw .route(.loop(node: "\(twice)")) }
        guard request.route.count > 1 else { return .end }
        guard request.relaysLeft > 0 else { throw .route(.expired) }
        var onward = request
        onward.visited.append(own)
        onward.route.removeFirst()
        onward.relaysLeft -= 1
        return .relay(next: request.route[1], onward)
    }

    /// What an origin may ask for.
    package static func check(route: [NodeID], origin: NodeID) throws(STOQError) {
        let relays = route.count - 1
        guard (0...ExtensionLimits.relaysMax).contains(relays) else {
            throw .route(.length(relays: relays, limit: ExtensionLimits.relaysMax))
        }
        if let twice = firstRepeated([origin] + route) { throw .route(.loop(node: "\(twice)")) }
    }

    private static func firstRepeated(_ nodes: [NodeID]) -> NodeID? {
        var seen: Set<NodeID> = []
        return nodes.first { !seen.insert($0).inserted }
    }
}
