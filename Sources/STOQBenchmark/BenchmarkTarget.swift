import Glibc
import STOQ

/// Both ends of a measurement.
struct BenchmarkTarget: Sendable {
    /// Makes whole handshakes.
    let endpoint: STOQEndpoint
    /// Goes on from earlier sessions.
    let resuming: STOQEndpoint
    let addresses: BenchmarkPeer.Addresses
    /// The other process.
    let process: Int32

    /// Processor seconds of this process and the other.
    func processorSeconds() throws -> Double {
        try ProcessUsage(of: getpid()).processorSeconds + ProcessUsage(of: process).processorSeconds
    }
}
