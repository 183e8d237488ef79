import QUIC

/// The extensions of an endpoint, as its thread looks them up.
struct ExtensionTable: Sendable {
    private let names: [UInt64: String]
    private let handlers: [UInt64: STOQExtension.FrameHandler]

    init(_ extensions: [STOQExtension]) {
        var names: [UInt64: String] = [:]
        var handlers: [UInt64: STOQExtension.FrameHandler] = [:]
        for extended in extensions {
            names[extended.offer.parameter] = extended.name
            for type in extended.offer.frameTypes { handlers[type] = extended.frame }
        }
        self.names = names
        self.handlers = handlers
    }

    /// What the peer says of each extension, by name.
    func agreed(_ parameters: [UInt64: [UInt8]]) -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        for (parameter, value) in parameters {
            if let name = names[parameter] { result[name] = value }
        }
        return result
    }

    func receive(_ type: UInt64, _ payload: [UInt8], _ session: Session) {
        handlers[type]?(type, payload, session)
    }
}
