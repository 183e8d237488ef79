/// RFC 8446 §4.3.2, with an empty context as the handshake demands.
struct CertificateRequest: Sendable, Equatable {
    let signatureSchemes: [SignatureScheme]

    init(signatureSchemes: [SignatureScheme]) {
        self.signatureSchemes = signatureSchemes
    }

    init(_ body: [UInt8]) throws(TLSError) {
        var reader = ByteReader(body)
        guard try reader.vector8("certificate_request_context").isEmpty else {
            throw .illegalParameter("certificate_request_context")
        }
        let extensions = try ExtensionList(try reader.vector16("extensions"), in: .certificateRequest)
        try reader.finish("CertificateRequest")
        guard let body = extensions[.signatureAlgorithms] else { throw .missingExtension("signature_algorithms") }
        var inner = ByteReader(body)
        let list = try ByteReader.uint16List(try inner.vector16("schemes", 2...0xFFFE), "signature_algorithms")
        try inner.finish("signature_algorithms")
        signatureSchemes = list.map { SignatureScheme(rawValue: $0) }
    }

    func message() throws(TLSError) -> HandshakeMessage {
        var extensions = ExtensionList()
        extensions.append(.signatureAlgorithms) { writer in
            writer.vector16 { list in signatureSchemes.forEach { list.uint16($0.rawValue) } }
        }
        var writer = ByteWriter()
        writer.vector8([])
        extensions.write(to: &writer)
        return try HandshakeMessage(.certificateRequest, writer)
    }
}
