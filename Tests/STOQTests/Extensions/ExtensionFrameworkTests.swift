import QUIC
import Synchronization
import Testing

@testable import STOQ

@Suite struct ExtensionFrameworkTests {
    private static let offer = TransportExtension(parameter: 0x48_4D70, value: [3], frameTypes: [0x48_4D71])

    /// An extension that turns messages around, and notes frames.
    private static func echo(_ frames: Notes) -> STOQExtension {
        STOQExtension(name: "echo", offer: offer) { request in
            guard request.body != [0] else { throw ServiceFailure(code: "echo.zero", message: "not zero") }
            let channel = try await request.accept()
            while let message = try await channel.receive() { try await channel.send(message.reversed()) }
            try await channel.finish()
        } frame: { type, payload, _ in
            frames.add("\(type) \(payload)")
        }
    }

    /// Runs `body` with a session whose ends offer these extensions, and with the server serving its own.
    private func run(
        client: [STOQExtension], server: [STOQExtension], _ body: (Pair) async throws -> Void
    ) async throws {
        let far = try MeshFixture.endpoint(.server) { $0.extensions = server }
        let near = try MeshFixture.endpoint(.client) { $0.extensions = client }
        do {
            let session = try await near.connect(to: far.localAddress)
            let other = try #require(await far.sessions.first { _ in true })
            let pair = Pair(server: far, client: near, near: session, far: other)
            try await pair.serving { host in
                for extended in server { host.add(extended) }
            } _: {
                try await body(pair)
            }
        } catch {
            await near.shutDown()
            await far.shutDown()
            throw error
        }
        await near.shutDown()
        await far.shutDown()
    }

    @Test func `an extension that both offer exchanges messages and frames`() async throws {
        let frames = Notes()
        try await run(client: [Self.echo(Notes())], server: [Self.echo(frames)]) { pair in
            #expect(pair.near.extensions == ["echo": [3]] && pair.far.extensions == ["echo": [3]])
            let channel = try await pair.near.open(extension: "echo", [1])
            for message in [[1, 2, 3], [], [UInt8](repeating: 5, count: 100_000) + [6]] as [[UInt8]] {
                try await channel.send(message)
                #expect(try await channel.receive() == message.reversed())
            }
            try await channel.finish()
            #expect(try await channel.receive() == nil)
            try await pair.near.sendFrame(type: 0x48_4D71, [9, 8])
            // A frame has no answer; a call behind it on the same session gives it time to arrive.
            while !frames.contains("[9, 8]") { _ = try await pair.near.statistics() }
            #expect(frames.all == ["\(0x48_4D71) [9, 8]"])
        }
    }

    @Test func `an extension refuses with its own reason`() async throws {
        try await run(client: [Self.echo(Notes())], server: [Self.echo(Notes())]) { pair in
            let error = await failure { _ = try await pair.near.open(extension: "echo", [0]) }
            #expect(error == .refused(ServiceFailure(code: "echo.zero", message: "not zero")))
        }
    }

    @Test func `an extension that the peer does not offer is not even asked for`() async throws {
        try await run(client: [Self.echo(Notes())], server: []) { pair in
            #expect(pair.near.extensions.isEmpty && pair.far.extensions.isEmpty)
            #expect(
                await failure { _ = try await pair.near.open(extension: "echo", []) } == .extensionNotOffered("echo"))
            #expect(
                await failure { try await pair.near.sendFrame(type: 0x48_4D71, []) }
                    == .quic(.extensionNotNegotiated(frameType: 0x48_4D71)))
            // Everything else works.
            let statistics = try await pair.near.statistics()
            #expect(statistics.datagramsSent > 0)
        }
    }

    @Test func `an unknown extension is refused by name`() async throws {
        try await run(client: [], server: []) { pair in
            let error = await failure { _ = try await pair.near.exchange("teleport", []) }
            #expect(
                error
                    == .refused(
                        ServiceFailure(
                            code: "stoq.unknown-extension", message: "there is no extension 'teleport' here")))
        }
    }
}
