import Canonical
import Glibc
import LinkSimulator
import QUIC
import STOQ

/// Sends on one stream for as long as it is told.
final class WireSender {
    private let socket: UDPSocket
    private let endpoint: Endpoint
    private let connection: Connection
    private let end: UInt64
    private var stream: StreamID?
    private var started: UInt64?
    private var isWritable = false
    private var changes: [(milliseconds: UInt64, change: PathTierChange)] = []
    private var mark: (time: UInt64, bytes: UInt64)?
    private let pump: WirePump
    private let block = [UInt8](repeating: 0x5A, count: 1 << 18)

    init(target: SocketAddressKey, algorithm: CongestionAlgorithm, seconds: UInt64) throws {
        socket = try UDPSocket(binding: SocketAddressKey(parsing: "[::]:0"))
        endpoint = try Endpoint(configuration: EndpointConfiguration(), random: SystemRandomSource())
        var configuration = ClientConfiguration(tls: try WirePump.key().clientTLS)
        configuration.transport.congestionControl = algorithm
        connection = try endpoint.connect(
            to: target, configuration: configuration, serverName: "bulk.example", now: MonotonicClock.now)
        end = seconds * 1_000_000_000
        pump = WirePump(socket: socket)
    }

    func run() throws -> WireReport {
        while true {
            let now = MonotonicClock.now
            try pump.serve(connection, now: now) { try handle($0, now: now.nanoseconds) }
            if isWritable { try write() }
            let elapsed = started.map { now.nanoseconds &- $0 } ?? 0
            if mark == nil, elapsed >= 3_000_000_000 { mark = (now.nanoseconds, connection.deliveredBytes) }
            if elapsed >= end { return finish(now: now.nanoseconds) }
            try pump.wait(for: connection, into: endpoint, atMost: 20_000_000)
        }
    }

    private func finish(now: UInt64) -> WireReport {
        let from = mark ?? (now, connection.deliveredBytes)
        let report = WireReport(
            changes: changes, bytes: connection.deliveredBytes - from.bytes, nanoseconds: now - from.time,
            statistics: connection.statistics)
        connection.close(code: 0, reason: "done", now: Timestamp(nanoseconds: now))
        try? pump.serve(connection, now: Timestamp(nanoseconds: now)) { _ in }
        return report
    }

    private func handle(_ event: ConnectionEvent, now: UInt64) throws {
        switch event {
        case .handshakeConfirmed:
            stream = try connection.openStream(.unidirectional)
            started = now
            isWritable = true
        case .streamWritable: isWritable = true
        case .pathTierChanged(let change): changes.append(((now &- (started ?? now)) / 1_000_000, change))
        case .closed(let reason): throw STOQError.sessionClosed(reason)
        default: break
        }
    }

    private func write() throws {
        guard let stream else { return }
        while try connection.write(stream, block) == block.count {}
        isWritable = false
    }
}
