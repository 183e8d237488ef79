/// Handshake message types (RFC 8446 §4).
enum HandshakeType: UInt8, Sendable {
    case clientHello = 1
    case serverHello = 2
    case newSessionTicket = 4
    case endOfEarlyData = 5
    case encryptedExtensions = 8
    case certificate = 11
    case certificateRequest = 13
    case certificateVerify = 15
    case finished = 20
    case keyUpdate = 24
    case messageHash = 254

    /// Longest message of this type taken from a peer, header included, in bytes.
    var byteCountMax: Int {
        switch self {
        case .certificate: TLSLimits.handshakeMessageByteCountMax
        case .clientHello, .serverHello, .certificateVerify: TLSLimits.helloByteCountMax
        case .encryptedExtensions, .certificateRequest, .newSessionTicket: TLSLimits.extensionsMessageByteCountMax
        case .finished, .keyUpdate, .messageHash, .endOfEarlyData: 256
        }
    }
}
