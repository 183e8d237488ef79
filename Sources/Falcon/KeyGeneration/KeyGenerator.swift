/// Key generation (Falcon 1.2 §3.8): short f and g, then F and G.
struct KeyGenerator {
    let parameters: FalconParameters
    private let source = SecretBuffer<SHAKE256>(repeating: SHAKE256(), count: 1)

    /// A generator that expands `seed` with SHAKE256.
    init(_ parameters: FalconParameters, seed: UnsafeRawBufferPointer) {
        self.parameters = parameters
        source.pointer.pointee.absorb(buffer: seed)
    }

    /// The first acceptable basis; about seven candidates are drawn for one.
    func generate() -> SecretBasis {
        let sampler = PolynomialSampler(parameters: parameters, source: source.pointer)
        while true {
            let basis = SecretBasis(parameters)
            sampler.sample(into: basis.f)
            sampler.sample(into: basis.g)
            guard basis.isShort, basis.isWellConditioned, basis.publicPolynomial() != nil else { continue }
            if NTRUSolver(basis).solve() { return basis }
        }
    }
}
