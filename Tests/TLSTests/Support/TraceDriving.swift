import Canonical
import Crypto

@testable import TLS

/// The handshake message inside a plaintext record.
func message(inRecord record: [UInt8]) -> HandshakeMessage? {
    var buffer = MessageBuffer()
    buffer.append(Array(record.dropFirst(5)))
    return try? buffer.next(accepting: [.clientHello, .serverHello], in: "a trace")
}

extension TLSConnection {
    /// A client that has just sent a given ClientHello, as if it had made it with these private keys.
    static func client(
        havingSent record: [UInt8],
        keyPairs: [KeyPair],
        configuration: TLSConfiguration,
        random: FixedRandom = FixedRandom([])
    ) throws -> TLSConnection {
        var connection = try TLSConnection(role: .client, configuration: configuration, random: random)
        connection.hasSentRecord = true
        guard let hello = message(inRecord: record) else { throw TLSError.decode("trace") }
        connection.handshake.hello = try ClientHello(hello.body)
        connection.handshake.transcript.append(hello)
        connection.handshake.keyPairs = keyPairs
        connection.handshake.state = .waitServerHello
        return connection
    }

    /// Everything there is to send.
    mutating func takeOutput() -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = nextOutput() { bytes += more }
        return bytes
    }

    /// Everything received.
    mutating func takePlaintext() -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = nextPlaintext() { bytes += more }
        return bytes
    }
}
