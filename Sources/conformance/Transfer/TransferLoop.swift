import CLinux
import Canonical
import Glibc
import QUIC
import STOQ

/// Drives a QUIC endpoint over one UDP socket on the calling thread.
final class TransferLoop {
    private static let segmentsMax = 32
    private let socket: UDPSocket
    private let endpoint: Endpoint
    private let stop: StopSignal?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 64)
    /// In the order in which they began.
    private var connections: [Connection] = []

    /// - Parameter server: how to answer; nil accepts no connections. A server ends on SIGINT and SIGTERM.
    init(on address: SocketAddressKey, server: ServerConfiguration?) throws(ConformanceError) {
        do throws(STOQError) {
            socket = try UDPSocket(binding: address)
        } catch {
            throw .network("\(error)")
        }
        do throws(QUICError) {
            endpoint = try Endpoint(
                configuration: EndpointConfiguration(server: server), random: SystemRandomSource())
        } catch {
            throw .network("\(error)")
        }
        stop = server == nil ? nil : try StopSignal()
    }

    deinit {
        buffer.deallocate()
    }

    var boundAddress: SocketAddressKey { socket.address }

    static func address(_ text: String) throws(ConformanceError) -> SocketAddressKey {
        do throws(STOQError) {
            return try SocketAddressKey(parsing: text)
        } catch {
            throw .network("\(error)")
        }
    }

    func connect(
        to address: SocketAddressKey, configuration: ClientConfiguration, serverName: String
    ) throws(ConformanceError) {
        do throws(QUICError) {
            connections.append(
                try endpoint.connect(
                    to: address, configuration: configuration, serverName: serverName, now: MonotonicClock.now))
        } catch {
            throw .network("\(error)")
        }
    }

    /// Runs until the handler has finished and every connection is gone, or a signal ends it.
    func run(_ handler: some TransferHandler) throws(ConformanceError) {
        do throws(STOQError) {
            while true {
                try serve(handler)
                if handler.isFinished && connections.isEmpty { return }
                guard try !sleep() else { return try end(handler) }
                try receive()
            }
        } catch {
            throw .network("\(error)")
        }
    }

    private func end(_ handler: some TransferHandler) throws(STOQError) {
        for connection in connections { connection.close(code: 0, reason: "stopped", now: MonotonicClock.now) }
        try serve(handler)
    }

    private func serve(_ handler: some TransferHandler) throws(STOQError) {
        for connection in connections {
            let now = MonotonicClock.now
            if let deadline = connection.nextDeadline, deadline <= now { connection.handleTimeout(now: now) }
            var hasNews = true
            while hasNews {
                hasNews = deliverEvents(of: connection, to: handler)
                try transmit(connection)
            }
            if connection.isDrained { endpoint.forget(connection.handle) }
        }
        connections.removeAll(where: \.isDrained)
    }

    private func deliverEvents(of connection: Connection, to handler: some TransferHandler) -> Bool {
        var any = false
        while let event = connection.nextEvent() {
            handler.handle(event, of: connection, now: MonotonicClock.now)
            any = true
        }
        return any
    }

    private func transmit(_ connection: Connection) throws(STOQError) {
        let now = MonotonicClock.now
        while let transmit = connection.nextTransmit(into: buffer, maximumSegments: Self.segmentsMax, now: now) {
            try socket.send(transmit, from: buffer)
        }
    }

    /// Waits for a datagram or a deadline; true when a signal asks to end.
    private func sleep() throws(STOQError) -> Bool {
        let deadline = connections.compactMap(\.nextDeadline).min()
        let now = MonotonicClock.now
        let wait = deadline.map { Int64(clamping: $0.nanoseconds(since: now)) } ?? -1
        let result = hm_wait_readable(socket.descriptor, stop?.descriptor ?? -1, wait)
        guard result >= 0 || result == -EINTR else { throw .system(operation: "wait", errno: -result) }
        return result > 0 && result & 2 != 0
    }

    private func receive() throws(STOQError) {
        let now = MonotonicClock.now
        var replies: [(SocketAddressKey, [UInt8])] = []
        _ = try socket.receive { datagram, source, mark in
            switch endpoint.receive(datagram, from: source, ecn: mark, now: now) {
            case .newConnection(_, let connection): connections.append(connection)
            case .reply(let bytes): replies.append((source, bytes))
            case .connection, .ignored: break
            }
        }
        for (target, bytes) in replies where bytes.count <= buffer.count {
            buffer.copyBytes(from: bytes)
            let size = bytes.count
            try socket.send(
                Transmit(destination: target, length: size, segmentSize: size, ecn: .notCapable), from: buffer)
        }
    }
}
