package import Canonical

/// Whom a verifier expects at the other end.
package enum ExpectedIdentity: Sendable, Hashable {
    /// The holder of the key with this hash, certified as such.
    case node(NodeID)
    /// A DNS name, compared without case; `*` in the certificate stands for one label.
    case dns(String)
    /// An IPv6 address of 16 bytes.
    case address([UInt8])
    case uri(String)

    /// Refuses a certificate of another.
    func check(_ certificate: Certificate) throws(TrustChainError) {
        let names = certificate.extensions.names
        switch self {
        case .node(let expected):
            let found = try certificate.nodeID()
            guard found == expected else { throw .nodeMismatch(expected: expected, found: found) }
            guard names.contains(where: { $0.identity == expected }) else {
                throw .nameMismatch(expected: GeneralName.identity(expected).description)
            }
        case .dns(let expected):
            guard names.contains(where: { Self.matches($0, expected.lowercased()) }) else {
                throw .nameMismatch(expected: expected)
            }
        case .address(let expected):
            guard names.contains(.address(expected)) else {
                throw .nameMismatch(expected: GeneralName.address(expected).description)
            }
        case .uri(let expected):
            guard names.contains(.uri(expected)) else { throw .nameMismatch(expected: expected) }
        }
    }

    private static func matches(_ name: GeneralName, _ expected: String) -> Bool {
        guard case .dns(let text) = name else { return false }
        let pattern = text.lowercased()
        guard pattern.hasPrefix("*."), let dot = expected.firstIndex(of: ".") else { return pattern == expected }
        return dot > expected.startIndex && expected[dot...] == pattern.dropFirst()
    }
}
