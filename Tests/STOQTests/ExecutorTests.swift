import Canonical
import Crypto
import Glibc
import QUIC
import Testing

@testable import STOQ

@Suite struct ExecutorTests {
    @Test("a task on a session's executor stays on the endpoint's thread") func staysOnTheThread() async throws {
        try await Pair.run { pair in
            let (near, far) = try await pair.stream(sending: [7])
            let threads = try await withTaskExecutorPreference(pair.near.executor) { () async throws -> [pthread_t] in
                var threads = [pthread_self()]
                try await near.write([1, 2, 3], finish: true)
                threads.append(pthread_self())
                _ = try await pair.near.statistics()
                return threads + [pthread_self()]
            }
            #expect(threads.allSatisfy { pthread_equal($0, threads[0]) != 0 })
            #expect(try await collect(far) == [7, 1, 2, 3])
        }
    }

    @Test("services and callers on the threads of their endpoints") func servesOnTheThread() async throws {
        try await Pair.run { pair in
            var host = ServiceHost(logger: Notes().logger)
            host.call("echo") { (body, _) async throws(ServiceFailure) in body }
            let services = host
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask(executorPreference: pair.far.executor) { await services.serve(pair.far) }
                for index in 0..<20 {
                    group.addTask(executorPreference: pair.near.executor) {
                        let body = [UInt8](repeating: UInt8(index), count: 1 + 4000 * index)
                        let answer = try await pair.near.call("echo", body)
                        #expect(answer == body)
                    }
                }
                for _ in 0..<20 { try await group.next() }
                pair.near.close()
                try await group.waitForAll()
            }
        }
    }

    @Test("datagrams go several at a time, as many as there is room for") func sendsDatagramsTogether() async throws {
        try await Pair.run { pair in
            let small = (0..<20).map { [UInt8($0), 1] }
            #expect(try await pair.near.sendDatagrams(small) == 20)
            var got: [[UInt8]] = []
            for await datagram in pair.far.datagrams.prefix(20) { got.append(datagram) }
            #expect(got == small)
            let large = [[UInt8]](repeating: [UInt8](repeating: 1, count: 1000), count: 4000)
            let queued = try await pair.near.sendDatagrams(large)
            #expect(queued > 0 && queued < 4000)
            await #expect(throws: STOQError.self) {
                try await pair.near.sendDatagrams([[UInt8](repeating: 1, count: 60_000)])
            }
        }
    }

    @Test("tasks on the executor end when the endpoint does") func endsWithTheEndpoint() async throws {
        let server = try MeshFixture.endpoint(.server)
        let client = try MeshFixture.endpoint(.client)
        let session = try await client.connect(to: server.localAddress)
        let stream = try await session.openStream()
        let waiting = Task(executorPreference: session.executor) { try await stream.read() }
        await client.shutDown()
        await #expect(throws: STOQError.self) { try await waiting.value }
        let late = Task(executorPreference: session.executor) { try await session.statistics() }
        await #expect(throws: STOQError.self) { try await late.value }
        await server.shutDown()
    }

    @Test("arrays that a reader gives back are filled again, with the right bytes") func readsIntoGivenArrays()
        async throws
    {
        var source = SplitMix64(seed: 11)
        let sent = source.bytes(6_000_000)
        try await Pair.run { pair in
            let (near, far) = try await pair.stream(.unidirectional, sending: [sent[0]])
            async let writing: Void = near.write(Array(sent.dropFirst()), finish: true)
            var hash = SHA256()
            var kept: [[UInt8]] = []
            var bytes: [UInt8] = []
            while try await far.read(into: &bytes) {
                hash.update(data: bytes)
                // What somebody still holds is not written over.
                if kept.count < 8 { kept.append(bytes) }
            }
            try await writing
            #expect(hash.finalize() == SHA256.hash(data: sent))
            #expect(sent.starts(with: kept.joined()))
        }
    }
}
