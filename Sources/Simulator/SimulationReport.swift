/// What a run showed.
package struct SimulationReport: Sendable, Hashable {
    package var options: SimulationOptions
    package var failure: SimulationFailure?
    /// Events that happened.
    package var events = 0
    /// Virtual time that passed, in nanoseconds.
    package var virtualNanoseconds: UInt64 = 0
    /// Highest block that an honest node executed.
    package var height: UInt64 = 0
    /// Highest view that an honest node entered.
    package var view: UInt64 = 0
    package var messages = 0
    package var crashes = 0
    package var operations = 0
    /// Damaged logs that were reported when a node started.
    package var corruptions = 0
    package var accusations = 0
    /// Mixes every event in order: equal digests mean equal runs.
    package var digest: UInt64 = 0

    package init(options: SimulationOptions) {
        self.options = options
    }

    /// The digest as 16 hexadecimal digits.
    package var digestText: String {
        let text = String(digest, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
