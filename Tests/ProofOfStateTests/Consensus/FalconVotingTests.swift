import Canonical
import Falcon
import Testing

@testable import ProofOfState

@Suite struct FalconVotingTests {
    @Test func `a FALCON-signed vote verifies, and means nothing else`() throws {
        let keys = try [Falcon1024.PrivateKey(), Falcon1024.PrivateKey()]
        let set = try ValidatorSet(
            keys.map { key in
                let bytes = key.publicKey.rawRepresentation
                return Validator(node: NodeID(publicKey: bytes), publicKey: bytes, weight: 1)
            })
        let checker = try FalconSignatureChecker(set)
        let context = SigningContext(network: NetworkID(.zero), epoch: 0)
        let hash = Digest(sha256: [1])
        let statement = context.statement(.notarize, 3, hash)
        let signature = try #require(FalconConsensusSigner(key: keys[1]).signature(of: statement))
        #expect(signature.count <= ConsensusLimits.signatureBytesMax)
        let vote = Vote(kind: .notarize, view: 3, hash: hash, voter: 1, signature: signature)
        #expect(checker.isValid(vote.requiredSignature(in: context)))
        let other = SigningContext(network: NetworkID(.zero), epoch: 1)
        #expect(!checker.isValid(vote.requiredSignature(in: other)))
        for changed in [
            Vote(kind: .finalize, view: 3, hash: hash, voter: 1, signature: signature),
            Vote(kind: .notarize, view: 4, hash: hash, voter: 1, signature: signature),
            Vote(kind: .notarize, view: 3, hash: .zero, voter: 1, signature: signature),
            Vote(kind: .notarize, view: 3, hash: hash, voter: 0, signature: signature),
            Vote(kind: .notarize, view: 3, hash: hash, voter: 2, signature: signature),
        ] {
            #expect(!checker.isValid(changed.requiredSignature(in: context)))
        }
    }

    @Test func `a set with a key that is none is refused`() throws {
        let set = try ConsensusBench.validators()
        #expect(throws: ConsensusError.self) { try FalconSignatureChecker(set) }
    }
}
