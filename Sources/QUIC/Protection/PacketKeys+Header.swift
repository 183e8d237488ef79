extension PacketKeys {
    /// Seals a packet whose header is written plainly, then masks its header.
    /// - Parameters:
    ///   - packet: header, plaintext and room for the tag. Plaintext and packet number have at least 4 bytes together.
    ///   - body: the last bytes of the plaintext where they are not yet in the packet.
    package func protect(
        _ packet: UnsafeMutableRawBufferPointer, packetNumberOffset: Int, packetNumberLength: Int, packetNumber: UInt64,
        body: UnsafeRawBufferPointer? = nil
    ) throws(QUICError) {
        let headerLength = packetNumberOffset + packetNumberLength
        if let body {
            try protector.seal(packet, headerLength: headerLength, body: body, packetNumber: packetNumber)
        } else {
            try protector.seal(packet, headerLength: headerLength, packetNumber: packetNumber)
        }
        let sampleStart = packetNumberOffset + 4
        guard packet.count >= sampleStart + Limits.sampleBytes,
            let mask = header.mask(
                sample: UnsafeRawBufferPointer(rebasing: packet[sampleStart..<sampleStart + Limits.sampleBytes]))
        else { throw .cryptography("a packet is too short for header protection") }
        Self.apply(mask, to: packet, packetNumberOffset: packetNumberOffset, length: packetNumberLength)
    }

    /// Unmasks a header.
    /// - Returns: the packet number's low bytes and their count, or nil when the packet is too short.
    package func unprotectHeader(
        _ packet: UnsafeMutableRawBufferPointer, packetNumberOffset: Int
    ) -> (truncated: UInt64, length: Int)? {
        let sampleStart = packetNumberOffset + 4
        guard packet.count >= sampleStart + Limits.sampleBytes,
            let mask = header.mask(
                sample: UnsafeRawBufferPointer(rebasing: packet[sampleStart..<sampleStart + Limits.sampleBytes]))
        else { return nil }
        let bits: UInt8 = packet[0] & 0x80 != 0 ? 0x0F : 0x1F
        packet[0] ^= UInt8(truncatingIfNeeded: mask) & bits
        let length = Int(packet[0] & 3) + 1
        var number: UInt64 = 0
        for index in 0..<length {
            packet[packetNumberOffset + index] ^= UInt8(truncatingIfNeeded: mask >> UInt64(8 * (index + 1)))
            number = number << 8 | UInt64(packet[packetNumberOffset + index])
        }
        return (number, length)
    }

    private static func apply(
        _ mask: UInt64, to packet: UnsafeMutableRawBufferPointer, packetNumberOffset: Int, length: Int
    ) {
        let bits: UInt8 = packet[0] & 0x80 != 0 ? 0x0F : 0x1F
        packet[0] ^= UInt8(truncatingIfNeeded: mask) & bits
        for index in 0..<length {
            packet[packetNumberOffset + index] ^= UInt8(truncatingIfNeeded: mask >> UInt64(8 * (index + 1)))
        }
    }
}
