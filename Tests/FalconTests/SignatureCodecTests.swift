import Testing

@testable import Falcon

/// The Golomb–Rice code of s2 is one to one.
struct SignatureCodecTests {
    private func decode(_ bytes: [UInt8], _ ending: SignatureCodec.Ending, degree: Int = 8) -> [Int16]? {
        var output = [Int16](repeating: 0, count: degree)
        let valid = bytes.withUnsafeBytes { bytes in
            output.withUnsafeMutableBufferPointer { output in
                guard let base = output.baseAddress else { return false }
                return SignatureCodec.decode(bytes, degree: degree, ending: ending, into: base)
            }
        }
        return valid ? output : nil
    }

    private func encode(_ values: [Int16], capacity: Int = 64) -> [UInt8]? {
        var output = [UInt8](repeating: 0xAA, count: capacity)
        let count = output.withUnsafeMutableBytes { output in
            values.withUnsafeBufferPointer { values in
                values.baseAddress.flatMap { SignatureCodec.encode($0, degree: values.count, into: output) }
            }
        }
        return count.map { Array(output[..<$0]) }
    }

    @Test func roundTripsExtremes() throws {
        let values: [Int16] = [0, 1, -1, 127, -128, 2047, -2047, 300]
        let bytes = try #require(encode(values))
        #expect(decode(bytes, .exact) == values)
        #expect(decode(bytes + [0, 0], .zeroFilled) == values)
        #expect(decode(bytes + [0], .exact) == nil)
        #expect(decode(bytes + [0, 1], .zeroFilled) == nil)
        for count in 0..<bytes.count { #expect(decode(Array(bytes[..<count]), .zeroFilled) == nil) }
    }

    @Test func refusesWhatDoesNotFit() {
        #expect(encode([2048, 0]) == nil)
        #expect(encode([-2048, 0]) == nil)
        #expect(encode([0, 0], capacity: 2) == nil)
    }

    @Test func refusesMinusZeroLargeMagnitudesAndLooseBits() throws {
        let zeros = try #require(encode([0, 0, 0, 0, 0, 0, 0, 0]))
        #expect(zeros.count == 9 && decode(zeros, .exact) == [Int16](repeating: 0, count: 8))
        #expect(decode([zeros[0] | 0x80] + zeros.dropFirst(), .exact) == nil)
        // Sixteen zeros before the one: a magnitude of 2048.
        let large: [UInt8] = [0, 0, 0, 0x80] + [UInt8](repeating: 0, count: 8)
        #expect(decode(large, .zeroFilled, degree: 2) == nil)
        var loose = try #require(encode([1, 1]))
        #expect(decode(loose, .exact, degree: 2) == [1, 1])
        loose[loose.count - 1] |= 1
        #expect(decode(loose, .exact, degree: 2) == nil)
    }

    /// Seed 0x5EED: any bytes that decode are what the encoder writes for the decoded values.
    @Test func acceptsOnlyWhatTheEncoderWrites() {
        var shake = SHAKE256()
        shake.absorb([0x5E, 0xED])
        var accepted = 0
        for _ in 0..<3000 {
            let bytes = shake.squeeze(count: 9)
            guard let values = decode(bytes, .exact, degree: 6) else { continue }
            accepted += 1
            #expect(encode(values) == bytes, "seed 0x5EED")
        }
        #expect(accepted > 0)
    }
}
