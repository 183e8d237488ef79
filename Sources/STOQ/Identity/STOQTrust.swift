public import Canonical

/// Whose sessions an endpoint takes part in. Either way the peer has to prove that it holds its certificate's key, and
/// the certificate has to be in force.
public enum STOQTrust: Sendable, Hashable {
    /// These peers, by the hashes of their keys (``STOQIdentity/id``), and nobody else.
    case peers(Set<NodeID>)
    /// Every peer; the application judges by ``Session/peer``.
    case anyone
}
