/// Extension types that this module reads or writes (RFC 8446 §4.2, RFC 9001 §8.2).
struct ExtensionType: RawRepresentable, Sendable, Hashable {
    let rawValue: UInt16

    static let serverName = ExtensionType(rawValue: 0)
    static let supportedGroups = ExtensionType(rawValue: 10)
    static let signatureAlgorithms = ExtensionType(rawValue: 13)
    static let applicationProtocol = ExtensionType(rawValue: 16)
    static let padding = ExtensionType(rawValue: 21)
    static let preSharedKey = ExtensionType(rawValue: 41)
    static let earlyData = ExtensionType(rawValue: 42)
    static let supportedVersions = ExtensionType(rawValue: 43)
    static let cookie = ExtensionType(rawValue: 44)
    static let pskKeyExchangeModes = ExtensionType(rawValue: 45)
    static let certificateAuthorities = ExtensionType(rawValue: 47)
    static let oidFilters = ExtensionType(rawValue: 48)
    static let postHandshakeAuthentication = ExtensionType(rawValue: 49)
    static let keyShare = ExtensionType(rawValue: 51)
    static let quicTransportParameters = ExtensionType(rawValue: 57)

    /// The messages that RFC 8446 §4.2's table allows this extension in; nil for a type that we do not know.
    var allowedMessages: [ExtensionHome]? {
        switch self {
        case .serverName, .applicationProtocol, .quicTransportParameters, .supportedGroups:
            [.clientHello, .encryptedExtensions]
        case .signatureAlgorithms: [.clientHello, .certificateRequest]
        case .padding, .pskKeyExchangeModes, .postHandshakeAuthentication: [.clientHello]
        case .preSharedKey: [.clientHello, .serverHello]
        case .earlyData: [.clientHello, .encryptedExtensions, .newSessionTicket]
        case .supportedVersions, .keyShare: [.clientHello, .serverHello, .helloRetryRequest]
        case .cookie: [.clientHello, .helloRetryRequest]
        case .certificateAuthorities: [.clientHello, .certificateRequest]
        case .oidFilters: [.certificateRequest]
        default: nil
        }
    }
}
