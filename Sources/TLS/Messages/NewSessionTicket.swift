/// RFC 8446 §4.6.1. Parsed so that a malformed one is refused; resumption is not offered.
struct NewSessionTicket: Sendable, Equatable {
    let lifetimeSeconds: UInt32
    let ticket: [UInt8]

    init(_ body: [UInt8]) throws(TLSError) {
        var reader = ByteReader(body)
        lifetimeSeconds = try reader.uint32("ticket_lifetime")
        _ = try reader.uint32("ticket_age_add")
        _ = try reader.vector8("ticket_nonce")
        ticket = try reader.vector16("ticket", 1...0xFFFF)
        _ = try ExtensionList(try reader.vector16("extensions", 0...0xFFFE), in: .newSessionTicket)
        try reader.finish("NewSessionTicket")
    }
}
