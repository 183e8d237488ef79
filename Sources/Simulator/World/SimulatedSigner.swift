import ProofOfState

/// Hands out one token a node. Tokens cannot be forged because only the world makes votes in a node's name: honest nodes'
/// by their cores, a liar's for the liar itself.
struct SimulatedSigner: ConsensusSigner {
    let token: [UInt8]

    init(node: Int) {
        token = [UInt8(truncatingIfNeeded: node), 0x5a]
    }

    func signature(of statement: SignedStatement) -> [UInt8]? { token }
}
