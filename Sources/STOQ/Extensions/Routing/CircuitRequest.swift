package import Canonical

/// What a circuit's origin, and then each relay, asks of the next node.
package struct CircuitRequest: Sendable, Hashable, CanonicalCodable {
    /// Bytes of a circuit's name.
    package static let nameBytes = 16

    /// Random; the same at all nodes of the circuit.
    package var name: [UInt8]
    /// The nodes that the circuit has come through, the origin first.
    package var visited: [NodeID]
    /// The nodes ahead: the asked one first, the other end last.
    package var route: [NodeID]
    /// Relays that the circuit may still go through.
    package var relaysLeft: UInt8

    package init(name: [UInt8], origin: NodeID, route: [NodeID], relaysLeft: UInt8) {
        self.name = name
        visited = [origin]
        self.route = route
        self.relaysLeft = relaysLeft
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encodeFixed(name)
        encoder.encode(visited)
        encoder.encode(route)
        encoder.encode(relaysLeft)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        name = try decoder.decodeFixed(Self.nameBytes)
        // A little more than is allowed, so that the rules refuse it by name.
        visited = try decoder.decodeArray(limit: 4 * ExtensionLimits.relaysMax)
        route = try decoder.decodeArray(limit: 4 * ExtensionLimits.relaysMax)
        relaysLeft = try decoder.decode()
    }
}
