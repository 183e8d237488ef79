import Canonical
import TLS
import Testing

@testable import QUIC

/// What a peer can make an end hold or do before the application or the network gets a turn.
@Suite struct FloodBoundTests {
    private func established(_ seed: UInt64) throws -> SimulatedNetwork {
        let network = try SimulatedNetwork(seed: seed, server: ServerConfiguration(tls: TestTLS.server()))
        try #require(try network.establish())
        network.run(seconds: 1)
        return network
    }

    struct IdleFrame: Sendable, CustomTestStringConvertible {
        var name: String
        var frame: String
        /// Sent once before, so that the frame has nothing more to change.
        var before = ""
        var fromServer = false
        var testDescription: String { name }
    }

    static let idleFrames = [
        IdleFrame(name: "PING", frame: "01"),
        IdleFrame(name: "empty STREAM", frame: "0a0200"),
        IdleFrame(name: "repeated STREAM", frame: "0a0201aa"),
        IdleFrame(name: "MAX_DATA that raises nothing", frame: "1000"),
        IdleFrame(name: "MAX_STREAM_DATA that raises nothing", frame: "110000", before: "0a000100"),
        IdleFrame(name: "MAX_STREAMS that raises nothing", frame: "1200"),
        IdleFrame(name: "DATA_BLOCKED", frame: "1400"),
        IdleFrame(name: "STREAMS_BLOCKED", frame: "1600"),
        IdleFrame(name: "STOP_SENDING again", frame: "050001", before: "0a000100"),
        IdleFrame(name: "RESET_STREAM again", frame: "04000000", before: "0a0000"),
        IdleFrame(name: "PATH_CHALLENGE", frame: "1a0102030405060708"),
        IdleFrame(name: "empty DATAGRAM", frame: "3100"),
        IdleFrame(name: "NEW_TOKEN", frame: "070101", fromServer: true),
        IdleFrame(name: "HANDSHAKE_DONE", frame: "1e", fromServer: true),
        IdleFrame(name: "ACK of nothing new", frame: "0200000000"),
        IdleFrame(name: "IMMEDIATE_ACK", frame: "1f"),
        IdleFrame(name: "retired connection ID", frame: "1901", before: "1901"),
    ]

    @Test(arguments: idleFrames)
    func endsAPeerThatOnlySendsFramesWithoutEffect(_ test: IdleFrame) throws {
        let network = try established(320)
        let host = test.fromServer ? network.server : network.client
        let victim = try #require((test.fromServer ? network.client : network.server).connection)
        if !test.before.isEmpty { network.hit(hex(test.before), from: host) }
        let payload = network.packetful(hex(test.frame))
        var packets = 0
        while !victim.isClosed, packets < 200 {
            network.hit(payload, from: host)
            packets += 1
        }
        #expect(victim.isClosed)
        #expect(packets * payload.count < 4 * Int(Limits.idleFramesBurst) * hex(test.frame).count)
        network.run(seconds: 1)
        let reason = (test.fromServer ? network.client : network.server).closeReason
        #expect(reason == .violation(.protocolViolation, reason: "too many frames without effect"))
    }

    @Test func takesAFewIdleFramesInEveryPacket() throws {
        let network = try established(321)
        let victim = try #require(network.server.connection)
        for _ in 0..<2000 { network.hit([1, 1, 0x14, 0, 0x10, 0, 1, 1], from: network.client) }
        #expect(!victim.isClosed)
    }

    @Test func refillsTheBudgetWithTime() {
        var budget = IdleFrameBudget()
        let isSpent = budget.spend(Limits.idleFramesBurst, now: 5)
        #expect(isSpent)
        let isOverdrawn = budget.spend(1, now: 5)
        #expect(!isOverdrawn)
        let isRefilled = budget.spend(Limits.idleFramesPerSecond, now: 1_000_000_005)
        #expect(isRefilled)
        let isEmptyAgain = budget.spend(1, now: 1_000_000_006)
        #expect(!isEmptyAgain)
        let isFull = budget.spend(Limits.idleFramesBurst, now: .max)
        #expect(isFull)
    }

    @Test func stopsFollowingAPeerThatMovesAllTheTime() throws {
        let network = try established(329)
        let victim = try #require(network.server.connection)
        for port in UInt16(0)..<1000 { network.hit([1], from: network.client, as: .loopback(port: 2000 + port)) }
        let moves = Limits.idleFramesBurst / Limits.idleFramesPerMove
        #expect(victim.nextPathNumber <= moves + 1)
        #expect(!victim.isClosed)
        // It rests, and is followed again.
        network.now += 1_000_000_000
        network.hit([1], from: network.client)
        #expect(victim.remoteAddress == network.client.address)
    }

    @Test func keepsFewTokens() throws {
        let network = try established(322)
        let victim = try #require(network.client.connection)
        for index in UInt8(0)..<60 { network.hit([0x07, 2, 1, index], from: network.server) }
        #expect(victim.tokenEventCount == Limits.tokenEventsMax)
        #expect(victim.events.count == Limits.tokenEventsMax)
        network.run(seconds: 1)
        #expect(victim.tokenEventCount == 0)
        #expect(!victim.isClosed)
    }

