/// Spans of time in nanoseconds.
package struct ConsensusTiming: Sendable, Hashable {
    /// Δ at the start and on success: the delay within which messages usually arrive.
    package var deltaMin: UInt64 = 200_000_000
    /// Largest Δ.
    package var deltaMax: UInt64 = 10_000_000_000
    /// How long a leader without operations waits before it proposes an empty block; 0 for never.
    package var emptyBlockInterval: UInt64 = 1_000_000_000
    /// How long a leader gathers operations while earlier blocks are not final yet, so that one block carries many.
    package var gatherInterval: UInt64 = 50_000_000
    /// How long the state after a block with operations waits for a child that certifies it, when no operations follow.
    package var rootInterval: UInt64 = 25_000_000
    /// Least time between two fetches.
    package var fetchInterval: UInt64 = 50_000_000
    /// How far a header's time may lie ahead of this node's clock.
    package var clockSkewMax: UInt64 = 2_000_000_000

    package init() {}
}
