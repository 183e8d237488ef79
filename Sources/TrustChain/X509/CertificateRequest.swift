package import Falcon
import SwiftASN1

/// A certification request (PKCS #10, RFC 2986): a subject, a key and the extensions asked for, signed by the key.
package struct CertificateRequest: Sendable, Hashable {
    package let subject: DistinguishedName
    package let publicKey: SubjectPublicKeyInfo
    /// The extensions asked for.
    package let extensions: CertificateExtensions
    /// DER of attributes that are no request for extensions.
    private let otherAttributes: [[UInt8]]
    private let signed: SignedStructure

    private static let structure = "certificate request"

    /// Asks for a certificate for `key`.
    package init(
        subject: DistinguishedName,
        names: [GeneralName] = [],
        otherExtensions: [CertificateExtension] = [],
        key: Falcon1024.PrivateKey
    ) throws(TrustChainError) {
        self.subject = subject
        publicKey = SubjectPublicKeyInfo(key.publicKey)
        let named = names.isEmpty ? [] : [CertificateExtension(SubjectAlternativeName(names))]
        extensions = try CertificateExtensions(named + otherExtensions)
        otherAttributes = []
        let content = Self.content(
            subject: subject, publicKey: publicKey, extensions: extensions, otherAttributes: otherAttributes)
        signed = try SignedStructure(signing: content, with: key)
    }

    /// Reads DER. The signature is not checked: see `verifySignature`.
    package init(derEncoded der: [UInt8]) throws(TrustChainError) {
        let (signed, node) = try SignedStructure.parse(
            der, limit: Limits.certificateBytesMax, structure: Self.structure)
        var reader = try DERReader(node, structure: Self.structure)
        guard try reader.next().unsigned(structure: Self.structure) == 0 else {
            throw .unsupportedVersion(structure: Self.structure)
        }
        subject = try DistinguishedName(reader.next())
        publicKey = try SubjectPublicKeyInfo(reader.next())
        (extensions, otherAttributes) = try Self.attributes(reader.next())
        try reader.finish()
        self.signed = signed
        let content = Self.content(
            subject: subject, publicKey: publicKey, extensions: extensions, otherAttributes: otherAttributes)
        guard content == signed.content else { throw .notDistinguished(structure: Self.structure) }
    }

    /// Reads one PEM block.
    package init(pem: String) throws(TrustChainError) {
        try self.init(derEncoded: PEM.decode(pem, label: PEM.certificateRequest))
    }

    /// DER of the request.
    package var encoded: [UInt8] { signed.encoded }
    package var pem: String { PEM.encode(encoded, label: PEM.certificateRequest) }

    /// Checks that the holder of the key made the request.
    package func verifySignature() throws(TrustChainError) {
        try signed.verify(with: publicKey, subject: subject.description)
    }

    private static func attributes(
        _ node: ASN1Node
    ) throws(TrustChainError) -> (CertificateExtensions, [[UInt8]]) {
        var requested: [CertificateExtension]?
        var others: [[UInt8]] = []
        var reader = try DERReader(node, .context(0), structure: structure)
        while !reader.isAtEnd {
            let element = try reader.next()
            var attribute = try DERReader(element, structure: structure)
            let type = try OID(attribute.next(), structure: structure)
            var values = try DERReader(attribute.next(), .set, structure: structure)
            try attribute.finish()
            guard type == .extensionRequest else {
                others.append(Array(element.encodedBytes))
                continue
            }
            guard requested == nil else { throw .duplicateExtension(type.description) }
            requested = try CertificateExtension.list(values.next())
            try values.finish()
        }
        return (try CertificateExtensions(requested ?? []), others)
    }

    private static func content(
        subject: DistinguishedName,
        publicKey: SubjectPublicKeyInfo,
        extensions: CertificateExtensions,
        otherAttributes: [[UInt8]]
    ) -> [UInt8] {
        var attributes = otherAttributes
        if !extensions.all.isEmpty {
            attributes.append(
                DER.Serializer.bytes { serializer in
                    serializer.sequence { serializer in
                        serializer.objectIdentifier(.extensionRequest)
                        serializer.set([DER.Serializer.bytes { extensions.serialize(into: &$0) }])
                    }
                })
        }
        return DER.Serializer.bytes { serializer in
            serializer.sequence { serializer in
                serializer.integer(0 as UInt64)
                subject.serialize(into: &serializer)
                publicKey.serialize(into: &serializer)
                serializer.set(attributes, identifier: .context(0))
            }
        }
    }
}