    @Test func keepsDatagramsUpToABoundOfBytes() throws {
        let network = try established(323)
        let victim = try #require(network.server.connection)
        let payload = [UInt8](repeating: 0x55, count: 1150)
        for _ in 0..<4000 { network.hit([0x30] + payload, from: network.client) }
        #expect(victim.datagramEventBytes <= Limits.datagramEventBytesMax)
        #expect(victim.datagramEventBytes > Limits.datagramEventBytesMax - 1150)
        #expect(victim.counters.datagramFramesDropped > 0)
        network.run(seconds: 1)
        #expect(victim.datagramEventBytes == 0)
        #expect(victim.datagramEventCount == 0)
    }

    @Test func keepsFewEmptyDatagrams() throws {
        let network = try established(324)
        let victim = try #require(network.server.connection)
        for _ in 0..<1000 { network.hit([0x31, 0, 0x31, 0, 0x31, 0, 0x31, 0, 0x31, 0], from: network.client) }
        #expect(victim.datagramEventCount == Limits.datagramEventsMax)
        #expect(!victim.isClosed)
    }

    @Test func queuesABoundedNumberOfEmptyDatagrams() throws {
        let network = try established(325)
        let connection = try #require(network.client.connection)
        #expect(throws: QUICError.datagramQueueFull) {
            for _ in 0...Limits.datagramsQueuedMax { try connection.sendDatagram([]) }
        }
    }

    @Test func givesNoNewStreamsBeforeItToldOfThem() throws {
        let network = try established(326)
        let victim = try #require(network.server.connection)
        // Opened and reset at once, as fast as they fit.
        for index in UInt64(0)..<200 where !victim.isClosed {
            var frame: [UInt8] = [0x04]
            frame.appendVariableLength(4 * index + 2)
            network.hit(frame + [0, 0], from: network.client)
        }
        #expect(victim.streams.unidirectional.openedByPeer == 128)
        #expect(victim.events.count <= 2 * 128 + 1)
        network.run(seconds: 1)
        guard case .violation(.streamLimitError, _) = network.server.closeReason else {
            Issue.record("\(String(describing: network.server.closeReason))")
            return
        }
    }

    @Test func keepsFewPacketsWithoutKeys() throws {
        let network = try SimulatedNetwork(seed: 327, server: ServerConfiguration(tls: TestTLS.server()))
        let victim = try network.connect()
        let id = try #require(victim.localIDs.active.first?.id.bytes)
        for _ in 0..<200 {
            network.hit(
                datagram: [0x40] + id + network.random.bytes(Int(network.random.next() % 2000)), from: network.server)
        }
        #expect(victim.undecryptable.count <= Limits.undecryptablePacketsMax)
        #expect(victim.undecryptableBytes <= Limits.undecryptableBytesMax)
        #expect(victim.undecryptable.map(\.bytes.count).reduce(0, +) == victim.undecryptableBytes)
    }

    @Test func remembersFewRangesOfPacketNumbers() throws {
        let network = try established(328)
        let victim = try #require(network.server.connection)
        let attacker = try #require(network.client.connection)
        var leftOut = SentPacket()
        leftOut.state = .acknowledged
        for _ in 0..<1000 {
            attacker.dataSpace.sent.append(leftOut)
            network.hit([1], from: network.client)
        }
        #expect(victim.dataSpace.received.count <= Limits.receivedRangesMax)
        #expect(!victim.isClosed)
    }

    /// A client's first datagrams, from an address of its own.
    private func hello(
        _ client: Endpoint, port: UInt16, to server: Endpoint, now: Timestamp
    ) throws -> [DatagramDisposition] {
        let address = SocketAddressKey.loopback(port: port)
        let connection = try client.connect(
            to: .loopback(port: 4433), configuration: ClientConfiguration(tls: TestTLS.client()), serverName: nil,
            now: now)
        var answers: [DatagramDisposition] = []
        for _ in 0..<2 {
            for datagram in datagrams(of: connection, now) {
                var bytes = datagram
                let answer = bytes.withUnsafeMutableBytes { server.receive($0, from: address, now: now) }
                answers.append(answer)
                if case .reply(var reply) = answer {
                    reply.withUnsafeMutableBytes { _ = client.receive($0, from: .loopback(port: 4433), now: now) }
                }
            }
        }
        return answers
    }

    private func datagrams(of connection: Connection, _ now: Timestamp) -> [[UInt8]] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 2048, alignment: 16)
        defer { buffer.deallocate() }
        var all: [[UInt8]] = []
        while let transmit = connection.nextTransmit(into: buffer, maximumSegments: 1, now: now) {
            all.append(Array(buffer[..<transmit.length]))
        }
        return all
    }

    @Test func keepsNothingOfClientsThatDoNotProveTheirAddressUnderLoad() throws {
        var configuration = ServerConfiguration(tls: TestTLS.server())
        configuration.unfinishedHandshakesBeforeRetry = 8
        configuration.unfinishedHandshakesMaximum = 12
        let server = try Endpoint(
            configuration: EndpointConfiguration(server: configuration), random: SplitMix64(seed: 1))
        let client = try Endpoint(configuration: EndpointConfiguration(), random: SplitMix64(seed: 2))
        let now = Timestamp(nanoseconds: 1_000_000_000)
        var begun = 0
        for port in UInt16(1000)..<1030 {
            for answer in try hello(client, port: port, to: server, now: now) {
                if case .newConnection = answer { begun += 1 }
            }
        }
        #expect(begun == 12)
        #expect(server.connectionCount == 12)
        #expect(server.registry.unfinishedHandshakes == 12)
    }
}
