/// The body of application_layer_protocol_negotiation (RFC 7301 §3.1).
enum ApplicationProtocolList {
    static func decode(_ body: [UInt8]) throws(TLSError) -> [[UInt8]] {
        var outer = ByteReader(body)
        var reader = ByteReader(try outer.vector16("protocol names", 2...0xFFFF))
        try outer.finish("application_layer_protocol_negotiation")
        var names: [[UInt8]] = []
        while !reader.isAtEnd {
            names.append(try reader.vector8("protocol name", 1...255))
        }
        return names
    }

    static func encode(_ names: [[UInt8]]) -> [UInt8] {
        var writer = ByteWriter()
        writer.vector16 { list in names.forEach { list.vector8($0) } }
        return writer.bytes
    }
}
