/// RFC 8446 §4.4.3.
struct CertificateVerify: Sendable, Equatable {
    let scheme: SignatureScheme
    let signature: [UInt8]

    init(scheme: SignatureScheme, signature: [UInt8]) {
        self.scheme = scheme
        self.signature = signature
    }

    init(_ body: [UInt8]) throws(TLSError) {
        var reader = ByteReader(body)
        scheme = SignatureScheme(rawValue: try reader.uint16("signature scheme"))
        signature = try reader.vector16("signature")
        try reader.finish("CertificateVerify")
    }

    func message() throws(TLSError) -> HandshakeMessage {
        var writer = ByteWriter()
        writer.uint16(scheme.rawValue)
        writer.vector16(signature)
        return try HandshakeMessage(.certificateVerify, writer)
    }

    /// What is signed: 64 spaces, a context string, a zero, the transcript hash.
    static func content(by signer: HandshakeRole, transcriptHash: [UInt8]) -> [UInt8] {
        let name = signer == .server ? "server" : "client"
        return [UInt8](repeating: 0x20, count: 64) + Array("TLS 1.3, \(name) CertificateVerify".utf8) + [0]
            + transcriptHash
    }
}
