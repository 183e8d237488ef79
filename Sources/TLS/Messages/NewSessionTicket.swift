/// RFC 8446 §4.6.1.
struct NewSessionTicket: Sendable, Equatable {
    var lifetimeSeconds: UInt32
    var ageAdd: UInt32
    var nonce: [UInt8]
    var ticket: [UInt8]
    /// 0 when 0-RTT data is not taken.
    var earlyDataByteCountMax: UInt32 = 0

    init(lifetimeSeconds: UInt32, ageAdd: UInt32, nonce: [UInt8], ticket: [UInt8], earlyDataByteCountMax: UInt32) {
        self.lifetimeSeconds = lifetimeSeconds
        self.ageAdd = ageAdd
        self.nonce = nonce
        self.ticket = ticket
        self.earlyDataByteCountMax = earlyDataByteCountMax
    }

    init(_ body: [UInt8]) throws(TLSError) {
        var reader = ByteReader(body)
        lifetimeSeconds = try reader.uint32("ticket_lifetime")
        ageAdd = try reader.uint32("ticket_age_add")
        nonce = try reader.vector8("ticket_nonce")
        ticket = try reader.vector16("ticket", 1...0xFFFF)
        let extensions = try ExtensionList(try reader.vector16("extensions", 0...0xFFFE), in: .newSessionTicket)
        try reader.finish("NewSessionTicket")
        guard let body = extensions[.earlyData] else { return }
        var inner = ByteReader(body)
        earlyDataByteCountMax = try inner.uint32("max_early_data_size")
        try inner.finish("early_data")
    }

    func message() throws(TLSError) -> HandshakeMessage {
        var writer = ByteWriter()
        writer.uint32(lifetimeSeconds)
        writer.uint32(ageAdd)
        writer.vector8(nonce)
        writer.vector16(ticket)
        var extensions = ExtensionList()
        if earlyDataByteCountMax > 0 {
            extensions.append(.earlyData) { $0.uint32(earlyDataByteCountMax) }
        }
        extensions.write(to: &writer)
        return try HandshakeMessage(.newSessionTicket, writer)
    }
}
