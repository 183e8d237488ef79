import Canonical
import Crypto
import QUIC
import Synchronization
import Testing
import TrustChain

@testable import STOQ

@Suite struct StreamTests {
    private static func random(_ count: Int, seed: UInt64) -> [UInt8] {
        print("seed \(seed)")
        var source = SplitMix64(seed: seed)
        return source.bytes(count)
    }

    @Test func echoesAStreamToItsEnd() async throws {
        try await Pair.run { pair in
            let (near, far) = try await pair.stream(sending: Array("hello".utf8))
            try await near.write([], finish: true)
            let heard = try await collect(far)
            try await far.write(heard, finish: true)
            #expect(try await collect(near) == Array("hello".utf8))
            #expect(try await near.read() == nil)
            #expect(try await near.read() == nil)
        }
    }

    @Test func bothEndsKnowWhoTheOtherIs() async throws {
        try await Pair.run { pair in
            let seen = (try pair.near.peerID(), try pair.far.peerID())
            let root = try MeshFixture.root()
            let server = try MeshFixture.certificate(.server, by: root).nodeID()
            let client = try MeshFixture.certificate(.client, by: root).nodeID()
            #expect(seen == (server, client))
            #expect(pair.near.isInitiator && !pair.far.isInitiator)
            #expect(pair.near.remoteAddress == pair.server.localAddress)
        }
    }

    @Test func movesFiveMegabytesBothWaysAtOnce() async throws {
        let sent = Self.random(5_000_000, seed: 7)
        let digest = Array(SHA256.hash(data: sent))
        try await Pair.run { pair in
            let (near, far) = try await pair.stream(sending: [sent[0]])
            async let first: Void = near.write(Array(sent.dropFirst()), finish: true)
            async let second: Void = far.write(sent, finish: true)
            async let there = collect(far)
            async let back = collect(near)
            try await first
            try await second
            #expect(Array(SHA256.hash(data: try await there)) == digest)
            #expect(Array(SHA256.hash(data: try await back)) == digest)
        }
    }

    @Test func aWriterIsHeldBackWhileNobodyReads() async throws {
        try await Pair.run { pair in
            let (near, far) = try await pair.stream(sending: [3])
            let chunk = [UInt8](repeating: 3, count: 1 << 18)
            let chunks = 96
            let accepted = Mutex(0)
            let writing = Task {
                for index in 0..<chunks {
                    try await near.write(chunk, finish: index == chunks - 1)
                    accepted.withLock { $0 += chunk.count }
                }
            }
            // Time enough for the writer to run ahead if anything let it.
            for _ in 0..<100 {
                let (side, other) = try await pair.stream(.unidirectional)
                try await side.write([], finish: true)
                _ = try await collect(other)
            }
            let transport = TransportConfiguration()
            let bound = transport.streamSendBuffer + Int(transport.streamReceiveWindow) + chunk.count
            #expect(accepted.withLock { $0 } <= bound)
            #expect(try await collect(far).count == 1 + chunks * chunk.count)
            try await writing.value
        }
    }

    @Test func aSecondReaderIsRefused() async throws {
        try await Pair.run { pair in
            let (near, far) = try await pair.stream()
            let outcomes = await withTaskGroup(of: STOQError?.self) { group in
                for _ in 0..<2 { group.addTask { await failure { _ = try await near.read() } } }
                // One is refused at once; the other gets what comes.
                var outcomes = [await group.next() ?? nil]
                do { try await far.write([9], finish: true) } catch { Issue.record(error) }
                outcomes.append(await group.next() ?? nil)
                return outcomes
            }
            #expect(outcomes == [.streamInUse, nil])
        }
    }

    @Test func cancellingAReaderResetsTheStream() async throws {
        try await Pair.run { pair in
            let (near, far) = try await pair.stream(sending: [1])
            #expect(try await far.read() == [1])
            let reading = Task { try await near.read() }
            reading.cancel()
            let own = await failure { _ = try await reading.value }
            #expect(own == .cancelled)
            let seen = await failure { _ = try await far.read() }
            #expect(seen == .streamAborted(code: SessionCode.cancelled.rawValue))
            let refused = await failure { while true { try await far.write([1]) } }
            #expect(refused == .streamAborted(code: SessionCode.cancelled.rawValue))
        }
    }

    @Test func cancellingAWriterResetsTheStream() async throws {
        try await Pair.run { pair in
            let (near, far) = try await pair.stream(sending: [1])
            #expect(try await far.read() == [1])
            // More than send buffer and window hold, so that the writer waits.
            let writing = Task { try await near.write([UInt8](repeating: 7, count: 48 << 20)) }
            _ = try await far.read()
            writing.cancel()
            let own = await failure { try await writing.value }
            #expect(own == .cancelled)
            let seen = await failure { while try await far.read() != nil {} }
            #expect(seen == .streamAborted(code: SessionCode.cancelled.rawValue))
        }
    }

    @Test func lettingGoOfAStreamAbortsIt() async throws {
        try await Pair.run { pair in
            var near: STOQStream? = try await pair.near.openStream()
            try await near?.write([1])
            let far = try #require(await pair.far.incomingStreams.first { _ in true })
            #expect(try await far.read() == [1])
            near = nil
            let seen = await failure { _ = try await far.read() }
            #expect(seen == .streamAborted(code: SessionCode.cancelled.rawValue))
        }
    }

    @Test func finishedStreamsLeaveNothingBehind() async throws {
        try await Pair.run { pair in
            for _ in 0..<300 {
                let (near, far) = try await pair.stream(sending: [5])
                try await near.write([], finish: true)
                try await far.write(try await collect(far), finish: true)
                #expect(try await collect(near) == [5])
            }
            #expect(try await pair.near.heldStreams() == 0)
            // Acknowledgements may still be on their way; every question wakes the thread.
            var rounds = 0
            while try await pair.near.statistics().openStreams + pair.far.statistics().openStreams > 0, rounds < 100_000
            {
                rounds += 1
            }
            #expect(rounds < 100_000)
            #expect(try await pair.far.heldStreams() == 0)
        }
    }

    @Test func openingWaitsForThePeersLimitAndCanBeGivenUp() async throws {
        try await Pair.run(change: { $0.transport.bidirectionalStreamsMaximum = 2 }) { pair in
            let first = try await pair.stream()
            let second = try await pair.stream()
            let waiting = Task { try await pair.near.openStream() }
            let oneWay = try await pair.near.openStream(.unidirectional)
            waiting.cancel()
            let own = await failure { _ = try await waiting.value }
            #expect(own == .cancelled)
            let next = Task { try await pair.near.openStream() }
            for end in [first.near, first.far] { try await end.write([], finish: true) }
            _ = try await collect(first.near)
            _ = try await collect(first.far)
            #expect(try await next.value.id.index == 2)
            withExtendedLifetime((second, oneWay)) {}
        }
    }
}
