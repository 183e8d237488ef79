import Canonical
import Falcon
import MerkleTree
import Testing

@testable import TrustChain

private typealias Fixture = TrustFixture

/// A ledger of one operation a block that keeps the whole log beside the state.
private struct TestLedger {
    var state = MemoryState()
    var log = LogTree()
    var height: UInt64 = 0
    var heads: [LogHead] = []

    static let time = Timestamp(seconds: UInt64(TrustFixture.now.seconds))

    @discardableResult
    mutating func apply(
        _ operation: TrustOperation,
        by subject: Falcon1024.PrivateKey? = nil,
        isAuthorized: Bool = false
    ) throws -> TrustEvent {
        let key = try subject ?? Fixture.rootKey.get()
        let node = NodeID(publicKey: key.publicKey.rawRepresentation)
        let read = try TrustOperation(canonicalBytes: operation.canonicalBytes)
        let events = try TrustState.apply(
            read, subject: node, isAuthorized: isAuthorized, height: height, time: Self.time, state: &state)
        height += 1
        for event in events { #expect(log.append(leafHash: event.leafHash) == event.leafIndex) }
        heads.append(try #require(try TrustState.logHead(in: state)))
        return try #require(events.first)
    }
}

@Suite struct TrustStateTests {
    private func started() throws -> (TestLedger, Authority) {
        var ledger = TestLedger()
        let root = try Fixture.root()
        try ledger.apply(.registerAuthority(certificate: root.certificate.encoded))
        return (ledger, root)
    }

    @Test func `records, renews and revokes, and the log extends itself at every step`() throws {
        var (ledger, root) = try started()
        let node = try Fixture.node(root)
        let issued = try ledger.apply(.issueCertificate(node.encoded))
        #expect(issued.kind == .certificateIssued)
        #expect(try issued.holder == node.nodeID())
        let new = try root.renew(node, serial: Fixture.serial(8), now: Fixture.now, revocations: RevocationSet())
        try ledger.apply(.renewCertificate(new.encoded, replaces: node.serialNumber))
        let id = AuthorityID(of: root.certificate.publicKey)
        try ledger.apply(.revokeCertificate(authority: id, serial: new.serialNumber, reason: .keyCompromise))

        let reference = CertificateReference(authority: id, serial: new.serialNumber)
        #expect(try TrustState.current(of: node.nodeID(), in: ledger.state) == reference)
        #expect(
            try TrustState.record(reference, in: ledger.state)?.status
                == .revoked(reason: .keyCompromise, time: TestLedger.time))
        let old = try TrustState.record(TrustState.reference(to: node), in: ledger.state)
        #expect(old?.status == .active && old?.successor == new.serialNumber)
        #expect(try TrustState.roots(in: ledger.state) == [root.certificate])
        #expect(try TrustState.revocations(among: [new], in: ledger.state).reason(for: new) == .keyCompromise)

        let last = try #require(ledger.heads.last)
        #expect(last.size == 4 && last.root == ledger.log.root)
        for head in ledger.heads {
            let proof = try ledger.log.consistencyProof(first: head.size, second: last.size)
            try LogProof.verifyConsistency(
                firstSize: head.size, secondSize: last.size, firstRoot: head.root, secondRoot: last.root, proof: proof)
        }
    }

    @Test func `shows that a certificate is logged, and nothing else is`() throws {
        var (ledger, root) = try started()
        let node = try Fixture.node(root)
        let event = try ledger.apply(.issueCertificate(node.encoded))
        let head = try #require(ledger.heads.last)
        let promise = InclusionPromise(logID: head.logID, timestamp: TestLedger.time, place: .leaf(event.leafIndex))
        let evidence = TransparencyEvidence(
            promise: promise, height: 1, replaces: nil,
            proof: try ledger.log.inclusionProof(index: event.leafIndex, size: head.size))
        try TransparencyEvidence(canonicalBytes: evidence.canonicalBytes).verify(node, head: head)
        let unlogged = try Fixture.node(root, number: 77)
        #expect(throws: TrustChainError.self) { try evidence.verify(unlogged, head: head) }
        let elsewhere = LogHead(logID: .zero, size: head.size, root: head.root, time: head.time)
        #expect(throws: TrustChainError.otherLog) { try evidence.verify(node, head: elsewhere) }
        let vague = TransparencyEvidence(
            promise: InclusionPromise(
                logID: head.logID, timestamp: TestLedger.time, place: .operation(OperationID(.zero))),
            height: 1, replaces: nil, proof: [])
        #expect(throws: TrustChainError.notLogged(serial: node.serialNumber)) { try vague.verify(node, head: head) }
    }

    @Test func `accepts what a registered intermediate signs until it is revoked`() throws {
        var (ledger, root) = try started()
        let middle = try Fixture.middle(root)
        let node = try Fixture.node(middle)
        let middleID = AuthorityID(of: middle.certificate.publicKey)
        #expect(throws: TrustChainError.unknownAuthority(keyIdentifier: "\(middleID)")) {
            try ledger.apply(.issueCertificate(node.encoded))
        }
        try ledger.apply(.issueCertificate(middle.certificate.encoded))
        try ledger.apply(.issueCertificate(node.encoded))
        #expect(throws: TrustChainError.authorityExists) {
            try ledger.apply(.issueCertificate(Fixture.middle(root, number: 44).certificate.encoded))
        }
        let rootID = AuthorityID(of: root.certificate.publicKey)
        let serial = middle.certificate.serialNumber
        try ledger.apply(.revokeCertificate(authority: rootID, serial: serial, reason: .authorityCompromise))
        let second = try Fixture.node(middle, number: 55)
        #expect(throws: TrustChainError.revoked(serial: serial, reason: .authorityCompromise)) {
            try ledger.apply(.issueCertificate(second.encoded))
        }
    }

    @Test func `refuses with the reason and leaves the state as it was`() throws {
        var (ledger, root) = try started()
        let node = try Fixture.node(root)
        try ledger.apply(.issueCertificate(node.encoded))
        let id = AuthorityID(of: root.certificate.publicKey)
        let before = ledger.state.values
        let unknown = try Fixture.serial(66)
        let stranger = try Fixture.otherKey.get()
        let strangerID = NodeID(publicKey: stranger.publicKey.rawRepresentation)
        let refused: [(TrustOperation, TrustChainError)] = [
            (.registerAuthority(certificate: root.certificate.encoded), .genesisOnly),
            (.issueCertificate(node.encoded), .serialTaken(node.serialNumber)),
            (.renewCertificate(try Fixture.node(root, number: 30).encoded, replaces: unknown), .notRecorded(unknown)),
            (
                .revokeCertificate(authority: id, serial: node.serialNumber, reason: .certificateHold),
                .revocationNotFinal(.certificateHold)
            ),
            (.revokeCertificate(authority: id, serial: unknown, reason: .unspecified), .notRecorded(unknown)),
            (
                .issueCertificate(
                    try Fixture.certificate(
                        issuer: root,
                        extensions: Fixture.leafExtensions
                            + [CertificateExtension(AuthorityKeyIdentifier(id.keyIdentifier))]
                    ).encoded), .unknownProfile(subject: "CN=leaf")
            ),
        ]
        for (operation, error) in refused {
            #expect(throws: error) { try ledger.apply(operation) }
        }
        let revocation = TrustOperation.revokeCertificate(
            authority: id, serial: node.serialNumber, reason: .keyCompromise)
        #expect(throws: TrustChainError.notAuthorized(subject: strangerID)) {
            try ledger.apply(revocation, by: stranger)
        }
        #expect(ledger.state.values == before)
        try ledger.apply(revocation, by: Fixture.nodeKey.get())
        #expect(throws: TrustChainError.alreadyRevoked(node.serialNumber)) { try ledger.apply(revocation) }
        let again = try root.renew(node, serial: Fixture.serial(31), now: Fixture.now, revocations: RevocationSet())
        #expect(throws: TrustChainError.revoked(serial: node.serialNumber, reason: .keyCompromise)) {
            try ledger.apply(.renewCertificate(again.encoded, replaces: node.serialNumber))
        }
    }

    @Test func `refuses a forged certificate and a damaged one`() throws {
        var (ledger, root) = try started()
        let node = try Fixture.node(root)
        let forged = try Certificate(signing: node.content, with: Fixture.otherKey.get())
        #expect(throws: TrustChainError.badSignature(subject: "CN=node 1")) {
            try ledger.apply(.issueCertificate(forged.encoded))
        }
        #expect(throws: TrustChainError.self) { try ledger.apply(.issueCertificate(Array(node.encoded.dropLast()))) }
        #expect(ledger.heads.count == 1)
    }

    @Test func `records, entries, heads and events read back from their encodings`() throws {
        var (ledger, root) = try started()
        let node = try Fixture.node(root)
        let event = try ledger.apply(.issueCertificate(node.encoded))
        #expect(try TrustEvent(canonicalBytes: event.canonicalBytes) == event)
        let head = try #require(ledger.heads.last)
        #expect(try LogHead(canonicalBytes: head.canonicalBytes) == head)
        let id = AuthorityID(of: root.certificate.publicKey)
        let entries: [LogEntry.Event] = [
            .issuance(certificate: node.encoded), .renewal(certificate: [1, 2], replaces: node.serialNumber),
            .revocation(authority: id, serial: node.serialNumber, reason: .superseded),
        ]
        for event in entries {
            let entry = LogEntry(time: TestLedger.time, height: 9, event: event)
            #expect(try LogEntry(canonicalBytes: entry.canonicalBytes) == entry)
        }
        let checkpoint = Checkpoint(head)
        #expect(try Checkpoint(body: checkpoint.body) == checkpoint)
        #expect(checkpoint.body.hasPrefix("hypermesh/trust/\(head.logID)\n2\n"))
        for bad in ["", "a\n01\n\n", checkpoint.body + "x", String(checkpoint.body.dropLast())] {
            #expect(throws: TrustChainError.self) { try Checkpoint(body: bad) }
        }
    }
}
