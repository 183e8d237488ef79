import Crypto

/// The record protection of one direction under one traffic secret (RFC 8446 §5.2, §5.3).
struct RecordProtection: Sendable {
    let secret: TrafficSecret
    private let key: SymmetricKey
    private let iv: [UInt8]
    /// Records sealed or opened so far.
    var sequenceNumber: UInt64 = 0

    init(_ secret: TrafficSecret) {
        self.secret = secret
        key = secret.expand("key", byteCount: secret.suite.keyByteCount)
        iv = secret.expand("iv", byteCount: secret.suite.nonceByteCount).withUnsafeBytes { Array($0) }
    }

    /// One record: header, ciphertext, tag.
    ///
    /// - Parameters:
    ///   - content: at most 2^14 bytes.
    ///   - paddingMultiple: zeros are added up to a multiple of this many bytes, within the record's limit.
    mutating func seal(_ content: [UInt8], type: ContentType, paddingMultiple: Int) throws(TLSError) -> [UInt8] {
        var inner = content
        inner.append(type.rawValue)
        if paddingMultiple > 1 {
            let excess = inner.count % paddingMultiple
            let wanted = excess == 0 ? inner.count : inner.count - excess + paddingMultiple
            let count = min(wanted, TLSLimits.recordPlaintextByteCountMax + 1)
            inner += [UInt8](repeating: 0, count: max(0, count - inner.count))
        }
        let length = inner.count + secret.suite.tagByteCount
        let header = RecordHeader(type: .applicationData, byteCount: length).bytes
        let nonce = try nextNonce()
        do {
            return header + (try seal(inner, nonce: nonce, header: header))
        } catch {
            throw .internalFailure("sealing a record failed: \(error)")
        }
    }

    /// The inner type's byte and content of a record's body.
    mutating func open(_ body: [UInt8], header: [UInt8]) throws(TLSError) -> (type: UInt8, content: [UInt8]) {
        let tagByteCount = secret.suite.tagByteCount
        guard body.count >= tagByteCount else { throw .badRecordMAC }
        let nonce = try nextNonce()
        let ciphertext = Array(body.dropLast(tagByteCount))
        let tag = Array(body.suffix(tagByteCount))
        var inner: [UInt8]
        do {
            inner = try open(ciphertext, tag: tag, nonce: nonce, header: header)
        } catch {
            throw .badRecordMAC
        }
        guard inner.count <= TLSLimits.recordPlaintextByteCountMax + 1 else { throw .recordOverflow }
        guard let end = inner.lastIndex(where: { $0 != 0 }) else {
            throw .unexpectedMessage("a record without a content type")
        }
        let type = inner[end]
        inner.removeSubrange(end...)
        return (type, inner)
    }

    private mutating func nextNonce() throws(TLSError) -> [UInt8] {
        let sequence = sequenceNumber
        guard sequence < .max else { throw .internalFailure("record sequence number exhausted") }
        sequenceNumber += 1
        var nonce = iv
        for index in 0..<8 {
            nonce[nonce.count - 1 - index] ^= UInt8(truncatingIfNeeded: sequence >> UInt64(8 * index))
        }
        return nonce
    }

    private func seal(_ inner: [UInt8], nonce: [UInt8], header: [UInt8]) throws -> [UInt8] {
        switch secret.suite {
        case .aes128GCMSHA256, .aes256GCMSHA384:
            let box = try AES.GCM.seal(inner, using: key, nonce: .init(data: nonce), authenticating: header)
            return Array(box.ciphertext) + Array(box.tag)
        case .chacha20Poly1305SHA256:
            let box = try ChaChaPoly.seal(inner, using: key, nonce: .init(data: nonce), authenticating: header)
            return Array(box.ciphertext) + Array(box.tag)
        }
    }

    private func open(_ ciphertext: [UInt8], tag: [UInt8], nonce: [UInt8], header: [UInt8]) throws -> [UInt8] {
        switch secret.suite {
        case .aes128GCMSHA256, .aes256GCMSHA384:
            let box = try AES.GCM.SealedBox(nonce: .init(data: nonce), ciphertext: ciphertext, tag: tag)
            return Array(try AES.GCM.open(box, using: key, authenticating: header))
        case .chacha20Poly1305SHA256:
            let box = try ChaChaPoly.SealedBox(nonce: .init(data: nonce), ciphertext: ciphertext, tag: tag)
            return Array(try ChaChaPoly.open(box, using: key, authenticating: header))
        }
    }
}
