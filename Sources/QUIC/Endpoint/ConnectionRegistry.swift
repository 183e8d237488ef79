import Canonical
import Crypto

/// What an endpoint and its connections share: which connection ID leads where, and the endpoint's secrets.
final class ConnectionRegistry {
    private var routes: [ConnectionID: Connection] = [:]
    private var resetTokens: [StatelessResetToken: Connection] = [:]
    private var random: any RandomSource & Sendable
    private let resetKey: SymmetricKey
    let tokens: AddressTokens
    /// Arrays for received bytes that were given back.
    let chunks = ChunkPool()
    let connectionIDLength: Int
    private let prefix: [UInt8]
    private let unixTimeOffset: UInt64
    /// Connections whose handshake is not finished.
    var unfinishedHandshakes = 0

    init(configuration: EndpointConfiguration, random: any RandomSource & Sendable) {
        var random = random
        resetKey = SymmetricKey(data: configuration.statelessResetKey ?? random.bytes(32))
        tokens = AddressTokens(
            secret: configuration.tokenKey ?? random.bytes(32),
            retryLifetime: configuration.retryTokenLifetimeNanoseconds, lifetime: configuration.tokenLifetimeNanoseconds
        )
        connectionIDLength = configuration.connectionIDLength
        prefix = configuration.connectionIDPrefix
        unixTimeOffset = configuration.unixTimeOffsetNanoseconds
        self.random = random
    }

    /// Unix time in nanoseconds, as far as the edge told.
    func unixTime(_ now: UInt64) -> UInt64 { now &+ unixTimeOffset }

    func randomBytes(_ count: Int) -> [UInt8] { random.bytes(count) }

    func randomNumber() -> UInt64 {
        var number: UInt64 = 0
        withUnsafeMutableBytes(of: &number) { random.fill($0) }
        return number
    }

    /// A source of randomness for TLS.
    func makeGenerator() -> any RandomSource & Sendable {
        OffsetSource(source: random, offset: randomNumber())
    }

    /// An ID that no connection of this endpoint has.
    func makeConnectionID() -> ConnectionID {
        while true {
            let bytes = prefix + randomBytes(connectionIDLength - prefix.count)
            if let id = ConnectionID(bytes), routes[id] == nil { return id }
        }
    }

    /// The token by which this endpoint, even after a restart, tells that a connection is lost.
    func resetToken(for id: ConnectionID) -> StatelessResetToken {
        let code = Array(HMAC<SHA256>.authenticationCode(for: id.bytes, using: resetKey))
        var reader = (high: UInt64(0), low: UInt64(0))
        for index in 0..<8 {
            reader.high = reader.high << 8 | UInt64(code[index])
            reader.low = reader.low << 8 | UInt64(code[8 + index])
        }
        return StatelessResetToken(high: reader.high, low: reader.low)
    }

    func route(_ id: ConnectionID) -> Connection? { routes[id] }
    func add(_ id: ConnectionID, to connection: Connection) { routes[id] = connection }

    func remove(_ id: ConnectionID, of connection: Connection) {
        if routes[id] === connection { routes[id] = nil }
    }

    func connection(forReset token: StatelessResetToken) -> Connection? { resetTokens[token] }
    func add(_ token: StatelessResetToken, to connection: Connection) { resetTokens[token] = connection }

    func remove(_ token: StatelessResetToken, of connection: Connection) {
        if resetTokens[token] === connection { resetTokens[token] = nil }
    }

    func removeAll() {
        routes = [:]
        resetTokens = [:]
    }
}

/// Makes TLS draw from the endpoint's source of randomness.
private struct OffsetSource: RandomSource, Sendable {
    var source: any RandomSource & Sendable
    /// Keeps two copies of a seeded source from giving the same bytes.
    let offset: UInt64

    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        source.fill(buffer)
        for index in buffer.indices {
            buffer[index] ^= UInt8(truncatingIfNeeded: offset >> UInt64(8 * (index & 7)))
        }
    }
}
