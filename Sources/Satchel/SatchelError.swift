package import Canonical

/// Why Satchel refused; each case names the control that refused.
package enum SatchelError: Error, Sendable, Hashable {
    /// The node does not offer this kind.
    case kindNotOffered(AssetKind)
    /// Control "share": granted + asked would exceed share × measured capacity.
    case shareExceeded(AssetKind, lendable: UInt64, granted: UInt64, asked: UInt64)
    /// Control "concurrent users".
    case usersExceeded(AssetKind, most: UInt32)
    /// Control "duration limit", in ticks.
    case durationExceeded(AssetKind, most: UInt64, asked: UInt64)
    /// The asset's state admits no grants.
    case stateAdmitsNoGrants(AssetKind, AssetState)
    case illegalTransition(AssetKind, from: AssetState, to: AssetState)
    /// The state demands that nothing is granted.
    case grantsActive(AssetKind, count: Int)
    /// The new offer would lend less than is granted already.
    case grantsExceedOffer(AssetKind, lendable: UInt64, granted: UInt64)
    case unknownGrant(Digest, AssetKind)
    case grantExists(Digest, AssetKind)
    /// A pool keeps at most this many grants.
    case tooManyGrants(most: Int)
    case alreadyExpired(expiry: UInt64, now: UInt64)
    case zeroAmount(AssetKind)
    case malformedOffer(String)
}

extension SatchelError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .kindNotOffered(let kind): "the node offers no \(kind)"
        case .shareExceeded(let kind, let lendable, let granted, let asked):
            "control 'share' refuses \(asked) of \(kind): \(granted) of \(lendable) lendable are granted"
        case .usersExceeded(let kind, let most): "control 'concurrent users' of \(kind) allows \(most)"
        case .durationExceeded(let kind, let most, let asked):
            "control 'duration' of \(kind) allows \(most) ticks, \(asked) asked"
        case .stateAdmitsNoGrants(let kind, let state): "\(kind) is \(state) and admits no grants"
        case .illegalTransition(let kind, let from, let to): "\(kind) cannot go from \(from) to \(to)"
        case .grantsActive(let kind, let count): "\(count) grant(s) of \(kind) are active"
        case .grantsExceedOffer(let kind, let lendable, let granted):
            "\(granted) of \(kind) are granted, the new offer lends \(lendable)"
        case .unknownGrant(let id, let kind): "no grant \(id.shortDescription) of \(kind)"
        case .grantExists(let id, let kind): "grant \(id.shortDescription) of \(kind) exists"
        case .tooManyGrants(let most): "a pool keeps at most \(most) grants"
        case .alreadyExpired(let expiry, let now): "the grant ends at tick \(expiry), now is \(now)"
        case .zeroAmount(let kind): "an amount of 0 \(kind) was asked"
        case .malformedOffer(let rule): "malformed offer: \(rule)"
        }
    }
}
