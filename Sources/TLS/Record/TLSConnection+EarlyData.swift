// 0-RTT data and tickets over a byte stream.
extension TLSConnection {
    /// The time for tickets; see `Handshake.currentTimeMilliseconds`.
    public var currentTimeMilliseconds: UInt64 {
        get { handshake.currentTimeMilliseconds }
        set { handshake.currentTimeMilliseconds = newValue }
    }

    /// Whether this connection goes on from an earlier one.
    public var isResumed: Bool { handshake.isResumed }

    /// Whether the server takes the 0-RTT data. A client whose data was not taken writes it again when the handshake is
    /// complete.
    public var isEarlyDataAccepted: Bool { handshake.isEarlyDataAccepted }

    /// Client: a ticket that came, to be used once.
    public mutating func nextTicket() -> SessionTicket? {
        tickets.isEmpty ? nil : tickets.removeFirst()
    }

    /// Client: bytes of 0-RTT data that may still be written; 0 before `start()`, without a fitting ticket, and once the
    /// server has answered.
    public var earlyDataByteCountLeft: Int {
        guard handshake.role == .client, writeProtection?.secret.level == .earlyData else { return 0 }
        return max(0, handshake.earlyDataByteCountMax - earlyDataByteCount)
    }

    /// Client: queues 0-RTT data. An onlooker can replay it to the server: it must not do harm twice.
    ///
    /// - Throws: `.closed` for more than `earlyDataByteCountLeft` bytes.
    public mutating func writeEarlyData(_ bytes: [UInt8]) throws(TLSError) {
        guard bytes.count <= earlyDataByteCountLeft, !isFailed else { throw .closed }
        earlyDataByteCount += bytes.count
        try sendRecords(bytes, type: .applicationData)
    }

    /// Server: the next 0-RTT data, in order and never empty, or nil. It may be a replay.
    public mutating func nextEarlyPlaintext() -> [UInt8]? {
        guard nextEarlyPlaintextIndex < earlyPlaintext.count else {
            earlyPlaintext = []
            nextEarlyPlaintextIndex = 0
            return nil
        }
        defer { nextEarlyPlaintextIndex += 1 }
        return earlyPlaintext[nextEarlyPlaintextIndex]
    }

    /// After a refusal nothing more goes under the 0-RTT key; a second ClientHello goes in the clear.
    mutating func stopEarlyData() {
        writeProtection = nil
    }
}

extension Handshake {
    /// Bytes of 0-RTT data that the ticket in use, or this server, allows.
    var earlyDataByteCountMax: Int {
        let count =
            role == .client
            ? resumption.offered?.earlyDataByteCountMax : configuration.resumption?.earlyDataByteCountMax
        return Int(count ?? 0)
    }
}
