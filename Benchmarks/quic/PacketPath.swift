import Canonical
import QUIC
import TLS

/// Two connections in one thread with no socket between them: what a packet costs in the protocol alone.
final class PacketPath {
    private let server: Endpoint
    private let client: Endpoint
    private let sender: Connection
    private var receiver: Connection?
    private let forward = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 64)
    private let backward = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 64)
    private let taken = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    private let address = SocketAddressKey.loopback(port: 1)
    private var readable: Set<StreamID> = []
    private(set) var bytesRead = 0
    private(set) var spans = Spans()

    /// Time spent in each part, nanoseconds, and packets that went each way.
    struct Spans {
        var write: UInt64 = 0
        var send: UInt64 = 0
        var receive: UInt64 = 0
        var read: UInt64 = 0
        var acknowledge: UInt64 = 0
        var packets = 0
        var acknowledgements = 0
    }

    init(suite: CipherSuite, payload: Int) throws {
        let identity = BenchmarkIdentity()
        var tls = TLSConfiguration()
        tls.applicationProtocols = [[0x62]]
        tls.cipherSuites = [suite]
        tls.signer = identity
        tls.verifier = identity
        var transport = TransportConfiguration()
        transport.udpPayloadInitial = payload
        transport.udpPayloadMaximum = payload
        var serverConfiguration = ServerConfiguration(tls: tls)
        serverConfiguration.transport = transport
        var clientConfiguration = ClientConfiguration(tls: tls)
        clientConfiguration.transport = transport
        server = try Endpoint(
            configuration: EndpointConfiguration(server: serverConfiguration), random: SystemRandomSource())
        client = try Endpoint(configuration: EndpointConfiguration(), random: SystemRandomSource())
        sender = try client.connect(
            to: address, configuration: clientConfiguration, serverName: nil, now: BenchmarkClock.now)
        for _ in 0..<20 {
            _ = turn()
        }
        guard sender.isEstablished, receiver?.isEstablished == true else { throw QUICError.notReady("no handshake") }
    }

    deinit {
        forward.deallocate()
        backward.deallocate()
        taken.deallocate()
    }

    /// Moves bytes over streams in turn.
    func transfer(bytes: Int, streams count: Int) throws {
        var streams: [StreamID] = []
        for _ in 0..<count {
            guard let id = try sender.openStream(.unidirectional) else { throw QUICError.notReady("no stream") }
            streams.append(id)
        }
        let chunk = [UInt8](repeating: 0x2E, count: 256 << 10)
        var left = bytes
        bytesRead = 0
        spans = Spans()
        while bytesRead < bytes {
            let start = BenchmarkClock.now.nanoseconds
            for id in streams where left > 0 {
                left -= try chunk.withUnsafeBytes {
                    try sender.write(id, UnsafeRawBufferPointer(rebasing: $0[..<min(left, chunk.count)]))
                }
            }
            spans.write += BenchmarkClock.now.nanoseconds - start
            let isAny = turn()
            try read()
            if !isAny { expire() }
        }
    }

    /// One batch forth, and what it brought back.
    private func turn() -> Bool {
        let start = BenchmarkClock.now
        let forth = sender.nextTransmit(into: forward, maximumSegments: 48, now: start)
        let sent = BenchmarkClock.now
        spans.send += sent.nanoseconds - start.nanoseconds
        if let forth {
            spans.packets += (forth.length + forth.segmentSize - 1) / forth.segmentSize
            deliver(forth, forward, to: server, now: sent)
        }
        let received = BenchmarkClock.now
        spans.receive += received.nanoseconds - sent.nanoseconds
        events()
        let answering = BenchmarkClock.now
        let back = receiver?.nextTransmit(into: backward, maximumSegments: 48, now: answering)
        if let back {
            spans.acknowledgements += 1
            deliver(back, backward, to: client, now: answering)
        }
        while sender.nextEvent() != nil {}
        spans.acknowledge += BenchmarkClock.now.nanoseconds - answering.nanoseconds
        return forth != nil || back != nil
    }

    private func deliver(
        _ transmit: Transmit, _ buffer: UnsafeMutableRawBufferPointer, to endpoint: Endpoint, now: Timestamp
    ) {
        let batch = UnsafeMutableRawBufferPointer(rebasing: buffer[..<transmit.length])
        endpoint.receive(
            batch: batch, segmentSize: transmit.segmentSize, from: address, ecn: transmit.ecn, now: now
        ) { disposition in
            if case .newConnection(_, let connection) = disposition { receiver = connection }
        }
    }

    private func events() {
        while let event = receiver?.nextEvent() {
            if case .streamReadable(let id) = event { readable.insert(id) }
        }
    }

    private func read() throws {
        let start = BenchmarkClock.now.nanoseconds
        for id in readable {
            while let count = try receiver?.read(id, into: taken).count, count > 0 { bytesRead += count }
        }
        readable.removeAll(keepingCapacity: true)
        spans.read += BenchmarkClock.now.nanoseconds - start
    }

    /// Nothing moved: pacing or a delayed acknowledgement holds it back, so let its time come.
    private func expire() {
        for connection in [sender, receiver].compactMap({ $0 }) {
            guard let deadline = connection.nextDeadline else { continue }
            let now = max(deadline, BenchmarkClock.now)
            guard deadline.nanoseconds <= BenchmarkClock.now.nanoseconds + 5_000_000 else { continue }
            connection.handleTimeout(now: now)
        }
    }
}
