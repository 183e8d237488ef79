import Crypto
import FoundationEssentials

/// Seals and opens the tokens that prove an address (RFC 9000 section 8.1): those of Retry packets and of NEW_TOKEN.
struct AddressTokens {
    private let key: SymmetricKey
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

    init(key: [UInt8], retryLifetime: UInt64, lifetime: UInt64) {
        self.key = SymmetricKey(data: key)
        self.retryLifetime = retryLifetime
        self.lifetime = lifetime
    }

    /// A Retry token for a client at an address.
    func retry(
        _ contents: RetryContents, address: SocketAddressKey, now: UInt64, nonce: [UInt8]
    ) throws(QUICError) -> [UInt8] {
        var plain: [UInt8] = []
        plain.appendBigEndian(now)
        plain.append(UInt8(contents.originalDestination.count))
        plain += contents.originalDestination.bytes
        plain.append(UInt8(contents.retrySource.count))
        plain += contents.retrySource.bytes
        return try seal(plain, kind: Kind.retry, address: address.bytes(includingPort: true), nonce: nonce)
    }

    /// A token for the next connection from the same host.
    func later(address: SocketAddressKey, now: UInt64, nonce: [UInt8]) throws(QUICError) -> [UInt8] {
        var plain: [UInt8] = []
        plain.appendBigEndian(now)
        return try seal(plain, kind: Kind.later, address: address.bytes(includingPort: false), nonce: nonce)
    }

    private func seal(_ plain: [UInt8], kind: UInt8, address: [UInt8], nonce: [UInt8]) throws(QUICError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(
                plain, using: key, nonce: AES.GCM.Nonce(data: nonce), authenticating: [kind] + address)
            return [kind] + nonce + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .cryptography("a token could not be sealed")
        }
    }

    /// Opens a token that a client at an address sent.
    func open(_ token: UnsafeRawBufferPointer, address: SocketAddressKey, now: UInt64) -> Verdict {
        guard token.count > 1 + 12 + 16 + 8 - 1, token.count <= Limits.tokenBytesMax else { return .unknown }
        let isRetry = token[0] == Kind.retry
        guard isRetry || token[0] == Kind.later else { return .unknown }
        let failure: Verdict = isRetry ? .invalidRetry : .unknown
        let authenticated = [token[0]] + address.bytes(includingPort: isRetry)
        guard let nonce = try? AES.GCM.Nonce(data: Array(token[1..<13])),
            let box = try? AES.GCM.SealedBox(
                nonce: nonce, ciphertext: Array(token[13..<token.count - 16]),
                tag: Array(token[(token.count - 16)...])),
            let opened = try? AES.GCM.open(box, using: key, authenticating: authenticated)
        else { return failure }
        let plain = Array(opened)
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
