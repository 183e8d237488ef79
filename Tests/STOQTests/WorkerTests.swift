import QUIC
import Testing

@testable import STOQ

@Suite struct WorkerTests {
    /// Both workers of the client share a port, so that the server's datagrams for one of them reach the other's socket.
    @Test func datagramsReachTheWorkerWhoseConnectionTheyAreFor() async throws {
        let server = try MeshFixture.endpoint(.server) { $0.workers = 3 }
        let client = try MeshFixture.endpoint(.client) { $0.workers = 2 }
        let echoing = Task {
            await withDiscardingTaskGroup { group in
                for await session in server.sessions {
                    group.addTask { for await stream in session.incomingStreams { try? await echo(stream) } }
                }
            }
        }
        let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for _ in 0..<4 {
            let session = try await client.connect(to: server.localAddress)
            let stream = try await session.openStream()
            async let sent: Void = stream.write(body, finish: true)
            var answer: [UInt8] = []
            while let bytes = try await stream.read() { answer += bytes }
            try await sent
            #expect(answer == body)
        }
        await client.shutDown()
        await server.shutDown()
        await echoing.value
    }

    private func echo(_ stream: STOQStream) async throws {
        while let bytes = try await stream.read() { try await stream.write(bytes) }
        try await stream.write([], finish: true)
    }

    @Test func connectionIDsTellTheWorker() throws {
        let group = WorkerGroup(mailboxes: [try LoopMailbox(), try LoopMailbox(), try LoopMailbox()], secret: 0xA5)
        for worker in 0..<3 {
            let prefix = group.prefix(of: worker)
            #expect(prefix == [UInt8(worker) ^ 0xA5])
            #expect(group.mailbox(forFirstByte: prefix[0]) === group.mailboxes[worker])
        }
        #expect(group.mailbox(forFirstByte: 3 ^ 0xA5) == nil)
        #expect(WorkerGroup(mailboxes: [try LoopMailbox()], secret: 0xA5).prefix(of: 0).isEmpty)
    }

    @Test(arguments: [0, STOQLimits.workersMax + 1]) func otherCountsOfWorkersAreRefused(_ count: Int) {
        #expect(throws: STOQError.self) { try MeshFixture.endpoint(.server) { $0.workers = count } }
    }
}
