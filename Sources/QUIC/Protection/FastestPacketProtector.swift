#if HYPERMESH_IPSECMB
    package import Crypto
    package import TLS

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
