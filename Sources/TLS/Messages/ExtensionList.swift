/// The extensions of one message, in order, each type at most once.
struct ExtensionList: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        let type: ExtensionType
        let body: [UInt8]
    }

    private(set) var entries: [Entry] = []

    init() {}

    /// Reads the extensions of a message; `bytes` is what follows the block's length.
    init(_ bytes: [UInt8], in home: ExtensionHome) throws(TLSError) {
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            let type = ExtensionType(rawValue: try reader.uint16("extension type"))
            let body = try reader.vector16("extension \(type.rawValue)")
            guard entries.count < TLSLimits.extensionCountMax else { throw .decode("too many extensions") }
            guard self[type] == nil else { throw .illegalParameter("extension \(type.rawValue) twice") }
            if let allowed = type.allowedMessages, !allowed.contains(home) {
                throw .illegalParameter("extension \(type.rawValue) in \(home)")
            }
            append(type, body)
        }
    }

    /// The body of an extension, or nil when it is absent.
    subscript(_ type: ExtensionType) -> [UInt8]? {
        entries.first { $0.type == type }?.body
    }

    mutating func append(_ type: ExtensionType, _ body: [UInt8]) {
        entries.append(Entry(type: type, body: body))
    }

    /// Writes an extension's body with `build`.
    mutating func append(_ type: ExtensionType, _ build: (inout ByteWriter) -> Void) {
        var writer = ByteWriter()
        build(&writer)
        append(type, writer.bytes)
    }

    /// This list with `type` replaced in place, or added at the end.
    func setting(_ type: ExtensionType, _ body: [UInt8]) -> ExtensionList {
        var result = self
        if let index = entries.firstIndex(where: { $0.type == type }) {
            result.entries[index] = Entry(type: type, body: body)
        } else {
            result.append(type, body)
        }
        return result
    }

    /// This list without some types.
    func removing(_ types: [ExtensionType]) -> ExtensionList {
        var result = self
        result.entries.removeAll { types.contains($0.type) }
        return result
    }

    /// Refuses any extension that was not offered (RFC 8446 §4.2).
    func requireOffered(_ offered: [ExtensionType]) throws(TLSError) {
        for entry in entries where !offered.contains(entry.type) {
            throw .unsupportedExtension("extension \(entry.type.rawValue) was not offered")
        }
    }

    /// The block with its length.
    func write(to writer: inout ByteWriter) {
        writer.vector16 { block in
            for entry in entries {
                block.uint16(entry.type.rawValue)
                block.vector16(entry.body)
            }
        }
    }
}
