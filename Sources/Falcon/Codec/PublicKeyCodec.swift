/// The encoding of h: a header and 14 bits a coefficient (Falcon 1.2 §3.11.4).
enum PublicKeyCodec {
    /// The encoded public key with coefficients `h` (0..<q).
    static func encode(_ h: UnsafePointer<UInt16>, _ parameters: FalconParameters) -> [UInt8] {
        var bytes = [UInt8]()
        bytes.reserveCapacity(parameters.publicKeyByteCount)
        bytes.append(parameters.publicKeyHeader)
        FixedWidthCodec.append(parameters.degree, bits: 14, to: &bytes) { UInt32(h[$0]) }
        return bytes
    }

    /// The coefficients of an encoded public key.
    static func decode(
        _ bytes: UnsafeRawBufferPointer, _ parameters: FalconParameters
    ) throws(FalconError) -> [UInt16] {
        guard bytes.count == parameters.publicKeyByteCount else {
            throw .publicKeyLength(expected: parameters.publicKeyByteCount, actual: bytes.count)
        }
        guard bytes[0] == parameters.publicKeyHeader else {
            throw .publicKeyHeader(expected: parameters.publicKeyHeader, actual: bytes[0])
        }
        var h = [UInt16](repeating: 0, count: parameters.degree)
        // Four coefficients fill seven bytes.
        for group in 0..<(parameters.degree / 4) {
            var word: UInt64 = 0
            for offset in 0..<7 { word = word << 8 | UInt64(bytes[1 &+ group &* 7 &+ offset]) }
            for part in 0..<4 {
                h[group &* 4 &+ part] = UInt16(truncatingIfNeeded: word &>> UInt64(42 &- 14 &* part)) & 0x3FFF
            }
        }
        if let index = h.firstIndex(where: { $0 >= ModularTransform.q }) {
            throw .publicKeyCoefficientOutOfRange(index: index)
        }
        return h
    }
}
