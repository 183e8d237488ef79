import SwiftASN1

/// One extension as it is encoded (RFC 5280 §4.1).
package struct CertificateExtension: Sendable, Hashable {
    package let identifier: OID
    package let isCritical: Bool
    /// DER of the extension's value.
    package let value: [UInt8]

    private static let structure = "extension"

    package init(identifier: OID, isCritical: Bool, value: [UInt8]) {
        self.identifier = identifier
        self.isCritical = isCritical
        self.value = value
    }

    /// An extension of a form that TrustChain knows.
    init(_ value: some CertificateExtensionValue, isCritical: Bool = false) {
        self.init(identifier: type(of: value).identifier, isCritical: isCritical, value: value.encoded)
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        var reader = try DERReader(node, structure: Self.structure)
        identifier = try OID(reader.next(), structure: Self.structure)
        let critical = try reader.nextIfPresent(.boolean)
        isCritical = try critical?.boolean(structure: Self.structure) ?? false
        value = Array(try reader.next().primitive(.octetString, structure: Self.structure))
        try reader.finish()
        // FALSE is the default and so must be absent (X.690 §11.5).
        guard critical == nil || isCritical else { throw .notDistinguished(structure: Self.structure) }
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            serializer.objectIdentifier(identifier)
            if isCritical { serializer.boolean(true) }
            serializer.octetString(value)
        }
    }

    /// Reads a SEQUENCE OF extensions in which none stands twice.
    static func list(_ node: ASN1Node) throws(TrustChainError) -> [CertificateExtension] {
        var extensions: [CertificateExtension] = []
        var reader = try DERReader(node, structure: structure)
        while !reader.isAtEnd {
            let next = try CertificateExtension(reader.next())
            guard !extensions.contains(where: { $0.identifier == next.identifier }) else {
                throw .duplicateExtension(next.identifier.description)
            }
            extensions.append(next)
            guard extensions.count <= Limits.extensionsMax else {
                throw .tooLarge(structure: structure, count: extensions.count, limit: Limits.extensionsMax)
            }
        }
        guard !extensions.isEmpty else { throw .malformed(structure: structure, reason: "an empty list") }
        return extensions
    }
}

/// A value of an extension that TrustChain reads and writes.
protocol CertificateExtensionValue: Sendable, Hashable {
    static var identifier: OID { get }
    init(_ node: ASN1Node) throws(TrustChainError)
    func serialize(into serializer: inout DER.Serializer)
}

extension CertificateExtensionValue {
    /// DER of the value.
    var encoded: [UInt8] { DER.Serializer.bytes { serialize(into: &$0) } }

    /// Reads the extension of this kind from a list; nil when it is absent.
    static func find(in extensions: [CertificateExtension]) throws(TrustChainError) -> Self? {
        guard let found = extensions.first(where: { $0.identifier == identifier }) else { return nil }
        let structure = "extension \(identifier)"
        let value = try Self(DERReader.root(found.value, limit: Limits.certificateBytesMax, structure: structure))
        guard value.encoded == found.value else { throw .notDistinguished(structure: structure) }
        return value
    }
}
