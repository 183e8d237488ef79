import Canonical
import LinkSimulator
import QUIC
import STOQ

/// Moves datagrams between one socket and one connection.
final class WirePump {
    /// Both processes must know the server's key, and this is nobody's secret.
    static func key() throws -> PinnedKey {
        guard let key = PinnedKey(secret: [UInt8](repeating: 7, count: 32)) else {
            throw STOQError.invalidIdentity("the well-known key")
        }
        return key
    }

    private let socket: UDPSocket
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
    /// The connection that a peer began.
    private(set) var accepted: Connection?

    init(socket: UDPSocket) {
        self.socket = socket
    }

    deinit {
        buffer.deallocate()
    }

    /// Hands out events, and sends what may go.
    func serve(_ connection: Connection, now: Timestamp, _ handle: (ConnectionEvent) throws -> Void) throws {
        if let deadline = connection.nextDeadline, deadline.nanoseconds <= now.nanoseconds {
            connection.handleTimeout(now: now)
        }
        while let event = connection.nextEvent() { try handle(event) }
        var batches = 0
        while batches < 8,
            let transmit = connection.nextTransmit(into: buffer, maximumSegments: 48, now: MonotonicClock.now)
        {
            try socket.send(transmit, from: buffer)
            batches += 1
        }
        hasMore = batches == 8
    }

    private var hasMore = false

    /// Waits for datagrams or the connection's deadline, and takes what came.
    func wait(for connection: Connection?, into endpoint: Endpoint, atMost: UInt64) throws {
        let now = MonotonicClock.now.nanoseconds
        var wait = hasMore ? 0 : atMost
        if let deadline = connection?.nextDeadline?.nanoseconds {
            wait = min(wait, deadline > now ? deadline - now : 0)
        }
        guard try socket.waitReadable(nanoseconds: Int64(wait)) else { return }
        let time = MonotonicClock.now
        var replies: [(SocketAddressKey, [UInt8])] = []
        _ = try socket.receive { datagram, source, mark in
            switch endpoint.receive(datagram, from: source, ecn: mark, now: time) {
            case .newConnection(_, let connection): accepted = accepted ?? connection
            case .reply(let bytes): replies.append((source, bytes))
            case .connection, .ignored: break
            }
        }
        for (target, bytes) in replies where bytes.count <= buffer.count {
            buffer.copyBytes(from: bytes)
            try socket.send(
                Transmit(destination: target, length: bytes.count, segmentSize: bytes.count, ecn: .notCapable),
                from: buffer)
        }
    }
}
