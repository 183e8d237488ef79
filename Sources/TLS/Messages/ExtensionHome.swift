/// The messages that carry extensions.
enum ExtensionHome: Sendable {
    case clientHello
    case serverHello
    case helloRetryRequest
    case encryptedExtensions
    case certificateRequest
    case certificate
    case newSessionTicket
}
