import Crypto
import Synchronization

/// A server's side of resumption (RFC 8446 §4.6.1), shared by all its handshakes: it seals tickets under a key that
/// changes with time, remembers the chains of clients that it gave tickets, and guards 0-RTT data against replay.
///
/// Belongs to one certificate: another server with this secret could pass for this one to clients that hold its tickets.
public final class ServerResumption: Sendable {
    /// Seconds for which a ticket is taken.
    public let lifetimeSeconds: UInt32
    /// Bytes of 0-RTT data that are taken over a byte stream; 0 takes none, over QUIC either. Data sent in 0-RTT can be
    /// replayed to another server, and to this one after its records were lost: see the rules in the module's page.
    public let earlyDataByteCountMax: UInt32

    private struct Records: Sendable {
        var chains = BoundedRecord<[[UInt8]]>(capacity: TLSLimits.resumptionChainsMax)
        var earlyHellos = ReplayWindow()
    }

    private let sealer: RotatingSealer
    private let records = Mutex(Records())

    /// - Parameters:
    ///   - secret: 32 random bytes.
    ///   - lifetimeSeconds: 1 second to 7 days.
    ///   - earlyDataByteCountMax: more than 0 takes 0-RTT data.
    /// - Throws: `TLSError.misconfigured`.
    public init(
        secret: [UInt8], lifetimeSeconds: UInt32 = 86_400, earlyDataByteCountMax: UInt32 = 0
    ) throws(TLSError) {
        guard secret.count == 32 else { throw .misconfigured("a ticket secret has 32 bytes") }
        guard (1...TLSLimits.ticketLifetimeSecondsMax).contains(lifetimeSeconds) else {
            throw .misconfigured("tickets live for 1 second to 7 days")
        }
        sealer = RotatingSealer(secret: secret, label: "hm ticket", periodSeconds: UInt64(lifetimeSeconds))
        self.lifetimeSeconds = lifetimeSeconds
        self.earlyDataByteCountMax = earlyDataByteCountMax
    }

    static func hash(ofChain chain: [[UInt8]]) -> [UInt8]? {
        guard !chain.isEmpty else { return nil }
        var hash = SHA256()
        for certificate in chain {
            hash.update(data: withUnsafeBytes(of: UInt64(certificate.count).bigEndian) { Array($0) })
            hash.update(data: certificate)
        }
        return Array(hash.finalize())
    }

    /// - Parameter ownChain: the server's; a ticket is only good for it.
    func seal(
        _ state: SessionState, peerChain: [[UInt8]], ownChain: [[UInt8]], context: [UInt8], nonce: [UInt8]
    ) throws(TLSError) -> [UInt8] {
        if let hash = state.peerChainHash {
            records.withLock { $0.chains.insert(peerChain, for: hash) }
        }
        return try sealer.seal(
            state.bytes, authenticating: (Self.hash(ofChain: ownChain) ?? []) + context, nonce: nonce,
            nowSeconds: state.issuedAtMilliseconds / 1000)
    }

    /// What a ticket of ours says, with the client's chain; nil for any other, too old a one, or when the chain is no
    /// longer remembered.
    func open(
        _ ticket: [UInt8], ownChain: [[UInt8]], context: [UInt8], nowMilliseconds now: UInt64
    ) -> (state: SessionState, peerChain: [[UInt8]])? {
        let context = (Self.hash(ofChain: ownChain) ?? []) + context
        guard ticket.count <= TLSLimits.ticketByteCountMax,
            let bytes = sealer.open(ticket, authenticating: context, nowSeconds: now / 1000),
            let state = try? SessionState(bytes),
            now >= state.issuedAtMilliseconds,
            now - state.issuedAtMilliseconds <= UInt64(lifetimeSeconds) * 1000
        else { return nil }
        guard let hash = state.peerChainHash else { return (state, []) }
        guard let chain = records.withLock({ $0.chains[hash] }) else { return nil }
        return (state, chain)
    }

    /// Whether 0-RTT data may be taken with a ticket now: it is fresh by the client's and by our clock, and this very
    /// ClientHello was not seen before (RFC 8446 §8.2, §8.3).
    func admitsEarlyData(
        binder: [UInt8], obfuscatedAge: UInt32, state: SessionState, nowMilliseconds now: UInt64
    ) -> Bool {
        let told = UInt64(obfuscatedAge &- state.ageAdd)
        let measured = now &- min(state.issuedAtMilliseconds, now)
        let apart = told > measured ? told - measured : measured - told
        guard apart <= TLSLimits.earlyDataWindowMilliseconds else { return false }
        return records.withLock { $0.earlyHellos.admit(binder, nowMilliseconds: now) }
    }
}
