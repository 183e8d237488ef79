/// What is measured, and how often.
package struct BenchmarkPlan: Sendable {
    /// Runs of each measurement; figures are their medians.
    package var runs = 5
    /// Bulk data of a run, megabytes.
    package var megabytes = 512
    /// Connections that share the bulk data of a run.
    package var connections = 8
    /// Requests in a run.
    package var requests = 2000
    /// Datagrams in a run.
    package var datagrams = 50_000
    /// Handshakes in a run.
    package var handshakes = 100
    /// Connections held open for their memory.
    package var idleConnections = 200
    /// Bytes of a request and of its answer.
    package static let requestBytes = 1024
    /// Requests under way at a time in the concurrent measurement.
    package static let concurrency = 64
    /// Bytes of a STOQ datagram.
    package static let datagramBytes = 1100
    /// Datagrams given to a session at a time.
    static let datagramsPerCall = 32
    /// The UDP payload of STOQ and of bare datagrams, bytes.
    package static let udpPayload = 1350

    package init() {}

    /// Bytes of bulk data in a run.
    var bulkBytes: Int { megabytes * 1_000_000 }
}
