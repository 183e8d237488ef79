public import Canonical

/// Why a service did not do what was asked: a code for programs, a text for people.
public struct ServiceFailure: Error, Sendable, Hashable, CanonicalCodable, CustomStringConvertible {
    /// Stable, lower-case words with dots: `stoq.unknown-service`, `ledger.refused`.
    public var code: String
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { "\(message) (\(code))" }

    public func encode(to encoder: inout BCSEncoder) {
        encoder.encode(code)
        encoder.encode(message)
    }

    public init(from decoder: inout BCSDecoder) throws(BCSError) {
        code = try decoder.decodeString(limit: 256)
        message = try decoder.decodeString(limit: 16 << 10)
    }
}
