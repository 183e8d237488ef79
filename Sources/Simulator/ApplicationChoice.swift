/// What simulated consensus agrees on.
package enum ApplicationChoice: String, Sendable, Hashable, CaseIterable {
    /// The least application; shows consensus alone, fast.
    case counter
    /// The real ledger with its mempool and line of blocks.
    case ledger
}
