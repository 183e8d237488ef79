import QUIC
import Testing

@testable import STOQ

/// Two endpoints with a session between them.
struct Pair {
    let server: STOQEndpoint
    let client: STOQEndpoint
    /// The session as each end sees it.
    let near: Session
    let far: Session

    /// Runs `body` with a session and shuts both endpoints down, whatever happens.
    static func run(
        change: (inout STOQConfiguration) -> Void = { _ in }, _ body: (Pair) async throws -> Void
    ) async throws {
        let server = try MeshFixture.endpoint(.server, change: change)
        let client = try MeshFixture.endpoint(.client, change: change)
        do {
            let near = try await client.connect(to: server.localAddress)
            let far = try #require(await server.sessions.first { _ in true })
            try await body(Pair(server: server, client: client, near: near, far: far))
        } catch {
            await client.shutDown()
            await server.shutDown()
            throw error
        }
        await client.shutDown()
        await server.shutDown()
    }

    /// A stream that the client opened, with what the server has of it.
    func stream(_ direction: StreamDirection = .bidirectional, sending bytes: [UInt8] = [1]) async throws
        -> (near: STOQStream, far: STOQStream)
    {
        let near = try await near.openStream(direction)
        try await near.write(bytes)
        return (near, try #require(await far.incomingStreams.first { _ in true }))
    }

    /// Runs `body` while the server offers services to the client.
    func serving(_ set: (inout ServiceHost) -> Void, _ body: () async throws -> Void) async throws {
        var host = ServiceHost(logger: Notes().logger)
        set(&host)
        let services = host
        let far = far
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await services.serve(far) }
            try await body()
            near.close()
            try await group.waitForAll()
        }
    }
}

/// All bytes until the end.
func collect(_ stream: STOQStream) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let more = try await stream.read() { bytes += more }
    return bytes
}

/// The error that `body` ends with.
func failure(_ body: () async throws -> Void) async -> STOQError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? STOQError
    }
}
