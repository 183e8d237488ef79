import SwiftASN1

/// PEM text (RFC 7468): labelled base64 blocks.
package enum PEM {
    package static let certificate = "CERTIFICATE"
    package static let certificateRequest = "CERTIFICATE REQUEST"
    package static let revocationList = "X509 CRL"
    package static let privateKey = "PRIVATE KEY"
    package static let encryptedPrivateKey = "ENCRYPTED PRIVATE KEY"

    /// A block of text with lines of 64 characters and a newline at the end.
    package static func encode(_ der: [UInt8], label: String) -> String {
        PEMDocument(type: label, derBytes: der).pemString + "\n"
    }

    /// Every block of `text` with its label.
    package static func blocks(_ text: String) throws(TrustChainError) -> [(label: String, der: [UInt8])] {
        guard text.utf8.count <= Limits.pemBytesMax else {
            throw .tooLarge(structure: "PEM text", count: text.utf8.count, limit: Limits.pemBytesMax)
        }
        do {
            return try PEMDocument.parseMultiple(pemString: text).map { ($0.discriminator, $0.derBytes) }
        } catch {
            throw .malformed(structure: "PEM text", reason: "\(error)")
        }
    }

    /// The one block of `text`, which must have this label.
    package static func decode(_ text: String, label: String) throws(TrustChainError) -> [UInt8] {
        let found = try blocks(text)
        guard let block = found.first, found.count == 1 else {
            throw .malformed(structure: "PEM text", reason: "\(found.count) blocks where one is expected")
        }
        guard block.label == label else { throw .wrongLabel(expected: label, found: block.label) }
        return block.der
    }
}
