package import Canonical

/// Where an asset stands.
package enum AssetState: UInt8, Sendable, Hashable, CaseIterable {
    /// Nothing of it is granted.
    case available
    /// Some of it is granted.
    case allocated
    /// A holder is using its grant.
    case inUse
    /// The owner has paused new grants; existing ones stand.
    case suspended
    /// The owner works on it; no grant exists.
    case maintenance
    /// It does not work; its grants are gone.
    case failed

    /// The states that may follow directly.
    package var successors: [AssetState] {
        switch self {
        case .available: [.allocated, .suspended, .maintenance, .failed]
        case .allocated: [.available, .inUse, .suspended, .failed]
        case .inUse: [.available, .allocated, .suspended, .failed]
        case .suspended: [.available, .allocated, .maintenance, .failed]
        case .maintenance: [.available, .failed]
        case .failed: [.maintenance]
        }
    }

    /// Whether something may be granted in this state.
    package var admitsGrants: Bool {
        switch self {
        case .available, .allocated, .inUse: true
        case .suspended, .maintenance, .failed: false
        }
    }
}

extension AssetState: CustomStringConvertible {
    package var description: String {
        switch self {
        case .available: "Available"
        case .allocated: "Allocated"
        case .inUse: "InUse"
        case .suspended: "Suspended"
        case .maintenance: "Maintenance"
        case .failed: "Failed"
        }
    }
}

extension AssetState: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encodeVariant(UInt32(rawValue)) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        guard let raw = UInt8(exactly: index), let state = AssetState(rawValue: raw) else {
            throw .unknownVariant(offset: offset, type: "AssetState", index: index)
        }
        self = state
    }
}
