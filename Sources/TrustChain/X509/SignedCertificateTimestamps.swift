import SwiftASN1

/// A list of timestamps of outside transparency logs (RFC 6962 §3.3), carried as it is. The mesh's own log needs
/// none: its promise is the ledger's, see `InclusionPromise`.
package struct SignedCertificateTimestamps: CertificateExtensionValue {
    /// The TLS encoding of the list.
    package let list: [UInt8]

    static let identifier = OID.signedCertificateTimestamps

    package init(list: [UInt8]) {
        self.list = list
    }

    init(_ node: ASN1Node) throws(TrustChainError) {
        list = Array(try node.primitive(.octetString, structure: "list of certificate timestamps"))
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.octetString(list)
    }
}
