import Adapters
import Canonical
import Glibc
import Ledger
import ProofOfState
import TrustChain

/// Gathers what a node knows about itself.
struct StatusReporter: Sendable {
    let founded: NodeFoundation
    let chain: Chain
    let network: PeerNetwork
    let trust: TrustView
    let enforcement: VMProcess.Enforcement
    private let clock = WallClock()
    private let start = WallClock().now

    init(
        founded: NodeFoundation,
        chain: Chain,
        network: PeerNetwork,
        trust: TrustView,
        enforcement: VMProcess.Enforcement
    ) {
        self.founded = founded
        self.chain = chain
        self.network = network
        self.trust = trust
        self.enforcement = enforcement
    }

    func status() async -> NodeStatus {
        let position = await chain.position()
        let validators = founded.validators
        let peers = network.connectedPeers.compactMap { peer in
            ValidatorIndex(exactly: peer.rawValue).flatMap { validators[$0]?.node }
        }
        let certificate = founded.identity.chain.first
        let notAfter = certificate?.validity.notAfter.seconds ?? 0
        return NodeStatus(
            id: founded.identity.id, network: founded.genesis.networkID, processID: UInt32(getpid()),
            height: position.height, blockHash: position.hash, blockTime: position.time, view: position.view,
            leader: validators[position.leader]?.node ?? NodeID(.zero), recentRoots: position.roots, peers: peers,
            validatorCount: UInt32(validators.count), quorum: UInt32(clamping: validators.quorum),
            waitingOperations: UInt32(clamping: position.waiting),
            certificateSerial: certificate?.serialNumber.description ?? "",
            certificateNotAfter: Timestamp(seconds: UInt64(max(notAfter, 0))),
            residentBytes: ProcessUsage.residentBytes, processorNanoseconds: ProcessUsage.processorNanoseconds,
            uptimeNanoseconds: clock.now.nanoseconds(since: start),
            stall: stall(position, connected: peers.count + 1), plotDepth: founded.plot.commitment.depth,
            enforcement: enforcement.description, refusals: trust.refusals)
    }

    /// Says why no block becomes final, if so.
    private func stall(_ position: ChainPosition, connected: Int) -> String? {
        if let reason = position.stopReason { return reason }
        let quorum = Int(clamping: founded.validators.quorum)
        if connected < quorum {
            return "only \(connected) of \(founded.validators.count) validators are connected, \(quorum) are needed; "
                + "no block becomes final until more return"
        }
        let silence = clock.now.nanoseconds(since: position.time) / 1_000_000_000
        return silence > 15 ? "no block became final for \(silence) s although a quorum is connected" : nil
    }
}

/// What the process uses, from the kernel.
enum ProcessUsage {
    static var residentBytes: UInt64 {
        guard let bytes = try? PrivateFile.readProcess("/proc/self/statm") else { return 0 }
        let pages = bytes.split(separator: " ").dropFirst().first.flatMap { UInt64($0) } ?? 0
        return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }

    static var processorNanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
