package import Canonical
package import TLS
import TrustChain

/// What a relay says that it carried on a circuit, signed with its FALCON key.
package struct HopReceipt: Sendable, Hashable, CanonicalCodable {
    /// The circuit's name.
    package var circuit: [UInt8]
    package var relay: NodeID
    package var previous: NodeID
    package var next: NodeID
    /// Bytes of ciphertext towards the other end, and back.
    package var bytesForward: UInt64
    package var bytesBackward: UInt64
    /// The relay's certificates in DER, its own first.
    package var certificates: [[UInt8]]
    package var signature: [UInt8]

    /// Signs what was carried.
    package init(
        circuit: [UInt8], relay: NodeID, previous: NodeID, next: NodeID, bytesForward: UInt64, bytesBackward: UInt64,
        signer: any CertificateSigner
    ) throws {
        self.circuit = circuit
        self.relay = relay
        self.previous = previous
        self.next = next
        self.bytesForward = bytesForward
        self.bytesBackward = bytesBackward
        certificates = signer.certificateChain
        signature = []
        signature = try signer.signature(for: message, scheme: .falcon1024)
    }

    /// Checks that the relay's certificate is accepted and its key signed this.
    package func verify(_ verifier: any CertificateVerifier) throws(STOQError) {
        guard let own = certificates.first else { throw .route(.receipt("it has no certificate")) }
        let key: any PeerPublicKey
        do throws(CertificateRejection) {
            key = try verifier.verify(chain: certificates, serverName: nil, peerRole: .server)
        } catch {
            throw .route(.receipt("\(error)"))
        }
        guard let id = try? Certificate(derEncoded: own).nodeID(), id == relay else {
            throw .route(.receipt("its certificate is another node's"))
        }
        guard key.isValidSignature(signature, for: message, scheme: .falcon1024) else {
            throw .route(.receipt("its signature is wrong"))
        }
    }

    /// "HM/stoq/receipt" and everything but certificates and signature.
    private var message: [UInt8] {
        var encoder = BCSEncoder()
        encodeContent(to: &encoder)
        return HashDomain.hopReceipt.message(encoder.bytes)
    }

    private func encodeContent(to encoder: inout BCSEncoder) {
        encoder.encodeFixed(circuit)
        encoder.encode(relay)
        encoder.encode(previous)
        encoder.encode(next)
        encoder.encode(bytesForward)
        encoder.encode(bytesBackward)
    }

    package func encode(to encoder: inout BCSEncoder) {
        encodeContent(to: &encoder)
        encoder.encodeList(of: certificates)
        encoder.encodeBytes(signature)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        circuit = try decoder.decodeFixed(CircuitRequest.nameBytes)
        relay = try decoder.decode()
        previous = try decoder.decode()
        next = try decoder.decode()
        bytesForward = try decoder.decode()
        bytesBackward = try decoder.decode()
        certificates = try decoder.decodeList(
            limit: 8, elementLimit: ExtensionLimits.receiptCertificatesBytesMax / 8)
        signature = try decoder.decodeBytes(limit: 2048)
    }
}
