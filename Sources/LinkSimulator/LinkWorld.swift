import Canonical
package import QUIC

/// A client that sends in bulk to a server over one simulated link, in virtual time. All choices follow from the seed.
/// The protocol is the one that runs over sockets.
package final class LinkWorld {
    /// Data from the client to the server, and acknowledgements back.
    package let forward: SimulatedLink
    package let backward: SimulatedLink
    /// Nanoseconds since an arbitrary point.
    package private(set) var now: UInt64 = 1_000_000_000
    /// Bytes that the server's application has read.
    package private(set) var bytesReceived: UInt64 = 0
    /// The client's classes of the path so far, with the time of each.
    package private(set) var tierChanges: [(time: UInt64, change: PathTierChange)] = []
    /// What went wrong in the simulated applications.
    package private(set) var failure: QUICError?
    package let client: Connection
    package private(set) var server: Connection?
    /// The client's qlog records, kept when its transport records them.
    package private(set) var qlog: [UInt8] = []
    /// Whether the client has more to send whenever it may.
    package var isSending = true

    private let clientEndpoint: Endpoint
    private let serverEndpoint: Endpoint
    private var stream: StreamID?
    private var isWritable = false
    private let buffer: UnsafeMutableRawBufferPointer
    private let block: [UInt8]
    /// Hosts wake at multiples of this, nanoseconds, as interrupts and timers come; it also lets datagrams gather.
    private let wakeNanoseconds: UInt64
    private static let clientAddress = SocketAddressKey.loopback(port: 50_000)
    private static let serverAddress = SocketAddressKey.loopback(port: 4433)

    /// - Parameter transport: of both ends.
    package init(
        _ conditions: LinkConditions, transport: TransportConfiguration, seed: UInt64, wakeNanoseconds: UInt64 = 20_000
    ) throws(QUICError) {
        forward = SimulatedLink(conditions, seed: seed &+ 1)
        backward = SimulatedLink(conditions, seed: seed &+ 2)
        self.wakeNanoseconds = wakeNanoseconds
        let key = PinnedKey()
        var server = ServerConfiguration(tls: key.serverTLS)
        server.transport = transport
        serverEndpoint = try Endpoint(
            configuration: EndpointConfiguration(server: server), random: SplitMix64(seed: seed &+ 3))
        clientEndpoint = try Endpoint(configuration: EndpointConfiguration(), random: SplitMix64(seed: seed &+ 4))
        var configuration = ClientConfiguration(tls: key.clientTLS)
        configuration.transport = transport
        client = try clientEndpoint.connect(
            to: Self.serverAddress, configuration: configuration, serverName: "bulk.example",
            now: Timestamp(nanoseconds: now))
        buffer = .allocate(byteCount: 1 << 17, alignment: 64)
        block = [UInt8](repeating: 0x5A, count: 1 << 16)
    }

    deinit {
        buffer.deallocate()
    }

    /// Lets time pass.
    package func run(nanoseconds: UInt64) {
        let end = now + nanoseconds
        while failure == nil {
            serve(client, over: forward)
            qlog += client.takeQlog()
            if let server { serve(server, over: backward) }
            let next = nextTime
            guard next <= end else { break }
            now = max(now, next)
            deliver()
            for connection in [client, server] {
                guard let connection, let deadline = connection.nextDeadline, deadline.nanoseconds <= now else {
                    continue
                }
                connection.handleTimeout(now: Timestamp(nanoseconds: now))
            }
        }
        now = max(now, end)
    }

    /// Runs on, and says how much of the link the server's application got, in hundredths of a percent.
    package func measureUtilisation(nanoseconds: UInt64) -> Int {
        let before = bytesReceived
        run(nanoseconds: nanoseconds)
        let bits = Double(bytesReceived - before) * 8e9 / Double(nanoseconds)
        return Int(10_000 * bits / Double(forward.conditions.bitsPerSecond))
    }

    private var nextTime: UInt64 {
        var next = min(forward.nextArrival ?? .max, backward.nextArrival ?? .max)
        for connection in [client, server] {
            if let deadline = connection?.nextDeadline { next = min(next, deadline.nanoseconds) }
        }
        guard next < .max - wakeNanoseconds else { return .max }
        return (next + wakeNanoseconds - 1) / wakeNanoseconds * wakeNanoseconds
    }

    private func deliver() {
        let time = Timestamp(nanoseconds: now)
        forward.deliver(now: now) { datagram, ecn in
            let disposition = serverEndpoint.receive(datagram, from: Self.clientAddress, ecn: ecn, now: time)
            if case .newConnection(_, let connection) = disposition { server = connection }
        }
        backward.deliver(now: now) { datagram, ecn in
            _ = clientEndpoint.receive(datagram, from: Self.serverAddress, ecn: ecn, now: time)
        }
    }

    private func serve(_ connection: Connection, over link: SimulatedLink) {
        do throws(QUICError) {
            try handleEvents(of: connection)
            if connection === client, isSending, isWritable { try write() }
        } catch {
            failure = error
        }
        while let transmit = connection.nextTransmit(
            into: buffer, maximumSegments: 48, now: Timestamp(nanoseconds: now))
        {
            var offset = 0
            while offset < transmit.length {
                let end = min(offset + transmit.segmentSize, transmit.length)
                link.send(UnsafeRawBufferPointer(rebasing: buffer[offset..<end]), ecn: transmit.ecn, now: now)
                offset = end
            }
        }
    }

    private func handleEvents(of connection: Connection) throws(QUICError) {
        while let event = connection.nextEvent() {
            switch event {
            case .handshakeConfirmed where connection === client:
                stream = try client.openStream(.unidirectional)
                isWritable = true
            case .streamWritable: isWritable = true
            case .streamReadable(let id): try read(id, of: connection)
            case .pathTierChanged(let change) where connection === client: tierChanges.append((now, change))
            case .closed(let reason): throw .notReady("the connection ended: \(reason)")
            default: break
            }
        }
    }

    private func read(_ id: StreamID, of connection: Connection) throws(QUICError) {
        while true {
            let (count, isFinished) = try connection.read(id, into: buffer)
            bytesReceived += UInt64(count)
            if isFinished || count == 0 { return }
        }
    }

    private func write() throws(QUICError) {
        guard let stream else { return }
        while try client.write(stream, block) == block.count {}
        isWritable = false
    }
}
