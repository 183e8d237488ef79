import Canonical

/// When a peer was last answered: replies are rate-limited.
struct ServedPeer: Sendable {
    var lagView: View = 0
    var lagReply = Timestamp.zero
    var certificates = Timestamp.zero
    var ancestors = Timestamp.zero
    var final = Timestamp.zero
}
