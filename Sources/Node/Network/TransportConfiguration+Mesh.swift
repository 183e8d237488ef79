import QUIC

extension TransportConfiguration {
    /// Timers of sessions in a mesh. A peer that was killed says no farewell; when it is back it answers that it knows
    /// nothing of the session. Until then what is sent to it is lost, so silence is noticed in seconds, and idle sessions
    /// are kept alive.
    static var mesh: TransportConfiguration {
        var configuration = TransportConfiguration()
        configuration.idleTimeoutNanoseconds = 4_000_000_000
        configuration.keepAliveIntervalNanoseconds = 1_000_000_000
        return configuration
    }
}
