/// Walks over the elements of a DER value, only to find the public key in a certificate.
struct DERCursor {
    struct Element {
        let tag: UInt8
        let content: ArraySlice<UInt8>
        /// Tag, length and content.
        let whole: ArraySlice<UInt8>
    }

    private static let sequence: UInt8 = 0x30
    private static let version: UInt8 = 0xA0
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The next element; nil at the end, or when what follows is no element.
    mutating func next() -> Element? {
        var body = rest
        guard let tag = body.popFirst(), let first = body.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            let size = Int(first & 0x7F)
            guard (1...3).contains(size), body.count >= size else { return nil }
            length = body.prefix(size).reduce(0) { $0 << 8 | Int($1) }
            body = body.dropFirst(size)
        }
        guard length <= body.count else { return nil }
        let content = body.prefix(length)
        let element = Element(tag: tag, content: content, whole: rest[rest.startIndex..<content.endIndex])
        rest = rest[content.endIndex...]
        return element
    }

    /// The SubjectPublicKeyInfo of an X.509 certificate (RFC 5280 section 4.1); nil when it is none.
    static func publicKeyInfo(ofCertificate certificate: [UInt8]) -> [UInt8]? {
        var outer = DERCursor(certificate[...])
        guard let whole = outer.next(), whole.tag == sequence else { return nil }
        var inner = DERCursor(whole.content)
        guard let signed = inner.next(), signed.tag == sequence else { return nil }
        var fields = DERCursor(signed.content)
        guard let first = fields.next() else { return nil }
        // Serial number, signature algorithm, issuer, validity, subject; the version before them may lack.
        for _ in 0..<(first.tag == version ? 5 : 4) where fields.next() == nil { return nil }
        guard let key = fields.next(), key.tag == sequence else { return nil }
        return Array(key.whole)
    }
}
