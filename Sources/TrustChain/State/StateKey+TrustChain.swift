package import Canonical

extension StateKey {
    /// Namespace of TrustChain in the replicated state: `T`. The byte after it says what follows.
    package static let trustChainNamespace: UInt8 = 0x54

    /// Id, frontier and time of the transparency log.
    static let trustLog = StateKey(namespace: trustChainNamespace, [0])

    /// Ids of all root authorities.
    static let trustRoots = StateKey(namespace: trustChainNamespace, [1])

    /// The current certificate of an authority.
    static func trustAuthority(_ authority: AuthorityID) -> StateKey {
        StateKey(namespace: trustChainNamespace, [2] + authority.canonicalBytes)
    }

    /// The record of a certificate.
    static func trustCertificate(_ authority: AuthorityID, _ serial: SerialNumber) -> StateKey {
        StateKey(namespace: trustChainNamespace, [3] + authority.canonicalBytes + serial.canonicalBytes)
    }

    /// The certificate last issued to a node or person: authority and serial number.
    static func trustHolder(_ holder: NodeID) -> StateKey {
        StateKey(namespace: trustChainNamespace, [4] + holder.canonicalBytes)
    }
}
