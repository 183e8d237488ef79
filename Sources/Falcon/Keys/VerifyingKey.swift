/// A decoded public key, ready for verification: the transform of h with its Shoup quotients.
final class VerifyingKey: Sendable {
    let parameters: FalconParameters
    /// The encoded key.
    let bytes: [UInt8]
    /// Transform of h/n in 0..<q, then the Shoup quotients of its values.
    private let factors: [UInt16]

    /// Decodes an encoded public key.
    convenience init(decoding bytes: UnsafeRawBufferPointer, _ parameters: FalconParameters) throws(FalconError) {
        let h = try PublicKeyCodec.decode(bytes, parameters)
        self.init(parameters, bytes: [UInt8](bytes), h: h)
    }

    /// The key with coefficients `h` and encoding `bytes`.
    init(_ parameters: FalconParameters, bytes: [UInt8], h: [UInt16]) {
        let transform = ModularTransform.of(parameters)
        let n = parameters.degree
        let scale = UInt32(transform.scale)
        var factors = h + h
        factors.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            transform.forward(base, scratch: base + n)
            for index in 0..<n {
                let value = UInt32(base[index]) &* scale % 12289
                base[index] = UInt16(truncatingIfNeeded: value)
                base[index &+ n] = UInt16(truncatingIfNeeded: (value &<< 16) / 12289)
            }
        }
        self.parameters = parameters
        self.bytes = bytes
        self.factors = factors
    }

    /// Whether `signature` (header, salt, s2) is a valid signature of `message` in the given encoding.
    func verify(
        _ signature: UnsafeRawBufferPointer, _ message: UnsafeRawBufferPointer, _ encoding: FalconSignatureEncoding
    ) -> Bool {
        let start = 1 + FalconParameters.saltByteCount
        guard signature.count > start, signature[0] == parameters.signatureHeader else { return false }
        switch encoding {
        case .padded: guard signature.count == parameters.paddedSignatureByteCount else { return false }
        case .compressed: guard signature.count <= parameters.compressedSignatureByteCountMax else { return false }
        }
        return verify(
            salt: UnsafeRawBufferPointer(rebasing: signature[1..<start]),
            UnsafeRawBufferPointer(rebasing: signature[start...]), message, encoding.ending)
    }

    /// Whether the coded `s2` belongs to `salt` and `message`.
    func verify(
        salt: UnsafeRawBufferPointer, _ coded: UnsafeRawBufferPointer, _ message: UnsafeRawBufferPointer,
        _ ending: SignatureCodec.Ending
    ) -> Bool {
        let n = parameters.degree
        return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 4 * n + 68) { words in
            guard let work = words.baseAddress else { return false }
            let (scratch, point) = (work + n, work + 3 * n)
            let short = UnsafeMutableRawPointer(work + 2 * n).bindMemory(to: Int16.self, capacity: n)
            guard SignatureCodec.decode(coded, degree: n, ending: ending, into: short) else { return false }
            HashToPoint.hash(salt: salt, message: message, degree: n, into: point)
            for index in 0..<n { work[index] = ModularArithmetic.residue(short[index]) }
            multiplyByKey(work, scratch: scratch)
            return squaredNorm(point, work, short) <= parameters.squaredNormMax
        }
    }

    /// Replaces the polynomial in `work` by its product with h, coefficients below 2q.
    private func multiplyByKey(_ work: UnsafeMutablePointer<UInt16>, scratch: UnsafeMutablePointer<UInt16>) {
        let transform = ModularTransform.of(parameters)
        let n = parameters.degree
        transform.forward(work, scratch: scratch)
        factors.withUnsafeBufferPointer { factors in
            guard let values = factors.baseAddress else { return }
            let quotients = values + n
            for index in 0..<n {
                work[index] = ModularTransform.product(work[index], values[index], quotients[index])
            }
        }
        transform.inverse(work, scratch: scratch)
    }

    /// ‖(c − s2·h mod q, s2)‖².
    private func squaredNorm(
        _ point: UnsafePointer<UInt16>, _ product: UnsafePointer<UInt16>, _ short: UnsafePointer<Int16>
    ) -> UInt64 {
        var sum: UInt64 = 0
        for index in 0..<parameters.degree {
            let difference = point[index] &+ 2 &* ModularTransform.q &- product[index]
            let first = Int32(ModularArithmetic.centered(ModularArithmetic.canonical(difference)))
            let second = Int32(short[index])
            sum &+= UInt64(UInt32(bitPattern: first &* first &+ second &* second))
        }
        return sum
    }
}
