/// Why a circuit through relays was refused or broke.
public enum RouteFailure: Sendable, Hashable {
    /// The route has no end, or more relays than allowed.
    case length(relays: Int, limit: Int)
    /// A node stands twice on the route, or the circuit came by here before.
    case loop(node: String)
    /// The circuit may go through no more relays.
    case expired
    /// The route begins with another node, or the node before is not who it says.
    case misrouted(String)
    /// A relay does not know where the next node is.
    case unknownNode(String)
    /// A relay or this end carries as many circuits as it may.
    case overloaded(limit: Int)
    /// What came through the relays is not what the other end sent; the ends share keys that no relay has.
    case corrupted(String)
    /// The far end is not who was asked for.
    case wrongEnd(expected: String, found: String)
    /// The circuit ended before the exchange had.
    case cutShort
    /// A receipt does not hold, for the reason given.
    case receipt(String)
}

extension RouteFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .length(let relays, let limit): "a route of \(relays) relays; between 0 and \(limit) are possible"
        case .loop(let node): "the route goes in a loop: \(node) stands on it twice"
        case .expired: "the circuit may go through no more relays"
        case .misrouted(let what): "the circuit is misrouted: \(what)"
        case .unknownNode(let node): "the address of \(node) is not known"
        case .overloaded(let limit): "\(limit) circuits are carried already"
        case .corrupted(let what): "the circuit was tampered with: \(what)"
        case .wrongEnd(let expected, let found): "the circuit leads to \(found), not to \(expected)"
        case .cutShort: "the circuit broke"
        case .receipt(let reason): "a relay's receipt does not hold: \(reason)"
        }
    }

    /// The failure's code in a refusal.
    var code: String {
        switch self {
        case .length: "routing.length"
        case .loop: "routing.loop"
        case .expired: "routing.expired"
        case .misrouted: "routing.misrouted"
        case .unknownNode: "routing.unknown-node"
        case .overloaded: "routing.overloaded"
        case .corrupted: "routing.corrupted"
        case .wrongEnd: "routing.wrong-end"
        case .cutShort: "routing.cut-short"
        case .receipt: "routing.receipt"
        }
    }
}
