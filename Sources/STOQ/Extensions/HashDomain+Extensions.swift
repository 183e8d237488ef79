import Canonical

extension HashDomain {
    /// Numbers of the gear hash.
    static let gear = HashDomain("HM/stoq/gear")
    /// The content of a transferred object.
    static let transferObject = HashDomain("HM/stoq/object")
    /// A set of shards.
    static let shardSet = HashDomain("HM/stoq/shards")
    /// What a relay signs about a circuit.
    static let hopReceipt = HashDomain("HM/stoq/receipt")
}
