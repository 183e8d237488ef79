package import Canonical
import MerkleTree

/// What a peer shows beside a certificate: where its entry is in the log, and the proof up to a log head that the
/// verifier has from final blocks. No evidence, no trust.
package struct TransparencyEvidence: Sendable, Hashable {
    package let promise: InclusionPromise
    /// Height of the block with the entry.
    package let height: UInt64
    /// The serial number that the certificate replaced, when it was a renewal.
    package let replaces: SerialNumber?
    /// Hashes from the entry to the head's root (RFC 6962 §2.1.1).
    package let proof: [Digest]

    package init(promise: InclusionPromise, height: UInt64, replaces: SerialNumber?, proof: [Digest]) {
        self.promise = promise
        self.height = height
        self.replaces = replaces
        self.proof = proof
    }

    /// The entry that issued `certificate` according to this evidence.
    package func entry(for certificate: Certificate) -> LogEntry {
        let event: LogEntry.Event =
            if let replaces {
                .renewal(certificate: certificate.encoded, replaces: replaces)
            } else {
                .issuance(certificate: certificate.encoded)
            }
        return LogEntry(time: promise.timestamp, height: height, event: event)
    }

    /// Checks that `certificate` is in the log whose head is `head`.
    package func verify(_ certificate: Certificate, head: LogHead) throws(TrustChainError) {
        guard promise.logID == head.logID else { throw .otherLog }
        guard case .leaf(let index) = promise.place else { throw .notLogged(serial: certificate.serialNumber) }
        do throws(LogProofError) {
            try LogProof.verifyInclusion(
                leafHash: entry(for: certificate).leafHash, index: index, treeSize: head.size, root: head.root,
                proof: proof)
        } catch {
            throw .logProofInvalid(error.description)
        }
    }
}

extension TransparencyEvidence: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(promise)
        encoder.encode(height)
        encoder.encode(replaces)
        encoder.encode(proof)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        promise = try decoder.decode()
        height = try decoder.decode()
        replaces = try decoder.decodeOption()
        proof = try decoder.decodeArray(limit: 64)
    }
}
