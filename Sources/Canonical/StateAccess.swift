/// Name of one value in the replicated state: a namespace byte and the canonical bytes of what it names there.
public struct StateKey: Sendable, Hashable, Comparable, CanonicalCodable {
    public let bytes: [UInt8]

    public init(namespace: UInt8, _ name: some Collection<UInt8>) {
        bytes = [namespace] + name
    }

    public init(namespace: UInt8, of name: some CanonicalEncodable) {
        self.init(namespace: namespace, name.canonicalBytes)
    }

    /// From stored bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public static func < (left: StateKey, right: StateKey) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    public func encode(to encoder: inout BCSEncoder) { encoder.encodeBytes(bytes) }
    public init(from decoder: inout BCSDecoder) throws(BCSError) { bytes = try decoder.decodeBytes(limit: 4096) }
}

/// How a core reads the replicated state.
public protocol StateReading {
    func value(for key: StateKey) -> [UInt8]?
}

/// How a core reads and changes the replicated state. The ledger journals every write, so that a refused operation
/// leaves nothing behind.
public protocol StateAccess: StateReading {
    /// Sets the value, or removes it when `value` is nil.
    mutating func setValue(_ value: [UInt8]?, for key: StateKey)
}

extension StateReading {
    /// Reads a typed value; nil when it is absent. An error means that the state itself is corrupt.
    public func decoded<T: CanonicalDecodable>(_: T.Type = T.self, for key: StateKey) throws(BCSError) -> T? {
        guard let bytes = value(for: key) else { return nil }
        return try T(canonicalBytes: bytes)
    }
}

extension StateAccess {
    /// Writes a typed value.
    public mutating func set(_ value: some CanonicalEncodable, for key: StateKey) {
        setValue(value.canonicalBytes, for: key)
    }
}
