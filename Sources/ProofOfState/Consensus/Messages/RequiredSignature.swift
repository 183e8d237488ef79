/// A signature that must verify before the message that carries it enters consensus.
package struct RequiredSignature: Sendable, Hashable {
    package let signer: ValidatorIndex
    package let statement: SignedStatement
    package let signature: [UInt8]

    package init(signer: ValidatorIndex, statement: SignedStatement, signature: [UInt8]) {
        self.signer = signer
        self.statement = statement
        self.signature = signature
    }
}
