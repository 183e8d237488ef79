import QUIC

extension TransportConfiguration {
    /// Timers of sessions in a mesh. A peer that was killed says no farewell, and when it is back it knows nothing of
    /// the session: until the old one times out, what is sent to it is lost. So silence is noticed in seconds, and
    /// idle sessions are kept alive.
    static var mesh: TransportConfiguration {
        var configuration = TransportConfiguration()
        configuration.idleTimeoutNanoseconds = 4_000_000_000
        configuration.keepAliveIntervalNanoseconds = 1_000_000_000
        return configuration
    }
}
