/// Multiplies runs of bytes by constants of GF(2⁸) and adds them up, without a table: the products of a run with 1, 2, 4
/// … 128 are made once by doubling eight bytes at a time in a 64-bit word, and each output adds those that its constant
/// has a bit for. All outputs share the doublings, and every inner loop is one that the compiler turns into vector code.
enum GaloisKernel {
    /// Words worked on at a time: the eight products of that many fit the first-level cache together with an output.
    private static let tile = 256

    /// `outputs[o] += coefficients[o] · input`, byte by byte.
    /// - Parameters:
    ///   - outputs: as many runs as there are coefficients, each as long as the input.
    static func accumulate(
        _ input: UnsafeRawBufferPointer, coefficients: [UInt8], into outputs: [UnsafeMutableRawBufferPointer]
    ) {
        let words = input.count / 8
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 8 * tile) { planes in
            guard let planes = planes.baseAddress else { return }
            var start = 0
            while start < words {
                let count = min(tile, words - start)
                fill(planes, from: input, start: start, count: count)
                for (output, coefficient) in zip(outputs, coefficients) where coefficient != 0 {
                    guard let place = output.baseAddress else { continue }
                    add(planes, coefficient, to: place + 8 * start, count: count)
                }
                start += count
            }
        }
        for (output, coefficient) in zip(outputs, coefficients) where coefficient != 0 {
            for index in 8 * words..<input.count { output[index] ^= GaloisField.multiply(input[index], coefficient) }
        }
    }

    /// Writes input · 2⁰ … 2⁷ into the eight planes.
    private static func fill(
        _ planes: UnsafeMutablePointer<UInt64>, from input: UnsafeRawBufferPointer, start: Int, count: Int
    ) {
        guard let source = input.baseAddress else { return }
        UnsafeMutableRawPointer(planes).copyMemory(from: source + 8 * start, byteCount: 8 * count)
        for plane in 1..<8 { double(planes + (plane - 1) * tile, into: planes + plane * tile, count: count) }
    }

    /// Doubles every byte: a shift, and 0x1D where the highest bit fell out.
    private static func double(
        _ source: UnsafeMutablePointer<UInt64>, into target: UnsafeMutablePointer<UInt64>, count: Int
    ) {
        for index in 0..<count {
            let value = source[index]
            let carry = value &>> 7 & 0x0101_0101_0101_0101
            let reduction = carry ^ carry &<< 2 ^ carry &<< 3 ^ carry &<< 4
            target[index] = (value & 0x7F7F_7F7F_7F7F_7F7F) &<< 1 ^ reduction
        }
    }

    private static func add(
        _ planes: UnsafeMutablePointer<UInt64>, _ coefficient: UInt8, to output: UnsafeMutableRawPointer, count: Int
    ) {
        var left = coefficient
        while left.nonzeroBitCount >= 4 {
            let a = take(&left, planes)
            let b = take(&left, planes)
            let c = take(&left, planes)
            let d = take(&left, planes)
            for index in 0..<count {
                let sum = output.loadUnaligned(fromByteOffset: 8 &* index, as: UInt64.self)
                output.storeBytes(
                    of: sum ^ a[index] ^ b[index] ^ c[index] ^ d[index], toByteOffset: 8 &* index, as: UInt64.self)
            }
        }
        while left != 0 {
            let a = take(&left, planes)
            for index in 0..<count {
                let sum = output.loadUnaligned(fromByteOffset: 8 &* index, as: UInt64.self)
                output.storeBytes(of: sum ^ a[index], toByteOffset: 8 &* index, as: UInt64.self)
            }
        }
    }

    /// The plane of the lowest bit, which is taken off.
    private static func take(_ bits: inout UInt8, _ planes: UnsafeMutablePointer<UInt64>) -> UnsafeMutablePointer<
        UInt64
    > {
        let plane = bits.trailingZeroBitCount
        bits &= bits &- 1
        return planes + plane * tile
    }
}
