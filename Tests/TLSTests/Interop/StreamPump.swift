@testable import TLS

/// Moves bytes between a connection and a socket.
struct StreamPump {
    var connection: TLSConnection
    let socket: StreamSocket
    var received: [UInt8] = []

    init(_ connection: TLSConnection, _ socket: StreamSocket) throws {
        self.connection = connection
        self.socket = socket
        try self.connection.start()
        try flush()
    }

    mutating func flush() throws {
        while let bytes = connection.nextOutput() { try socket.write(bytes) }
    }

    /// Reads until `isDone`, or fails when the stream ends first.
    mutating func run(until isDone: (StreamPump) -> Bool) throws {
        while !isDone(self) {
            let bytes = try socket.read()
            guard !bytes.isEmpty else { throw SocketFailure(call: "end of stream", code: 0) }
            do {
                try connection.receive(bytes)
            } catch {
                try? flush()
                throw error
            }
            while let more = connection.nextPlaintext() { received += more }
            try flush()
        }
    }

    mutating func handshake() throws {
        try run { $0.connection.isHandshakeComplete }
    }

    mutating func send(_ text: String) throws {
        try connection.write(Array(text.utf8))
        try flush()
    }

    mutating func expect(_ text: String) throws {
        let wanted = Array(text.utf8)
        try run { $0.received.count >= wanted.count }
        guard received.starts(with: wanted) else {
            throw SocketFailure(call: "expected \(text), got \(String(decoding: received, as: UTF8.self))", code: 0)
        }
        received.removeFirst(wanted.count)
    }

    /// Closes both directions properly.
    mutating func close() throws {
        try connection.close()
        try flush()
        try run { $0.connection.isPeerClosed }
    }
}
