/// Where a handshake stands: what it waits for (RFC 8446 §A).
enum HandshakeState: String, Sendable {
    case idle
    case waitServerHello = "waiting for ServerHello"
    case waitEncryptedExtensions = "waiting for EncryptedExtensions"
    case waitCertificateOrRequest = "waiting for Certificate or CertificateRequest"
    case waitServerCertificate = "waiting for the server's Certificate"
    case waitServerCertificateVerify = "waiting for the server's CertificateVerify"
    case waitServerFinished = "waiting for the server's Finished"
    case waitClientHello = "waiting for ClientHello"
    case waitSecondClientHello = "waiting for the second ClientHello"
    case waitClientCertificate = "waiting for the client's Certificate"
    case waitClientCertificateVerify = "waiting for the client's CertificateVerify"
    case waitEndOfEarlyData = "waiting for EndOfEarlyData"
    case waitClientFinished = "waiting for the client's Finished"
    case connected
    case failed

    /// Message types that may come next.
    func acceptedTypes(role: HandshakeRole, isQUIC: Bool) -> [HandshakeType] {
        switch self {
        case .idle, .failed: []
        case .waitServerHello: [.serverHello]
        case .waitEncryptedExtensions: [.encryptedExtensions]
        case .waitCertificateOrRequest: [.certificate, .certificateRequest]
        case .waitServerCertificate, .waitClientCertificate: [.certificate]
        case .waitServerCertificateVerify, .waitClientCertificateVerify: [.certificateVerify]
        case .waitEndOfEarlyData: [.endOfEarlyData]
        case .waitServerFinished, .waitClientFinished: [.finished]
        case .waitClientHello, .waitSecondClientHello: [.clientHello]
        // QUIC has its own key updates (RFC 9001 §6); only servers issue tickets.
        case .connected: (isQUIC ? [] : [.keyUpdate]) + (role == .client ? [.newSessionTicket] : [])
        }
    }
}
