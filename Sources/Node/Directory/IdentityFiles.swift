package import Canonical
package import Falcon
package import TrustChain

/// A key with the certificates that speak for it, as read from an `IdentityDirectory`.
package struct IdentityFiles: Sendable {
    package let key: Falcon1024.PrivateKey
    package let id: NodeID
    /// Own certificate first; empty before one was issued.
    package let chain: [Certificate]

    package init(reading directory: IdentityDirectory) throws(NodeError) {
        let keyText = try PrivateFile.readText(directory.key)
        let chainText =
            PrivateFile.exists(directory.certificate) ? try PrivateFile.readText(directory.certificate) : nil
        do throws(TrustChainError) {
            key = try PrivateKeyFile.decode(keyText)
            id = NodeID(publicKey: key.publicKey.rawRepresentation)
            chain = try chainText.map { (text) throws(TrustChainError) in try Certificate.chain(pem: text) } ?? []
        } catch {
            throw .trust(error)
        }
    }

    /// SHA-256 of the own certificate's DER; what a proof of stake names.
    package var certificateDigest: Digest { chain.first?.fingerprint ?? .zero }
}
