#if HYPERMESH_IPSECMB
    import CIPSecMB
    package import Crypto
    package import TLS

    /// AES-GCM by Intel's Multi-Buffer Crypto library, in place: about half the time of BoringSSL's for a packet, on
    /// processors with vector AES.
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
            let bodyEnd = packet.count - Limits.tagBytes
            guard headerLength >= 0, headerLength <= bodyEnd, let base = packet.baseAddress else {
                throw .cryptography("no room for the tag")
            }
            let bytes = base.assumingMemoryBound(to: UInt8.self)
            nonce.withBytes(packetNumber) { nonce in
                hm_gcm_seal(
                    key.expanded, key.byteCount, bytes + headerLength, bytes + headerLength, bodyEnd - headerLength,
                    nonce, bytes, headerLength, bytes + bodyEnd)
            }
        }

        package var readsBodyInPlace: Bool { true }

        package func seal(
            _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, body: UnsafeRawBufferPointer,
            packetNumber: UInt64
        ) throws(QUICError) {
            let bodyEnd = packet.count - Limits.tagBytes
            guard headerLength >= 0, headerLength <= bodyEnd - body.count, let base = packet.baseAddress,
                let source = body.baseAddress
            else { throw .cryptography("no room for the tag") }
            let bytes = base.assumingMemoryBound(to: UInt8.self)
            nonce.withBytes(packetNumber) { nonce in
                hm_gcm_seal_gathered(
                    key.expanded, key.byteCount, bytes + headerLength, bodyEnd - body.count - headerLength,
                    source.assumingMemoryBound(to: UInt8.self), body.count, nonce, bytes, headerLength,
                    bytes + bodyEnd)
            }
        }

        package func open(_ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64) -> Int? {
            let bodyEnd = packet.count - Limits.tagBytes
            guard headerLength >= 0, headerLength <= bodyEnd, let base = packet.baseAddress else { return nil }
            let bytes = base.assumingMemoryBound(to: UInt8.self)
            let isOpened = nonce.withBytes(packetNumber) { nonce in
                hm_gcm_open(
                    key.expanded, key.byteCount, bytes + headerLength, bodyEnd - headerLength, nonce, bytes,
                    headerLength, bytes + bodyEnd)
            }
            return isOpened ? bodyEnd - headerLength : nil
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

    /// The fastest of the libraries for a suite on this processor.
    package enum FastestPacketProtector: PacketProtector {
        case intel(IntelPacketProtector)
        case portable(LinkedPacketProtector)

        package var readsBodyInPlace: Bool {
            if case .intel = self { true } else { false }
        }

        package init(suite: CipherSuite, key: SymmetricKey, iv: [UInt8]) throws(QUICError) {
            self =
                IntelPacketProtector.isUsable(for: suite)
                ? .intel(try IntelPacketProtector(suite: suite, key: key, iv: iv))
                : .portable(try LinkedPacketProtector(suite: suite, key: key, iv: iv))
        }

        @inline(__always)
        package func seal(
            _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64
        ) throws(QUICError) {
            switch self {
            case .intel(let one): try one.seal(packet, headerLength: headerLength, packetNumber: packetNumber)
            case .portable(let one): try one.seal(packet, headerLength: headerLength, packetNumber: packetNumber)
            }
        }

        @inline(__always)
        package func seal(
            _ packet: UnsafeMutableRawBufferPointer, headerLength: Int, body: UnsafeRawBufferPointer,
            packetNumber: UInt64
        ) throws(QUICError) {
            switch self {
            case .intel(let one):
                try one.seal(packet, headerLength: headerLength, body: body, packetNumber: packetNumber)
            case .portable(let one):
                try one.seal(packet, headerLength: headerLength, body: body, packetNumber: packetNumber)
            }
        }

        @inline(__always)
        package func open(_ packet: UnsafeMutableRawBufferPointer, headerLength: Int, packetNumber: UInt64) -> Int? {
            switch self {
            case .intel(let one): one.open(packet, headerLength: headerLength, packetNumber: packetNumber)
            case .portable(let one): one.open(packet, headerLength: headerLength, packetNumber: packetNumber)
            }
        }
    }
#endif
