/// The making of one signature: a hashed message and a stream of sampler randomness.
final class SigningAttempt {
    private let key: SigningKey
    private let point: SecretBuffer<UInt16>
    private let source: SecretBuffer<SHAKE256>
    private let streamStorage = ChaChaStream.Storage()
    private let values: SecretBuffer<Double>
    private let short: SecretBuffer<Int16>

    init(
        _ key: SigningKey, salt: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer, seed: UnsafeRawBufferPointer
    ) {
        let n = key.parameters.degree
        self.key = key
        point = SecretBuffer(repeating: 0, count: n + 68)
        source = SecretBuffer(repeating: SHAKE256(), count: 1)
        values = SecretBuffer(repeating: 0, count: 8 * n)
        short = SecretBuffer(repeating: 0, count: n)
        HashToPoint.hash(salt: salt, message: message, degree: n, into: point.pointer)
        source.pointer.pointee.absorb(buffer: seed)
    }

    /// The state of the randomness, where the next sample comes from: 25 lanes at the end of the sponge's memory.
    var randomState: UnsafeMutableRawBufferPointer {
        let offset = MemoryLayout<SHAKE256>.offset(of: \SHAKE256.sponge.state) ?? 0
        return UnsafeMutableRawBufferPointer(rebasing: source.bytes[offset..<(offset + MemoryLayout<KeccakState>.size)])
    }

    /// The memory of the last sampled s2.
    var result: UnsafeMutableRawBufferPointer { short.bytes }

    /// Samples once; the coded s2, or nil if the sample was too long or does not fit into `capacity` bytes.
    func next(capacity: Int) -> [UInt8]? {
        let squaredNorm = sample()
        guard squaredNorm <= key.parameters.squaredNormMax else { return nil }
        var fits = true
        let coded = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            let written = SignatureCodec.encode(
                short.pointer, degree: key.parameters.degree, into: UnsafeMutableRawBufferPointer(buffer))
            fits = written != nil
            count = written ?? 0
        }
        return fits ? coded : nil
    }

    /// Fills `short` with a sampled s2 and returns ‖(s1, s2)‖². Branches on secrets only where `IntegerSampler` does.
    func sample() -> UInt64 {
        let stream = ChaChaStream(streamStorage, seededFrom: source.pointer)
        let sampler = LatticeSampler(
            integers: IntegerSampler(stream, deviationMin: key.parameters.deviationMin))
        let n = key.parameters.degree
        let (t0, t1, z0, z1) = (
            values.pointer, values.pointer + n, values.pointer + 2 * n, values.pointer + 3 * n
        )
        makeTarget(t0, t1)
        let tree = key.tree
        sampler.sample(
            z0, z1, tree.tree, t0, t1, key.parameters.logDegree, scratch: values.pointer + 4 * n)
        makeLatticePoint(z0, z1, t0, t1)
        return finish(t0, t1)
    }

    /// The target (c, 0)·B⁻¹, transformed.
    private func makeTarget(_ t0: UnsafeMutablePointer<Double>, _ t1: UnsafeMutablePointer<Double>) {
        let (tree, n) = (key.tree, key.parameters.degree)
        let inverse = 1.0 / Double(FalconParameters.modulus)
        for index in 0..<n { t0[index] = Double(point[index]) }
        tree.transform.forward(t0)
        t1.update(from: t0, count: n)
        tree.transform.multiply(t1, by: tree.b01)
        tree.transform.scale(t1, by: -inverse)
        tree.transform.multiply(t0, by: tree.b11)
        tree.transform.scale(t0, by: inverse)
    }

    /// (z0, z1)·B as coefficients in (t0, t1); z1 is used up.
    private func makeLatticePoint(
        _ z0: UnsafeMutablePointer<Double>, _ z1: UnsafeMutablePointer<Double>,
        _ t0: UnsafeMutablePointer<Double>, _ t1: UnsafeMutablePointer<Double>
    ) {
        let (tree, n) = (key.tree, key.parameters.degree)
        t0.update(from: z0, count: n)
        t1.update(from: z1, count: n)
        tree.transform.multiply(t0, by: tree.b00)
        tree.transform.multiply(t1, by: tree.b10)
        tree.transform.add(t0, t1)
        t1.update(from: z0, count: n)
        tree.transform.multiply(t1, by: tree.b01)
        tree.transform.multiply(z1, by: tree.b11)
        tree.transform.add(t1, z1)
        tree.transform.inverse(t0)
        tree.transform.inverse(t1)
    }

    /// s1 = c − t0 and s2 = −t1, rounded; keeps s2 and returns the squared norm.
    private func finish(_ t0: UnsafePointer<Double>, _ t1: UnsafePointer<Double>) -> UInt64 {
        var sum: UInt64 = 0
        for index in 0..<key.parameters.degree {
            let first = Int64(point[index]) &- ConstantTime.rounded(t0[index])
            let second = 0 &- ConstantTime.rounded(t1[index])
            sum &+= UInt64(bitPattern: first &* first &+ second &* second)
            short[index] = Int16(truncatingIfNeeded: second)
        }
        return sum
    }
}
