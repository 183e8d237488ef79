import Canonical
import Ledger
import STOQ
import Synchronization
import TrustChain

/// Whom the node trusts at this moment: the mesh's root and what the ledger says of revocations.
final class TrustView: Sendable {
    private struct State {
        var revocations = RevocationSet()
        var refusals: [String] = []
    }

    private static let refusalsMax = 16

    private let root: Certificate
    private let clock = WallClock()
    private let state = Mutex(State())

    init(root: Certificate) {
        self.root = root
    }

    /// What a handshake is judged by.
    var current: MeshVerifier.Trust {
        let revocations = state.withLock { $0.revocations }
        return MeshVerifier.Trust(
            chain: ChainVerifier(anchors: [root], revocations: revocations), now: CertificateTime(clock.now))
    }

    /// Takes over what the ledger revoked: from now on no handshake with it succeeds.
    func note(_ events: [LedgerEvent]) {
        for case .trust(let event) in events where event.kind == .certificateRevoked {
            state.withLock {
                $0.revocations.insert(issuer: root.subject, serial: event.serial, reason: .unspecified)
            }
        }
    }

    /// Follows the chain until it stops.
    func follow(_ blocks: AsyncStream<FinalizedBlock>) async {
        for await block in blocks { note(block.events) }
    }

    func noteRefusal(_ reason: String) {
        state.withLock { state in
            state.refusals.append(reason)
            if state.refusals.count > TrustView.refusalsMax { state.refusals.removeFirst() }
        }
    }

    /// Reasons of the last refused handshakes, newest last.
    var refusals: [String] { state.withLock { $0.refusals } }
}
