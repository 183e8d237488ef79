import SwiftASN1

/// Reads the elements of one constructed ASN.1 value in order, and knows the name of what it reads so that every
/// refusal can say it.
struct DERReader {
    let structure: String
    private var children: ASN1NodeCollection.Iterator
    private var upcoming: ASN1Node?

    /// The elements of `node`, which must be constructed and carry `identifier`.
    init(_ node: ASN1Node, _ identifier: ASN1Identifier = .sequence, structure: String) throws(TrustChainError) {
        guard node.identifier == identifier, case .constructed(let nodes) = node.content else {
            throw .malformed(structure: structure, reason: "\(identifier) expected, found \(node.identifier)")
        }
        self.structure = structure
        children = nodes.makeIterator()
        upcoming = children.next()
    }

    /// Whether all elements have been read.
    var isAtEnd: Bool { upcoming == nil }

    /// The next element, whatever it is.
    mutating func next() throws(TrustChainError) -> ASN1Node {
        guard let node = upcoming else { throw .malformed(structure: structure, reason: "an element is missing") }
        upcoming = children.next()
        return node
    }

    /// The next element when it carries `identifier`, else nil.
    mutating func nextIfPresent(_ identifier: ASN1Identifier) throws(TrustChainError) -> ASN1Node? {
        guard let node = upcoming, node.identifier == identifier else { return nil }
        return try next()
    }

    /// The content of an explicitly tagged `[number]`, nil when the next element is another.
    mutating func nextIfExplicit(_ number: UInt) throws(TrustChainError) -> ASN1Node? {
        let identifier = ASN1Identifier.context(number)
        guard let node = try nextIfPresent(identifier) else { return nil }
        var inner = try DERReader(node, identifier, structure: structure)
        let content = try inner.next()
        try inner.finish()
        return content
    }

    /// Refuses elements that are left over.
    func finish() throws(TrustChainError) {
        guard isAtEnd else { throw .malformed(structure: structure, reason: "an element too many") }
    }

    /// Reads exactly one DER value of at most `limit` bytes.
    static func root(_ bytes: [UInt8], limit: Int, structure: String) throws(TrustChainError) -> ASN1Node {
        guard bytes.count <= limit else { throw .tooLarge(structure: structure, count: bytes.count, limit: limit) }
        do { return try DER.parse(bytes) } catch { throw .malformed(structure: structure, reason: "\(error)") }
    }
}

extension ASN1Identifier {
    /// Context-specific tag `number`.
    static func context(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }
}

extension ASN1Node {
    /// The content of a primitive element with this identifier.
    func primitive(_ expected: ASN1Identifier, structure: String) throws(TrustChainError) -> ArraySlice<UInt8> {
        guard identifier == expected, case .primitive(let bytes) = content else {
            throw .malformed(structure: structure, reason: "\(expected) expected, found \(identifier)")
        }
        return bytes
    }

    /// The bytes of a BIT STRING of whole bytes.
    func bitStringBytes(structure: String) throws(TrustChainError) -> [UInt8] {
        let bytes = try primitive(.bitString, structure: structure)
        guard bytes.first == 0 else {
            throw .malformed(structure: structure, reason: "a bit string that is not of whole bytes")
        }
        return Array(bytes.dropFirst())
    }

    /// A BOOLEAN, 0x00 or 0xFF.
    func boolean(structure: String) throws(TrustChainError) -> Bool {
        let bytes = try primitive(.boolean, structure: structure)
        guard bytes.count == 1, let byte = bytes.first, byte == 0 || byte == 0xff else {
            throw .malformed(structure: structure, reason: "a boolean other than 0x00 and 0xFF")
        }
        return byte == 0xff
    }

    /// The magnitude of a non-negative INTEGER (or ENUMERATED), big-endian without leading zeros; empty for zero.
    func magnitude(
        _ identifier: ASN1Identifier = .integer,
        structure: String
    ) throws(TrustChainError) -> [UInt8] {
        let bytes = try primitive(identifier, structure: structure)
        guard let first = bytes.first, first & 0x80 == 0 else {
            throw .malformed(structure: structure, reason: "an integer is empty or negative")
        }
        let rest = first == 0 ? bytes.dropFirst() : bytes
        guard first != 0 || rest.isEmpty || rest.first.map({ $0 & 0x80 != 0 }) == true else {
            throw .malformed(structure: structure, reason: "an integer has needless zeros")
        }
        return Array(rest)
    }

    /// A small non-negative INTEGER.
    func unsigned(structure: String) throws(TrustChainError) -> UInt64 {
        let bytes = try magnitude(structure: structure)
        guard bytes.count <= 8 else { throw .malformed(structure: structure, reason: "an integer is too large") }
        return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
