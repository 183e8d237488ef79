/// A public key exchange share (RFC 8446 §4.2.8).
struct KeyShareEntry: Sendable, Equatable {
    let group: NamedGroup
    let share: [UInt8]

    init(group: NamedGroup, share: [UInt8]) {
        self.group = group
        self.share = share
    }

    init(_ reader: inout ByteReader) throws(TLSError) {
        group = NamedGroup(rawValue: try reader.uint16("key share group"))
        share = try reader.vector16("key share", 1...0xFFFF)
    }

    func write(to writer: inout ByteWriter) {
        writer.uint16(group.rawValue)
        writer.vector16(share)
    }

    /// The body of a ClientHello's key_share; may be empty, no group twice.
    static func list(_ body: [UInt8]) throws(TLSError) -> [KeyShareEntry] {
        var outer = ByteReader(body)
        var reader = ByteReader(try outer.vector16("key shares"))
        try outer.finish("key_share")
        var entries: [KeyShareEntry] = []
        while !reader.isAtEnd {
            let entry = try KeyShareEntry(&reader)
            guard !entries.contains(where: { $0.group == entry.group }) else {
                throw .illegalParameter("two key shares for group \(entry.group.rawValue)")
            }
            guard entries.count < TLSLimits.extensionCountMax else { throw .decode("too many key shares") }
            entries.append(entry)
        }
        return entries
    }
}
