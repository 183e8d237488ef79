import Canonical
import TLS

@testable import QUIC

/// What the simulated network does to datagrams. Chances are in thousandths.
struct NetworkConditions {
    var loss: UInt64 = 0
    var reordering: UInt64 = 0
    var duplication: UInt64 = 0
    var corruption: UInt64 = 0
    var delayNanoseconds: UInt64 = 10_000_000
    var mtu = 1500 - 48
    var keepsECN = true
    /// Asked for each datagram: (index, to the server, its bytes) -> whether to drop it.
    var drops: ((Int, Bool, [UInt8]) -> Bool)?
}

/// One end in the simulation: an endpoint, its connections, what happened, and what the application does about it.
final class SimulatedHost {
    var endpoint: Endpoint
    var address: SocketAddressKey
    var connections: [Connection] = []
    var events: [ConnectionEvent] = []
    var sentDatagrams = 0
    var sentBytes = 0
    var onEvent: ((Connection, ConnectionEvent) throws -> Void)?

    init(_ endpoint: Endpoint, _ address: SocketAddressKey) {
        self.endpoint = endpoint
        self.address = address
    }

    var connection: Connection? { connections.last }

    var closeReason: CloseReason? {
        for case .closed(let reason) in events { return reason }
        return nil
    }
}

/// Two ends and a network between them under virtual time, all choices from one seed.
final class SimulatedNetwork {
    struct Flight {
        var time: UInt64
        var order: Int
        var toServer: Bool
        var source: SocketAddressKey
        var destination: SocketAddressKey
        var bytes: [UInt8]
        var ecn: ECNCodepoint
    }

    var conditions: NetworkConditions
    var random: SplitMix64
    var now: UInt64 = 1_000_000_000
    var flights: [Flight] = []
    var order = 0
    let client: SimulatedHost
    let server: SimulatedHost
    var dropped = 0
    var failure: (any Error)?
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    /// - Parameter isQuiet: leaves out the line that tells the seed.
    init(
        seed: UInt64, conditions: NetworkConditions = NetworkConditions(), server: ServerConfiguration,
        isQuiet: Bool = false,
        change: (inout EndpointConfiguration) -> Void = { _ in }
    ) throws {
        if !isQuiet { print("seed \(seed)") }
        self.conditions = conditions
        random = SplitMix64(seed: seed)
        var configuration = EndpointConfiguration(server: server)
        change(&configuration)
        self.server = SimulatedHost(
            try Endpoint(configuration: configuration, random: SplitMix64(seed: seed &+ 1)), .loopback(port: 4433))
        client = SimulatedHost(
            try Endpoint(configuration: EndpointConfiguration(), random: SplitMix64(seed: seed &+ 2)),
            .loopback(port: 50_000))
    }

    deinit {
        buffer.deallocate()
    }

    @discardableResult
    func connect(_ configuration: ClientConfiguration = ClientConfiguration(tls: TestTLS.client())) throws -> Connection
    {
        let connection = try client.endpoint.connect(
            to: server.address, configuration: configuration, serverName: "test.example",
            now: Timestamp(nanoseconds: now))
        client.connections.append(connection)
        return connection
    }

    func chance(_ thousandths: UInt64) -> Bool { thousandths > 0 && random.next() % 1000 < thousandths }

    func send(
        _ bytes: [UInt8], toServer: Bool, from source: SocketAddressKey, to destination: SocketAddressKey,
        ecn: ECNCodepoint
    ) {
        order += 1
        let isDropped =
            bytes.count > conditions.mtu || chance(conditions.loss) || conditions.drops?(order, toServer, bytes) == true
        guard !isDropped else {
            dropped += 1
            return
        }
        var flight = Flight(
            time: now + conditions.delayNanoseconds, order: order, toServer: toServer, source: source,
            destination: destination, bytes: bytes, ecn: conditions.keepsECN ? ecn : .notCapable)
        if chance(conditions.reordering) { flight.time += conditions.delayNanoseconds * (1 + random.next() % 3) / 2 }
        if chance(conditions.corruption) {
            flight.bytes[Int(random.next() % UInt64(bytes.count))] ^= UInt8(1 << (random.next() % 8))
        }
        insert(flight)
        if chance(conditions.duplication) {
            flight.time += conditions.delayNanoseconds / 3
            insert(flight)
        }
    }

