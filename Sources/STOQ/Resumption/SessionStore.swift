import QUIC
import Synchronization
import TLS

/// What an endpoint keeps of its sessions so that later ones with the same peers begin with less: tickets, which carry the
/// peer's certificates, and tokens that prove this end's address. Each is used once (RFC 8446 section C.4, RFC 9000 section
/// 8.1.3). When there is no room, the peer that was asked for longest ago is forgotten.
final class SessionStore: Sendable {
    /// A peer, as the application names it.
    struct Peer: Hashable, Sendable {
        let address: SocketAddressKey
        let serverName: String?
    }

    private struct Entry {
        var tickets: [SessionTicket] = []
        var tokens: [[UInt8]] = []
        var lastUse: UInt64 = 0
    }

    private struct Contents {
        var entries: [Peer: Entry] = [:]
        var uses: UInt64 = 0

        mutating func change(_ peer: Peer, _ body: (inout Entry) -> Void) {
            if entries[peer] == nil, entries.count >= STOQLimits.peersRememberedMax,
                let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                entries[oldest.key] = nil
            }
            uses += 1
            body(&entries[peer, default: Entry()])
            entries[peer]?.lastUse = uses
        }
    }

    private let contents = Mutex(Contents())

    /// Keeps a ticket; the oldest of a peer's goes when there are too many.
    func keep(_ ticket: SessionTicket, of peer: Peer) {
        contents.withLock {
            $0.change(peer) { entry in
                entry.tickets.append(ticket)
                if entry.tickets.count > STOQLimits.ticketsPerPeerMax { entry.tickets.removeFirst() }
            }
        }
    }

    /// Keeps an address token; the oldest of a peer's goes when there are too many.
    func keep(token: [UInt8], of peer: Peer) {
        contents.withLock {
            $0.change(peer) { entry in
                entry.tokens.append(token)
                if entry.tokens.count > STOQLimits.ticketsPerPeerMax { entry.tokens.removeFirst() }
            }
        }
    }

    /// Takes the newest ticket and token of a peer out.
    func take(of peer: Peer) -> (ticket: SessionTicket?, token: [UInt8]?) {
        contents.withLock { contents in
            guard var entry = contents.entries[peer] else { return (nil, nil) }
            let taken = (entry.tickets.popLast(), entry.tokens.popLast())
            contents.uses += 1
            entry.lastUse = contents.uses
            contents.entries[peer] = entry.tickets.isEmpty && entry.tokens.isEmpty ? nil : entry
            return taken
        }
    }

    /// The peers of whom something is kept.
    var peerCount: Int { contents.withLock { $0.entries.count } }
}
