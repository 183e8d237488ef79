/// The public key of a verified leaf certificate.
public protocol PeerPublicKey: Sendable {
    /// True when `signature` (in the scheme's TLS encoding) over `message` verifies under this key. False when the
    /// key is of another kind than `scheme`.
    func isValidSignature(_ signature: [UInt8], for message: [UInt8], scheme: SignatureScheme) -> Bool
}
