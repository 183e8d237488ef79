#if HYPERMESH_IPSECMB
    import CIPSecMB
    package import Crypto
    package import TLS

    /// AES-GCM by Intel's Multi-Buffer Crypto library, in place, on processors with vector AES.
    package struct IntelPacketProtector: PacketProtector {
        private let key: IntelPacketKey
        private let nonce: PacketNonce

        /// Whether this machine's processor and the suite are for it.
        package static func isUsable(for suite: CipherSuite) -> Bool {
            suite != .chacha20Poly1305SHA256 && hm_gcm_is_available()
        }

        package init(suite: CipherSuite, key: SymmetricKey, iv: [UInt8]) throws(QUICError) {
            guard Self.isUsable(for: suite) else {
                throw .cryptography("no vector AES for this suite on this processor")
            }
            guard key.bitCount == 8 * suite.keyByteCount, let nonce = PacketNonce(iv: iv) else {
                throw .cryptography("packet key or IV of the wrong length")
            }
            self.key = IntelPacketKey(key)
            self.nonce = nonce
        }

        package func seal(
            _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64
        ) throws(QUICError) {
            guard let parts = PacketParts(packet, headerLength: headerLength) else {
                throw .cryptography("no room for the tag")
            }
            nonce.withBytes(packetNumber) { nonce in
                hm_gcm_seal(
                    key.expanded, key.byteCount, parts.body, parts.bodyCount, nonce, parts.header, headerLength,
                    parts.tag)
            }
        }

        package var readsBodyInPlace: Bool { true }

        package func seal(
            _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, body: UnsafeRawBufferPointer,
            packetNumber: UInt64
        ) throws(QUICError) {
            guard let parts = PacketParts(packet, headerLength: headerLength), body.count <= parts.bodyCount,
                let source = body.baseAddress
            else { throw .cryptography("no room for the tag") }
            nonce.withBytes(packetNumber) { nonce in
                hm_gcm_seal_gathered(
                    key.expanded, key.byteCount, parts.body, parts.bodyCount - body.count,
                    source.assumingMemoryBound(to: UInt8.self), body.count, nonce, parts.header, headerLength, parts.tag
                )
            }
        }

        package func open(_ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64) -> Int? {
            guard let parts = PacketParts(packet, headerLength: headerLength) else { return nil }
            let isOpened = nonce.withBytes(packetNumber) { nonce in
                hm_gcm_open(
                    key.expanded, key.byteCount, parts.body, parts.bodyCount, nonce, parts.header, headerLength,
                    parts.tag)
            }
            return isOpened ? parts.bodyCount : nil
        }
    }

    /// An expanded packet key in memory of its own, wiped when nobody uses it any more.
    final class IntelPacketKey {
        let expanded: UnsafeMutableRawPointer
        let byteCount: Int

        init(_ key: SymmetricKey) {
            expanded = .allocate(byteCount: hm_gcm_key_bytes(), alignment: 64)
            byteCount = key.bitCount / 8
            key.withUnsafeBytes { bytes in
                hm_gcm_expand(expanded, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
            }
        }

        deinit {
            hm_gcm_wipe(expanded, hm_gcm_key_bytes())
            expanded.deallocate()
        }
    }
#endif