    private func insert(_ flight: Flight) {
        var index = flights.count
        while index > 0, flights[index - 1].time > flight.time { index -= 1 }
        flights.insert(flight, at: index)
    }

    func pump(_ host: SimulatedHost) {
        for connection in host.connections {
            while let event = connection.nextEvent() {
                host.events.append(event)
                do { try host.onEvent?(connection, event) } catch { failure = error }
            }
            while let transmit = connection.nextTransmit(
                into: buffer, maximumSegments: 10, now: Timestamp(nanoseconds: now))
            {
                var offset = 0
                while offset < transmit.length {
                    let end = min(offset + transmit.segmentSize, transmit.length)
                    host.sentDatagrams += 1
                    host.sentBytes += end - offset
                    send(
                        Array(buffer[offset..<end]), toServer: host === client, from: host.address,
                        to: transmit.destination, ecn: transmit.ecn)
                    offset = end
                }
            }
        }
    }

    /// Delivers datagrams that arrive together: several as receive offload would hand them over, one by itself.
    private func deliver(_ row: [Flight]) {
        guard let first = row.first else { return }
        let host = first.toServer ? server : client
        guard host.address == first.destination else { return }
        var bytes = row.flatMap(\.bytes)
        bytes.withUnsafeMutableBytes { bytes in
            let now = Timestamp(nanoseconds: now)
            guard row.count > 1 else {
                return note(host.endpoint.receive(bytes, from: first.source, ecn: first.ecn, now: now), first, host)
            }
            host.endpoint.receive(
                batch: bytes, segmentSize: first.bytes.count, from: first.source, ecn: first.ecn, now: now
            ) { note($0, first, host) }
        }
    }

    private func note(_ disposition: DatagramDisposition, _ flight: Flight, _ host: SimulatedHost) {
        switch disposition {
        case .newConnection(_, let connection): host.connections.append(connection)
        case .reply(let reply):
            send(reply, toServer: !flight.toServer, from: host.address, to: flight.source, ecn: .notCapable)
        case .connection, .ignored: break
        }
    }

    /// Takes the next datagram that is due, and those after it that receive offload would put together with it.
    private func nextRow() -> [Flight] {
        guard let first = flights.first, first.time <= now else { return [] }
        var row = [flights.removeFirst()]
        while let next = flights.first, next.time <= now, next.toServer == first.toServer,
            next.source == first.source, next.destination == first.destination, next.ecn == first.ecn,
            row[row.count - 1].bytes.count == first.bytes.count, next.bytes.count <= first.bytes.count
        {
            row.append(flights.removeFirst())
        }
        return row
    }

    /// Runs until the condition holds or virtual time is over.
    @discardableResult
    func run(seconds: UInt64 = 60, until condition: () -> Bool = { false }) -> Bool {
        let end = now + seconds * 1_000_000_000
        while true {
            pump(client)
            pump(server)
            if condition() { return true }
            var next = flights.first?.time ?? .max
            for connection in client.connections + server.connections {
                if let deadline = connection.nextDeadline { next = min(next, deadline.nanoseconds) }
            }
            guard next <= end else {
                now = end
                return condition()
            }
            now = max(now, next)
            while case let row = nextRow(), !row.isEmpty { deliver(row) }
            for connection in client.connections + server.connections {
                if let deadline = connection.nextDeadline, deadline.nanoseconds <= now {
                    connection.handleTimeout(now: Timestamp(nanoseconds: now))
                }
            }
        }
    }

    /// Runs until both ends have a confirmed handshake.
    @discardableResult
    func establish() throws -> Bool {
        if client.connections.isEmpty { try connect() }
        return run(seconds: 10) {
            client.events.contains(.handshakeConfirmed) && server.events.contains(.handshakeConfirmed)
        }
    }
}
