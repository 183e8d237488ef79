package import Canonical

/// The six kinds of resource that a node can offer.
package enum AssetKind: UInt8, Sendable, Hashable, CaseIterable {
    /// Processor time, in thousandths of one core.
    case cpu
    /// Accelerators, in thousandths of one device.
    case gpu
    /// Working memory, in bytes.
    case memory
    /// Durable storage, in bytes.
    case storage
    /// Network rate, in bits a second.
    case network
    /// Containers that may run at once.
    case container
}

extension AssetKind: Comparable {
    package static func < (left: AssetKind, right: AssetKind) -> Bool { left.rawValue < right.rawValue }
}

extension AssetKind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cpu: "cpu"
        case .gpu: "gpu"
        case .memory: "memory"
        case .storage: "storage"
        case .network: "network"
        case .container: "container"
        }
    }
}

extension AssetKind: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) { encoder.encodeVariant(UInt32(rawValue)) }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        guard let raw = UInt8(exactly: index), let kind = AssetKind(rawValue: raw) else {
            throw .unknownVariant(offset: offset, type: "AssetKind", index: index)
        }
        self = kind
    }
}
