import Canonical
import Testing

@testable import ProofOfState

@Suite struct LightClientTests {
    private let checker = ConsensusBench.Token(voter: 0)

    private func client(_ bench: ConsensusBench) -> LightClient {
        LightClient(
            trusted: bench.configuration.base, validators: bench.configuration.validators,
            context: bench.configuration.context)
    }

    @Test func `one proof jumps any distance, also by descendants`() throws {
        let bench = try ConsensusBench.follower()
        let first = bench.block(view: 1)
        let second = bench.block(view: 2, parent: first.header)
        let third = bench.block(view: 5, parent: second.header)
        let certificate = bench.certificate(.finalize, 5, third.hash)
        var client = client(bench)
        try client.advance(
            to: FinalityProof(header: second.header, descendants: [third.header], certificate: certificate),
            checker: checker)
        #expect(client.trusted == second.header)
        try client.advance(to: FinalityProof(header: third.header, certificate: certificate), checker: checker)
        #expect(client.trusted == third.header)
        try client.verify(
            FinalityProof(header: first.header, descendants: [second.header, third.header], certificate: certificate),
            checker: checker)
    }

    @Test func `refuses what is not proved`() throws {
        let bench = try ConsensusBench.follower()
        let block = bench.block(view: 1)
        let other = bench.block(view: 2, parent: block.header)
        let client = client(bench)
        func refuses(_ proof: FinalityProof) -> Bool {
            (try? client.verify(proof, checker: checker)) == nil
        }
        let good = bench.certificate(.finalize, 1, block.hash)
        #expect(!refuses(FinalityProof(header: block.header, certificate: good)))
        #expect(refuses(FinalityProof(header: other.header, certificate: good)))
        #expect(refuses(FinalityProof(header: other.header, descendants: [block.header], certificate: good)))
        #expect(refuses(FinalityProof(header: block.header, certificate: bench.certificate(.notarize, 1, block.hash))))
        let few = bench.certificate(.finalize, 1, block.hash, signers: [0, 1])
        #expect(refuses(FinalityProof(header: block.header, certificate: few)))
        var signatures = good.signatures
        signatures[1] = Certificate.Signature(voter: 1, bytes: signatures[0].bytes)
        let forged = Certificate(kind: .finalize, view: 1, hash: block.hash, signatures: signatures)
        #expect(refuses(FinalityProof(header: block.header, certificate: forged)))
        let foreign = bench.block(view: 1) { $0.epoch = 1 }
        #expect(
            refuses(FinalityProof(header: foreign.header, certificate: bench.certificate(.finalize, 1, foreign.hash))))
    }

    @Test func `a new epoch begins only with the set that a final header names`() throws {
        let bench = try ConsensusBench.follower()
        let next = try ConsensusBench.validators([1, 1, 1, 1, 1])
        let block = bench.block(view: 1) { $0.nextValidators = next.hash }
        var client = client(bench)
        try client.advance(
            to: FinalityProof(header: block.header, certificate: bench.certificate(.finalize, 1, block.hash)),
            checker: checker)
        #expect(throws: ConsensusError.self) { try client.enterNextEpoch(with: bench.configuration.validators) }
        try client.enterNextEpoch(with: next)
        #expect(client.context.epoch == 1)
    }

    @Test func `evidence convicts contradictions only`() throws {
        let bench = try ConsensusBench.follower()
        let (one, two) = (Digest(sha256: [1]), Digest(sha256: [2]))
        func convicts(_ first: Vote, _ second: Vote) -> Bool {
            (try? Evidence.votes(first, second).verify(
                validators: bench.configuration.validators, context: bench.configuration.context, checker: checker))
                != nil
        }
        let notarize = bench.vote(.notarize, 3, one, by: 1)
        let finalize = bench.vote(.finalize, 3, one, by: 1)
        let nullify = bench.vote(.nullify, 3, .zero, by: 1)
        #expect(convicts(notarize, bench.vote(.notarize, 3, two, by: 1)))
        #expect(convicts(finalize, bench.vote(.finalize, 3, two, by: 1)))
        #expect(convicts(finalize, nullify))
        #expect(!convicts(notarize, nullify))
        #expect(!convicts(notarize, finalize))
        #expect(!convicts(nullify, nullify))
        #expect(!convicts(notarize, bench.vote(.notarize, 3, two, by: 2)))
        #expect(!convicts(notarize, bench.vote(.notarize, 4, two, by: 1)))
        #expect(!convicts(finalize, bench.vote(.nullify, 2, .zero, by: 1)))
        let forged = Vote(kind: .notarize, view: 3, hash: two, voter: 1, signature: notarize.signature)
        #expect(!convicts(notarize, forged))
        #expect(!convicts(notarize, bench.vote(.notarize, 3, two, by: 9)))
    }

    @Test func `evidence of two proposals`() throws {
        let bench = try ConsensusBench.follower()
        let first = bench.block(view: 1)
        let second = bench.block(view: 1, operations: [[1]])
        func proposal(_ block: Block) -> Proposal {
            let statement = bench.configuration.context.proposalStatement(block.view, block.hash)
            return Proposal(
                header: block.header, signature: ConsensusBench.Token.make(block.header.proposer, statement))
        }
        let validators = bench.configuration.validators
        let context = bench.configuration.context
        try Evidence.proposals(proposal(first), proposal(second))
            .verify(validators: validators, context: context, checker: checker)
        #expect(throws: ConsensusError.self) {
            try Evidence.proposals(proposal(first), proposal(first))
                .verify(validators: validators, context: context, checker: checker)
        }
        let later = bench.block(view: 5)
        #expect(throws: ConsensusError.self) {
            try Evidence.proposals(proposal(first), proposal(later))
                .verify(validators: validators, context: context, checker: checker)
        }
    }
}
