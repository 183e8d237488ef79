/// An endpoint's own certificate and the private key behind it.
public protocol CertificateSigner: Sendable {
    /// DER certificates, leaf first, each certifying the one before it. Never empty; together under
    /// `TLSLimits.handshakeMessageByteCountMax`.
    var certificateChain: [[UInt8]] { get }

    /// Schemes that the leaf's key can sign with, preferred first.
    var schemes: [SignatureScheme] { get }

    /// Signs `message` whole (the scheme names its own hash, if any) and returns the signature in the scheme's
    /// TLS encoding: DER for ECDSA, 64 raw bytes for Ed25519, 1280 padded bytes for FALCON-1024.
    ///
    /// `scheme` is one of `schemes`. A thrown error ends the handshake with `internal_error`.
    func signature(for message: [UInt8], scheme: SignatureScheme) throws -> [UInt8]
}
