/// A view of one epoch: 1, 2, …; view 0 stands for the block under the epoch.
package typealias View = UInt64

/// A block's distance from genesis, whose height is 0.
package typealias Height = UInt64

/// A validator's position in its epoch's `ValidatorSet`.
package typealias ValidatorIndex = UInt16

/// Who sent a message over an authenticated channel. Values below the count of validators are that validator; the
/// driver numbers other nodes (observers) above.
package struct PeerID: Sendable, Hashable, Comparable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package init(_ validator: ValidatorIndex) {
        rawValue = UInt32(validator)
    }

    package static func < (left: PeerID, right: PeerID) -> Bool { left.rawValue < right.rawValue }
}
