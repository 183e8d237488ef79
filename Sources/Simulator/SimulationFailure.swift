/// A property that did not hold.
package struct SimulationFailure: Sendable, Hashable {
    /// Which checker complains.
    package enum Property: String, Sendable, Hashable {
        /// Two honest nodes executed different blocks at one height.
        case agreement
        /// A final block broke a rule of validity.
        case validity
        /// Two certificates contradict each other.
        case certificates
        /// An honest node signed a contradiction.
        case honestSignatures = "honest-signatures"
        /// A restart lost something that had been promised.
        case durability
        /// Nodes computed different states for one height.
        case stateRoots = "state-roots"
        /// No progress after everything healed.
        case liveness
        /// More messages are under way than rate limits allow.
        case messageStorm = "message-storm"
        /// A message or record did not come back from its encoding.
        case encoding
        /// Evidence accuses an honest node.
        case evidence
        /// The application's own invariant, such as the sum of all money.
        case application
    }

    package let property: Property
    package let detail: String
    /// Events before it.
    package let step: Int
    /// Virtual time in nanoseconds.
    package let time: UInt64

    package init(property: Property, detail: String, step: Int, time: UInt64) {
        self.property = property
        self.detail = detail
        self.step = step
        self.time = time
    }
}
