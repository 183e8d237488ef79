import Crypto

/// Seals an object under a key of its own before it is cut into shards, so that who holds shards learns nothing but its
/// length. Blocks of 64 KiB are sealed by AES-256-GCM with the block's number as nonce, which the key's being used for one
/// object only allows, and with whether it is the last one as associated data.
package struct ObjectSeal: Sendable {
    /// Bytes of a key.
    package static let keyBytes = 32
    /// Bytes of the object in a block.
    static let plainBlockBytes = 64 << 10
    /// Bytes that sealing adds to a block.
    static let tagBytes = 16

    private let key: SymmetricKey

    /// - Parameter key: 32 random bytes, for this object only.
    /// - Throws: `damaged` for another number of bytes.
    package init(key: [UInt8]) throws(STOQError) {
        guard key.count == Self.keyBytes else {
            throw .transfer(.damaged("an object's key of \(key.count) bytes instead of \(Self.keyBytes)"))
        }
        self.key = SymmetricKey(data: key)
    }

    /// Bytes that an object of `size` bytes has when it is sealed; nil when that cannot be counted.
    static func sealedSize(of size: UInt64) -> UInt64? {
        let blocks = size / UInt64(plainBlockBytes) + (size % UInt64(plainBlockBytes) == 0 ? 0 : 1)
        let (sealed, overflow) = size.addingReportingOverflow(blocks * UInt64(tagBytes))
        return overflow ? nil : sealed
    }

    /// Bytes of the object whose sealed form has `sealed` bytes; nil when none has.
    static func plainSize(of sealed: UInt64) -> UInt64? {
        let block = UInt64(plainBlockBytes + tagBytes)
        let blocks = sealed / block + (sealed % block == 0 ? 0 : 1)
        let tags = blocks * UInt64(tagBytes)
        return sealed > tags && sealedSize(of: sealed - tags) == sealed ? sealed - tags : nil
    }

    func seal(_ plain: [UInt8], block: UInt64, isLast: Bool) throws(STOQError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(
                plain, using: key, nonce: nonce(block), authenticating: Self.associated(isLast: isLast))
            return Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .transfer(.damaged("block \(block) cannot be sealed: \(error)"))
        }
    }

    func open(_ sealed: [UInt8], block: UInt64, isLast: Bool) throws(STOQError) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(
                nonce: nonce(block), ciphertext: sealed.dropLast(Self.tagBytes), tag: sealed.suffix(Self.tagBytes))
            return Array(try AES.GCM.open(box, using: key, authenticating: Self.associated(isLast: isLast)))
        } catch {
            throw .transfer(.damaged("block \(block) does not open: the key is another object's, or the bytes changed"))
        }
    }

    private func nonce(_ block: UInt64) throws -> AES.GCM.Nonce {
        try AES.GCM.Nonce(data: (0..<12).map { $0 < 4 ? 0 : UInt8(truncatingIfNeeded: block >> UInt64(88 - 8 * $0)) })
    }

    private static func associated(isLast: Bool) -> [UInt8] {
        Array("HM/stoq/sealed".utf8) + [isLast ? 1 : 0]
    }
}
