/// The Golomb–Rice coding of s2 (Falcon 1.2 §3.11.2): sign, seven low bits, the rest in unary.
enum SignatureCodec {
    /// Largest magnitude of an encoded coefficient.
    static let magnitudeMax = 2047
    /// Bytes that must be readable behind the encoded ones.
    private static let slack = 16

    /// What follows the last coefficient.
    enum Ending {
        /// Nothing but the unused bits of the last byte.
        case exact
        /// Any number of zero bytes.
        case zeroFilled
    }

    /// Decodes `degree` coefficients. False for anything that the encoder would not have written: truncated or surplus
    /// input, a magnitude above 2047, "minus zero", a set bit behind the end.
    static func decode(
        _ bytes: UnsafeRawBufferPointer, degree: Int, ending: Ending, into output: UnsafeMutablePointer<Int16>
    ) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: bytes.count + slack, alignment: 8) { copy in
            copy.copyMemory(from: bytes)
            copy[bytes.count...].initializeMemory(as: UInt8.self, repeating: 0)
            let copied = UnsafeRawBufferPointer(copy)
            guard let end = decodeCoefficients(copied, bitCount: bytes.count * 8, degree, output) else { return false }
            let lastByte = (end + 7) / 8
            if end & 7 != 0, copied[lastByte - 1] << UInt8(end & 7) != 0 { return false }
            switch ending {
            case .exact: return lastByte == bytes.count
            case .zeroFilled: return copied[lastByte..<bytes.count].allSatisfy { $0 == 0 }
            }
        }
    }

    /// Reads the coefficients and returns the number of bits read, nil if malformed. `bytes` has `slack` zero bytes.
    private static func decodeCoefficients(
        _ bytes: UnsafeRawBufferPointer, bitCount: Int, _ degree: Int, _ output: UnsafeMutablePointer<Int16>
    ) -> Int? {
        var position = 0
        var index = 0
        while index < degree {
            guard position <= bitCount else { return nil }
            let loaded = bytes.loadUnaligned(fromByteOffset: position >> 3, as: UInt64.self)
            // At least 57 bits are valid, and two coefficients take at most 48.
            var window = UInt64(bigEndian: loaded) &<< UInt64(position & 7)
            guard let first = decodeOne(&window) else { return nil }
            guard let second = decodeOne(&window) else { return nil }
            output[index] = first.value
            output[index &+ 1] = second.value
            position &+= first.bitCount &+ second.bitCount
            index &+= 2
        }
        return position <= bitCount ? position : nil
    }

    @inline(__always)
    private static func decodeOne(_ window: inout UInt64) -> (value: Int16, bitCount: Int)? {
        let negative = Int16(truncatingIfNeeded: window &>> 63)
        let low = Int16(truncatingIfNeeded: window &>> 56) & 127
        let high = (window &<< 8).leadingZeroBitCount
        guard high <= magnitudeMax >> 7 else { return nil }
        let magnitude = low | Int16(truncatingIfNeeded: high &<< 7)
        guard magnitude | (negative ^ 1) != 0 else { return nil }
        let bitCount = high &+ 9
        window &<<= UInt64(truncatingIfNeeded: bitCount)
        return ((magnitude ^ (0 &- negative)) &+ negative, bitCount)
    }

    /// Encodes `degree` coefficients and returns the number of bytes written, the last one filled with zero bits;
    /// nil if a coefficient is too large or `output` too short.
    static func encode(
        _ coefficients: UnsafePointer<Int16>, degree: Int, into output: UnsafeMutableRawBufferPointer
    ) -> Int? {
        var accumulator: UInt64 = 0
        var pending = 0
        var count = 0
        for index in 0..<degree {
            let magnitude = Int(coefficients[index].magnitude)
            guard magnitude <= magnitudeMax else { return nil }
            let sign = coefficients[index] < 0 ? 128 : 0
            let high = magnitude >> 7
            accumulator = accumulator << 8 | UInt64(sign | magnitude & 127)
            accumulator = accumulator << UInt64(high + 1) | 1
            pending += high + 9
            while pending >= 8 {
                guard count < output.count else { return nil }
                pending -= 8
                output[count] = UInt8(truncatingIfNeeded: accumulator >> UInt64(pending))
                count += 1
            }
        }
        guard pending > 0 else { return count }
        guard count < output.count else { return nil }
        output[count] = UInt8(truncatingIfNeeded: accumulator << UInt64(8 - pending))
        return count + 1
    }
}
