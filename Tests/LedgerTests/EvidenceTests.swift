import Caesar
import Canonical
import Falcon
import Ledger
import ProofOfState
import Testing

@Suite struct EvidenceTests {
    private func vote(_ mesh: Mesh, _ voter: Int, block: UInt8, view: UInt64 = 7, epoch: UInt64 = 0) throws -> Vote {
        let context = SigningContext(network: mesh.state.network, epoch: epoch)
        let hash = Digest(sha256: [block])
        let statement = context.statement(.notarize, view, hash)
        return Vote(
            kind: .notarize, view: view, hash: hash, voter: ValidatorIndex(voter),
            signature: try Actors.key(voter).signature(for: statement.signedBytes))
    }

    @Test func twoVotesForOneViewForfeitTheBondOnce() throws {
        var mesh = try Mesh()
        let votes = try (1...3).map { try vote(mesh, 2, block: $0) }
        let first = Evidence.votes(votes[0], votes[1]).canonicalBytes
        let second = Evidence.votes(votes[0], votes[2]).canonicalBytes
        let outcome = try mesh.block(
            (4, .reportEvidence(first)), (4, .reportEvidence(first)), (4, .reportEvidence(second)))
        #expect(outcome.codes == [0, 116, 116])
        #expect(mesh.state.bond(of: try Actors.id(2)) == .zero)
        #expect(mesh.state.balance(of: .named(.forfeited)) == Mesh.bond)
    }

    @Test func whatProvesNothingForfeitsNothing() throws {
        var mesh = try Mesh()
        let good = try vote(mesh, 2, block: 1)
        let forged = Vote(
            kind: .notarize, view: 7, hash: Digest(sha256: [2]), voter: 2, signature: good.signature)
        let elsewhere = try vote(mesh, 2, block: 2, epoch: 1)
        let later = try vote(mesh, 2, block: 2, view: 8)
        for second in [good, forged, elsewhere, later] {
            let bytes = Evidence.votes(good, second).canonicalBytes
            #expect(try mesh.block((4, .reportEvidence(bytes))).codes == [117])
        }
        #expect(try mesh.block((4, .reportEvidence([9, 9]))).codes == [117])
        #expect(mesh.state.bond(of: try Actors.id(2)) == Mesh.bond)
    }
}
