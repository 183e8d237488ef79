import Canonical
import Testing

@testable import ProofOfState

@Suite struct ConsensusCodecTests {
    private static func samples() throws -> [ConsensusMessage] {
        let bench = try ConsensusBench.follower()
        let block = bench.block(view: 1, operations: [[1, 2, 3], [], [4]])
        let child = bench.block(view: 2, parent: block.header)
        let certificate = bench.certificate(.finalize, 2, child.hash)
        return [
            bench.proposal(block),
            .vote(bench.vote(.notarize, 1, block.hash, by: 2)),
            .vote(bench.vote(.nullify, 1, .zero, by: 3)),
            .certificate(bench.certificate(.nullify, 9)),
            .certificate(certificate),
            .finality(FinalityProof(header: block.header, descendants: [child.header], certificate: certificate)),
            .status(ConsensusStatus(view: 3, finalView: 2, finalHeight: 1)),
            .fetchCertificates(from: 1, through: 5),
            .fetchAncestors(block.hash, above: 3),
            .fetchFinal(from: 7),
            .blocks([child, block]),
            .finalRange(FinalRange(blocks: [block, child], certificate: certificate)),
            .wake(4),
        ]
    }

    @Test func `every message comes back from its bytes, and from no others`() throws {
        for message in try ConsensusCodecTests.samples() {
            let bytes = message.canonicalBytes
            #expect(try ConsensusMessage(canonicalBytes: bytes) == message)
            #expect(throws: BCSError.self) { try ConsensusMessage(canonicalBytes: bytes + [0]) }
            #expect(throws: BCSError.self) { try ConsensusMessage(canonicalBytes: Array(bytes.dropLast())) }
        }
    }

    @Test func `records and evidence come back from their bytes`() throws {
        let bench = try ConsensusBench.follower()
        let block = bench.block(view: 1, operations: [[7]])
        let proposal = Proposal(header: block.header, signature: [1, 2])
        let certificate = bench.certificate(.finalize, 1, block.hash)
        let records: [ConsensusRecord] = [
            .vote(bench.vote(.finalize, 1, block.hash, by: 0)), .proposal(proposal), .certificate(certificate),
            .block(block), .final(height: 1, view: 1, hash: block.hash, certificate: certificate),
            .final(height: 1, view: 1, hash: block.hash, certificate: nil),
        ]
        for record in records { #expect(try ConsensusRecord(canonicalBytes: record.canonicalBytes) == record) }
        let vote = bench.vote(.notarize, 1, block.hash, by: 0)
        for evidence in [Evidence.votes(vote, vote), .proposals(proposal, proposal)] {
            #expect(try Evidence(canonicalBytes: evidence.canonicalBytes) == evidence)
        }
        #expect(
            try ValidatorSet(canonicalBytes: bench.configuration.validators.canonicalBytes)
                == bench.configuration.validators)
    }

    @Test(arguments: [1, 2, 3]) func `mangled bytes are refused or read as exactly one value`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for message in try ConsensusCodecTests.samples() {
            let bytes = message.canonicalBytes
            for _ in 0..<60 {
                var mangled = bytes
                for _ in 0...random.next() % 3 {
                    mangled[Int(random.next() % UInt64(mangled.count))] = UInt8(truncatingIfNeeded: random.next())
                }
                if random.next() % 4 == 0 { mangled.removeLast(Int(random.next() % UInt64(mangled.count))) }
                guard let read = try? ConsensusMessage(canonicalBytes: mangled) else { continue }
                #expect(read.canonicalBytes == mangled, "seed \(seed)")
            }
        }
    }

    @Test func `mangled messages never trap the core`() throws {
        var random = SplitMix64(seed: 4)
        var bench = try ConsensusBench.follower()
        for round in 0..<40 {
            for message in try ConsensusCodecTests.samples() {
                var bytes = message.canonicalBytes
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
                guard let read = try? ConsensusMessage(canonicalBytes: bytes) else { continue }
                _ = bench.core.isUseful(read)
                bench.pass(.received(PeerID(rawValue: UInt32(round % 6)), read))
            }
            bench.wait(milliseconds: 100)
        }
        #expect(bench.core.view >= 1)
    }

    @Test func `the ends of the number range never trap the core`() throws {
        var bench = try ConsensusBench.follower(termLength: 3)
        let ends: [UInt64] = [0, 1, .max - 1, .max]
        for one in ends {
            for two in ends {
                let messages: [ConsensusMessage] = [
                    .vote(bench.vote(.nullify, one, .zero, by: 1)), .vote(bench.vote(.finalize, two, .zero, by: 2)),
                    .certificate(bench.certificate(.nullify, one)), .certificate(bench.certificate(.notarize, two)),
                    .certificate(bench.certificate(.finalize, one)),
                    .status(ConsensusStatus(view: one, finalView: two, finalHeight: one)),
                    .fetchCertificates(from: one, through: two), .fetchAncestors(.zero, above: one),
                    .fetchFinal(from: two), .wake(one),
                    bench.proposal(
                        bench.block(view: one) {
                            $0.height = two
                            $0.parentView = two
                            $0.time = Timestamp(nanoseconds: one)
                        }),
                ]
                for message in messages {
                    _ = bench.core.isUseful(message)
                    bench.pass(.received(PeerID(3), message))
                }
                bench.wait(milliseconds: 50)
            }
        }
        #expect(!bench.core.isHalted)
        bench.records.append(.vote(bench.vote(.finalize, .max, .zero, by: 0)))
        bench.records.append(.certificate(bench.certificate(.nullify, .max)))
        bench.restart()
        #expect(bench.core.view < ConsensusLimits.viewMax)
    }

    @Test func `messages name the signatures that must verify`() throws {
        let bench = try ConsensusBench.follower()
        let checker = ConsensusBench.Token(voter: 0)
        let counts = try ConsensusCodecTests.samples().map { message in
            let required = message.requiredSignatures(in: bench.configuration.context)
            #expect(required.allSatisfy { checker.isValid($0) })
            return required.count
        }
        #expect(counts == [1, 1, 1, 3, 3, 3, 0, 0, 0, 0, 0, 3, 0])
    }
}
