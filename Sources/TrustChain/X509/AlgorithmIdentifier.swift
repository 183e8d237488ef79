import SwiftASN1

/// AlgorithmIdentifier (RFC 5280 §4.1.1.2): what a key is for, or how a signature was made.
package struct AlgorithmIdentifier: Sendable, Hashable {
    package let algorithm: OID
    /// DER of the parameters; nil when they are absent.
    package let parameters: [UInt8]?

    /// FALCON-1024 with padded signatures; its parameters are absent, as draft-ietf-lamps-fn-dsa-certificates
    /// has it for FN-DSA.
    package static let falcon1024Padded = AlgorithmIdentifier(algorithm: .falcon1024Padded, parameters: nil)

    package init(algorithm: OID, parameters: [UInt8]?) {
        self.algorithm = algorithm
        self.parameters = parameters
    }

    init(_ node: ASN1Node, structure: String) throws(TrustChainError) {
        var reader = try DERReader(node, structure: structure)
        algorithm = try OID(reader.next(), structure: structure)
        parameters = reader.isAtEnd ? nil : Array(try reader.next().encodedBytes)
        try reader.finish()
    }

    func serialize(into serializer: inout DER.Serializer) {
        serializer.sequence { serializer in
            serializer.objectIdentifier(algorithm)
            serializer.serializeRawBytes(parameters ?? [])
        }
    }

    /// Refuses every algorithm but FALCON-1024 without parameters.
    func requireFalcon1024(structure: String) throws(TrustChainError) {
        guard algorithm == .falcon1024Padded else { throw .unsupportedAlgorithm(algorithm.description) }
        guard parameters == nil else {
            throw .malformed(structure: structure, reason: "FALCON-1024 has no algorithm parameters")
        }
    }
}
