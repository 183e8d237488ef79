/// RFC 8446 §4.4.2, with an empty request context and no extensions to the certificates, as none is ever offered.
struct CertificateMessage: Sendable, Equatable {
    /// DER, leaf first; empty when a client has none.
    let chain: [[UInt8]]

    init(chain: [[UInt8]]) {
        self.chain = chain
    }

    init(_ body: [UInt8]) throws(TLSError) {
        var reader = ByteReader(body)
        guard try reader.vector8("certificate_request_context").isEmpty else {
            throw .illegalParameter("certificate_request_context")
        }
        var list = ByteReader(try reader.vector24("certificate_list"))
        try reader.finish("Certificate")
        var chain: [[UInt8]] = []
        while !list.isAtEnd {
            guard chain.count < TLSLimits.certificateCountMax else {
                throw .certificateRejected(CertificateRejection(.bad, detail: "more certificates than allowed"))
            }
            chain.append(try list.vector24("certificate", 1...0xFF_FFFF))
            let extensions = try ExtensionList(try list.vector16("certificate extensions"), in: .certificate)
            try extensions.requireOffered([])
        }
        self.chain = chain
    }

    func message() throws(TLSError) -> HandshakeMessage {
        var list = ByteWriter()
        for certificate in chain {
            list.vector24(certificate)
            list.vector16([])
        }
        guard !list.isOverflowed else { throw .internalFailure("own certificate is too long") }
        var writer = ByteWriter()
        writer.vector8([])
        writer.vector24(list.bytes)
        return try HandshakeMessage(.certificate, writer)
    }
}
