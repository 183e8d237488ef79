import Canonical
import Logging
package import ProofOfState
import QUIC
import STOQ
import Synchronization

/// The links to all other validators.
final class PeerNetwork: ChainOutput {
    private let links = Mutex<[PeerID: PeerLink]>([:])

    /// Opens a link to a validator; it connects as soon as `run` is called.
    func add(_ link: PeerLink, for peer: PeerID) {
        links.withLock { $0[peer] = link }
    }

    func run() async {
        let all = links.withLock { Array($0.values) }
        await withTaskGroup(of: Void.self) { group in
            for link in all { group.addTask { await link.run() } }
        }
    }

    func send(_ message: ConsensusMessage, to peer: PeerID) {
        links.withLock { $0[peer] }?.send(message.canonicalBytes)
    }

    func broadcast(_ message: ConsensusMessage) {
        let bytes = message.canonicalBytes
        for link in links.withLock({ Array($0.values) }) { link.send(bytes) }
    }

    func gossip(_ envelope: [UInt8]) {
        for link in links.withLock({ Array($0.values) }) { link.pass(envelope) }
    }

    /// Validators that this node has a session with.
    var connectedPeers: [PeerID] {
        links.withLock { links in links.filter { $0.value.isConnected }.keys.sorted() }
    }
}
