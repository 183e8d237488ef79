import TLS

/// Seals and opens the tokens that prove an address (RFC 9000 section 8.1): those of Retry packets and of NEW_TOKEN.
struct AddressTokens {
    private let sealer: RotatingSealer
    private let retryLifetime: UInt64
    private let lifetime: UInt64

    /// What a Retry token says.
    struct RetryContents: Equatable {
        var originalDestination: ConnectionID
        var retrySource: ConnectionID
    }

    /// What a token turned out to be.
    enum Verdict: Equatable {
        case retry(RetryContents)
        /// The address was proven on an earlier connection.
        case earlier
        /// A Retry token that is forged, of another address, or too old.
        case invalidRetry
        /// Not ours or no longer good: as if there were none.
        case unknown
    }

    private enum Kind {
        static let retry: UInt8 = 1
        static let later: UInt8 = 2
    }

    init(secret: [UInt8], retryLifetime: UInt64, lifetime: UInt64) {
        sealer = RotatingSealer(
            secret: secret, label: "hm token", periodSeconds: max(retryLifetime, lifetime) / 1_000_000_000 + 1)
        self.retryLifetime = retryLifetime
        self.lifetime = lifetime
    }

    /// A Retry token for a client at an address.
    func retry(
        _ contents: RetryContents, address: SocketAddressKey, version: QUICVersion, now: UInt64, nonce: [UInt8]
    ) throws(QUICError) -> [UInt8] {
        var plain: [UInt8] = []
        plain.appendBigEndian(now)
        plain.append(UInt8(contents.originalDestination.count))
        plain += contents.originalDestination.bytes
        plain.append(UInt8(contents.retrySource.count))
        plain += contents.retrySource.bytes
        return try seal(plain, Self.context(Kind.retry, address, version), now: now, nonce: nonce)
    }

    /// A token for the next connection from the same host.
    func later(
        address: SocketAddressKey, version: QUICVersion, now: UInt64, nonce: [UInt8]
    ) throws(QUICError) -> [UInt8] {
        var plain: [UInt8] = []
        plain.appendBigEndian(now)
        return try seal(plain, Self.context(Kind.later, address, version), now: now, nonce: nonce)
    }

    /// What a token is bound to: its kind, the client's address, and the version of its connection (RFC 9369 section 5).
    private static func context(_ kind: UInt8, _ address: SocketAddressKey, _ version: QUICVersion) -> [UInt8] {
        [kind] + version.bytes + address.bytes(includingPort: kind == Kind.retry)
    }

    private func seal(
        _ plain: [UInt8], _ context: [UInt8], now: UInt64, nonce: [UInt8]
    ) throws(QUICError) -> [UInt8] {
        do {
            let sealed = try sealer.seal(
                plain, authenticating: context, nonce: nonce, nowSeconds: now / 1_000_000_000)
            return [context[0]] + sealed
        } catch {
            throw .cryptography("a token could not be sealed")
        }
    }

    /// Opens a token that a client at an address sent.
    func open(
        _ token: UnsafeRawBufferPointer, address: SocketAddressKey, version: QUICVersion, now: UInt64
    ) -> Verdict {
        guard let kind = token.first, kind == Kind.retry || kind == Kind.later, token.count <= Limits.tokenBytesMax
        else { return .unknown }
        let isRetry = kind == Kind.retry
        let failure: Verdict = isRetry ? .invalidRetry : .unknown
        guard
            let plain = sealer.open(
                Array(token.dropFirst()), authenticating: Self.context(kind, address, version),
                nowSeconds: now / 1_000_000_000)
        else { return failure }
        return plain.withUnsafeBytes { bytes in
            var reader = PacketReader(bytes)
            guard let made = reader.readInteger(UInt64.self), made <= now,
                now - made <= (isRetry ? retryLifetime : lifetime)
            else { return failure }
            guard isRetry else { return .earlier }
            return Self.contents(&reader).map { .retry($0) } ?? failure
        }
    }

    private static func contents(_ reader: inout PacketReader) -> RetryContents? {
        guard let count = reader.readByte(), let original = reader.readBytes(Int(count)).flatMap({ ConnectionID($0) }),
            let length = reader.readByte(), let source = reader.readBytes(Int(length)).flatMap({ ConnectionID($0) }),
            reader.remaining == 0
        else { return nil }
        return RetryContents(originalDestination: original, retrySource: source)
    }
}
