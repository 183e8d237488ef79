import Canonical
import Crypto

@testable import TLS

/// A client and a server without a network between them.
struct HandshakePair {
    var client: Handshake
    var server: Handshake
    var clientLog = EventLog()
    var serverLog = EventLog()
    /// Bytes are handed over in pieces of this size.
    var pieceByteCount = Int.max

    init(client: TLSConfiguration, server: TLSConfiguration, seed: UInt64 = 7) throws {
        self.client = try Handshake(role: .client, configuration: client, random: SplitMix64(seed: seed))
        self.server = try Handshake(role: .server, configuration: server, random: SplitMix64(seed: seed &+ 1))
    }

    /// Runs until neither side has anything to say.
    mutating func run() throws {
        try server.start()
        try client.start()
        var isActive = true
        while isActive {
            let fromClient = clientLog.take(&client)
            for (bytes, level) in fromClient { try deliver(bytes, to: &server, at: level) }
            let fromServer = serverLog.take(&server)
            for (bytes, level) in fromServer { try deliver(bytes, to: &client, at: level) }
            isActive = !fromClient.isEmpty || !fromServer.isEmpty
        }
    }

    private func deliver(_ bytes: [UInt8], to peer: inout Handshake, at level: EncryptionLevel) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            try peer.receive(Array(rest.prefix(pieceByteCount)), at: level)
            rest = rest.dropFirst(pieceByteCount)
        }
    }
}

/// What a handshake asked for, in order.
struct EventLog {
    var names: [String] = []
    var readSecrets: [TrafficSecret] = []
    var writeSecrets: [TrafficSecret] = []
    var transportParameters: [UInt8]?
    var peerCertificates: [[UInt8]] = []
    var tickets: [SessionTicket] = []

    /// Takes the events and returns what is to be sent.
    mutating func take(_ handshake: inout Handshake) -> [([UInt8], EncryptionLevel)] {
        var sent: [([UInt8], EncryptionLevel)] = []
        while let event = handshake.nextEvent() {
            switch event {
            case .send(let bytes, let level):
                sent.append((bytes, level))
                names.append("send \(level)")
            case .installReadSecret(let secret):
                readSecrets.append(secret)
                names.append("read \(secret.level)")
            case .installWriteSecret(let secret):
                writeSecrets.append(secret)
                names.append("write \(secret.level)")
            case .peerTransportParameters(let bytes):
                transportParameters = bytes
                names.append("parameters")
            case .serverName: names.append("name")
            case .applicationProtocol: names.append("protocol")
            case .peerCertificates(let chain):
                peerCertificates = chain
                names.append("certificates")
            case .completed: names.append("completed")
            case .earlyDataBegins: names.append("early data begins")
            case .earlyDataAccepted(let isAccepted): names.append("early data \(isAccepted ? "accepted" : "refused")")
            case .sessionTicket(let ticket):
                tickets.append(ticket)
                names.append("ticket")
            }
        }
        return sent
    }
}

extension TrafficSecret {
    var bytes: [UInt8] { secret.withUnsafeBytes { Array($0) } }
}

extension SymmetricKey {
    var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}

extension TLSConfiguration {
    /// Post-quantum on both sides, with the large fake chain.
    static func largeClient(isQUIC: Bool = false) -> TLSConfiguration {
        var configuration = TLSConfiguration()
        configuration.verifier = LargeVerifier()
        configuration.serverName = "node.example"
        configuration.applicationProtocols = [Array("stoq".utf8), Array("other".utf8)]
        if isQUIC { configuration.quicTransportParameters = [1, 2, 3] }
        return configuration
    }

    static func largeServer(isQUIC: Bool = false) -> TLSConfiguration {
        var configuration = TLSConfiguration()
        configuration.signer = LargeSigner(seed: 3)
        configuration.applicationProtocols = [Array("stoq".utf8)]
        if isQUIC { configuration.quicTransportParameters = [4, 5, 6, 7] }
        return configuration
    }
}
