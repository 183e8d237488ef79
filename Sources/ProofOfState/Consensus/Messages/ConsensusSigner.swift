/// Signs for this node. Production signs with FALCON-1024; the simulator hands out tokens that nobody else can make.
package protocol ConsensusSigner: Sendable {
    /// A signature over `statement.signedBytes`; nil when the key cannot be used, and then the node stays silent.
    func signature(of statement: SignedStatement) -> [UInt8]?
}
