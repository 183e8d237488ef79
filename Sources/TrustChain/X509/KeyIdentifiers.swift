import SwiftASN1

/// Names the certificate's own key (RFC 5280 §4.2.1.2).
package struct SubjectKeyIdentifier: CertificateExtensionValue {
    package let keyIdentifier: [UInt8]

    static let identifier = OID.subjectKeyIdentifier

    package init(_ keyIdentifier: [UInt8]) {
        self.keyIdentifier = keyIdentifier
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        keyIdentifier = Array(try node.primitive(.octetString, structure: "subject key identifier"))
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.octetString(keyIdentifier)
    }
}

/// Names the key that signed (RFC 5280 §4.2.1.1).
package struct AuthorityKeyIdentifier: CertificateExtensionValue {
    /// Nil when the issuer is named in another way only.
    package let keyIdentifier: [UInt8]?
    /// DER of the issuer's names and serial number, which TrustChain carries and does not use.
    private let rest: [UInt8]

    static let identifier = OID.authorityKeyIdentifier
    private static let structure = "authority key identifier"

    package init(_ keyIdentifier: [UInt8]) {
        self.keyIdentifier = keyIdentifier
        rest = []
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        keyIdentifier = try reader.nextIfPresent(.context(0)).map { node throws(TrustChainError) in
            Array(try node.primitive(.context(0), structure: Self.structure))
        }
        let names = try reader.nextIfPresent(.context(1))
        let serial = try reader.nextIfPresent(.context(2))
        try reader.finish()
        rest = Array(names?.encodedBytes ?? []) + Array(serial?.encodedBytes ?? [])
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            if let keyIdentifier { serializer.primitive(.context(0), keyIdentifier) }
            serializer.serializeRawBytes(rest)
        }
    }
}
