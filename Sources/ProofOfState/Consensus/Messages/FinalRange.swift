package import Canonical

/// A run of final blocks in ascending order of height; the certificate finalizes the last, and the others through it.
package struct FinalRange: Sendable, Hashable, CanonicalCodable {
    package let blocks: [Block]
    package let certificate: Certificate

    package init(blocks: [Block], certificate: Certificate) {
        self.blocks = blocks
        self.certificate = certificate
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(blocks)
        encoder.encode(certificate)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        blocks = try decoder.decodeArray(limit: ConsensusLimits.replyBlocksMax)
        certificate = try decoder.decode()
    }
}
