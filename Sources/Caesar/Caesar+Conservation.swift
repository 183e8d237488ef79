package import Canonical

extension Caesar {
    /// Refuses when the tracked sum is not the supply. O(1): called after every block.
    package static func checkTracked(in state: some StateReading) throws(CaesarError) {
        let sum = try tracked(in: state)
        guard sum == supply else { throw .notConserved(supply: supply, sum: sum) }
    }

    /// Adds up every account among `entries` (a whole state) and refuses when the sum is not the supply.
    package static func checkConservation(
        over entries: some Sequence<(key: StateKey, value: [UInt8])>
    ) throws(CaesarError) {
        var sum = Amount.zero
        for (key, value) in entries where key.bytes.first == accountNamespace {
            let account: Account
            do {
                account = try Account(canonicalBytes: value)
            } catch {
                throw .corruptState(error)
            }
            do {
                sum = try sum.adding(account.balance)
            } catch {
                throw .overflow
            }
        }
        guard sum == supply else { throw .notConserved(supply: supply, sum: sum) }
    }
}
