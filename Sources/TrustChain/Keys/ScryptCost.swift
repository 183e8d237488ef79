/// How hard a passphrase is to guess (RFC 7914): memory is 128 · rounds · blockSize bytes.
package struct ScryptCost: Sendable, Hashable {
    /// N: a power of two.
    package let rounds: Int
    /// r.
    package let blockSize: Int
    /// p.
    package let parallelism: Int

    /// 32 MiB, about a tenth of a second.
    package static let standard = ScryptCost(rounds: 1 << 15, blockSize: 8, parallelism: 1)

    package init(rounds: Int, blockSize: Int, parallelism: Int) {
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// Refuses what a hostile file might ask for.
    func check() throws(TrustChainError) {
        guard rounds > 1, rounds.nonzeroBitCount == 1, (1...16).contains(blockSize), (1...4).contains(parallelism)
        else { throw .malformed(structure: "scrypt parameters", reason: "out of range") }
        let (memory, overflow) = rounds.multipliedReportingOverflow(by: 128 * blockSize * parallelism)
        guard !overflow, memory <= Limits.keyDerivationBytesMax else {
            throw .keyDerivationTooCostly(bytes: overflow ? .max : memory, limit: Limits.keyDerivationBytesMax)
        }
    }
}
