/// Whether a resource works, by what the adapter saw just now.
package enum ResourceHealth: Sendable, Hashable {
    case healthy
    /// Works, with this restriction.
    case degraded(String)
    /// Does not work, for this reason.
    case failed(String)
}
