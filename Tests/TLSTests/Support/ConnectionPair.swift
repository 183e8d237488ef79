import Canonical

@testable import TLS

/// Two ends of a byte stream.
struct ConnectionPair {
    var client: TLSConnection
    var server: TLSConnection

    init(
        client: TLSConfiguration = .largeClient(), server: TLSConfiguration = .largeServer(), time: UInt64 = 0,
        seed: UInt64 = 1
    ) throws {
        self.client = try TLSConnection(role: .client, configuration: client, random: SplitMix64(seed: seed))
        self.server = try TLSConnection(role: .server, configuration: server, random: SplitMix64(seed: seed &+ 1))
        self.client.currentTimeMilliseconds = time
        self.server.currentTimeMilliseconds = time
        try self.server.start()
        try self.client.start()
    }

    /// A pair whose handshake is done.
    static func connected(padding: Int = 0) throws -> ConnectionPair {
        var configuration = TLSConfiguration.largeClient()
        configuration.recordPaddingMultiple = padding
        var pair = try ConnectionPair(client: configuration)
        try pair.run()
        return pair
    }

    /// Carries bytes to and fro until there are none.
    mutating func run(pieceByteCount: Int = .max) throws {
        var isActive = true
        while isActive {
            let fromClient = client.takeOutput()
            try Self.deliver(fromClient, to: &server, pieceByteCount)
            let fromServer = server.takeOutput()
            try Self.deliver(fromServer, to: &client, pieceByteCount)
            isActive = !fromClient.isEmpty || !fromServer.isEmpty
        }
    }

    private static func deliver(_ bytes: [UInt8], to peer: inout TLSConnection, _ pieceByteCount: Int) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            try peer.receive(Array(rest.prefix(pieceByteCount)))
            rest = rest.dropFirst(pieceByteCount)
        }
    }
}
