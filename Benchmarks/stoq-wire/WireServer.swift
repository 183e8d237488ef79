import Canonical
import LinkSimulator
import QUIC
import STOQ

/// Takes one connection and reads all of its streams until it ends.
final class WireServer {
    private let socket: UDPSocket
    private let endpoint: Endpoint
    private let pump: WirePump
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)

    init(address: SocketAddressKey) throws {
        socket = try UDPSocket(binding: address)
        let server = ServerConfiguration(tls: try WirePump.key().serverTLS)
        endpoint = try Endpoint(configuration: EndpointConfiguration(server: server), random: SystemRandomSource())
        pump = WirePump(socket: socket)
    }

    deinit {
        buffer.deallocate()
    }

    func run() throws {
        print("ready")
        while true {
            if let connection = pump.accepted {
                var isClosed = false
                try pump.serve(connection, now: MonotonicClock.now) { event in
                    if case .streamReadable(let id) = event { try read(id, of: connection) }
                    if case .closed = event { isClosed = true }
                }
                if isClosed { return }
            }
            try pump.wait(for: pump.accepted, into: endpoint, atMost: 1_000_000_000)
        }
    }

    /// A connection may have ended between the event and the call.
    private func read(_ id: StreamID, of connection: Connection) throws {
        while !connection.isClosed {
            let (count, isFinished) = try connection.read(id, into: buffer)
            if isFinished || count == 0 { return }
        }
    }
}
