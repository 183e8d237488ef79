extension TransportParameters {
    /// The limits of a server that 0-RTT data relies on: what a client has to remember of it (RFC 9000 section 7.4.1).
    private static let earlyLimits: [any WritableKeyPath<TransportParameters, UInt64> & Sendable] = [
        \.initialMaxData, \.initialMaxStreamDataBidirectionalLocal, \.initialMaxStreamDataBidirectionalRemote,
        \.initialMaxStreamDataUnidirectional, \.initialMaxStreamsBidirectional, \.initialMaxStreamsUnidirectional,
        \.activeConnectionIDLimit, \.maxDatagramFrameSize,
    ]

    /// These limits and nothing else.
    var limitsForEarlyData: TransportParameters {
        var limits = TransportParameters()
        for limit in Self.earlyLimits { limits[keyPath: limit] = self[keyPath: limit] }
        return limits
    }

    /// Whether any of these limits is lower than another server's, or than the same server's before.
    func isStricterForEarlyData(than other: TransportParameters) -> Bool {
        Self.earlyLimits.contains { self[keyPath: $0] < other[keyPath: $0] }
    }
}
