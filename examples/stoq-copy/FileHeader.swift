/// What comes before a file's bytes: the length of its name as one byte, the name, eight bytes of size.
struct FileHeader {
    let name: String
    let byteCount: UInt64

    var encoded: [UInt8] {
        let name = Array(name.utf8.prefix(255))
        return [UInt8(name.count)] + name + (0..<8).map { UInt8(truncatingIfNeeded: byteCount >> (56 - 8 * $0)) }
    }

    init(name: String, byteCount: UInt64) {
        self.name = name
        self.byteCount = byteCount
    }

    /// - Returns: the header and how many bytes it took; nil when there are too few yet.
    static func read(_ bytes: [UInt8]) throws -> (header: FileHeader, length: Int)? {
        guard let first = bytes.first else { return nil }
        let length = 1 + Int(first) + 8
        guard bytes.count >= length else { return nil }
        guard let name = String(validating: bytes[1..<1 + Int(first)], as: UTF8.self) else { throw CopyError.badHeader }
        // A name leads nowhere else.
        guard !name.isEmpty, name != ".", name != "..", !name.contains("/"), !name.contains("\0") else {
            throw CopyError.badName(name)
        }
        let size = bytes[(1 + Int(first))..<length].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return (FileHeader(name: name, byteCount: size), length)
    }
}
