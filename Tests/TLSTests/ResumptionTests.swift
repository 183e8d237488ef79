import Canonical
import Crypto
import Testing

@testable import TLS

@Suite struct `Resumption` {
    let resumption: ServerResumption

    init() throws {
        resumption = try ServerResumption(
            secret: [UInt8](repeating: 9, count: 32), lifetimeSeconds: 1000, earlyDataByteCountMax: 100)
    }

    /// Clients show a certificate too, unless told otherwise.
    private func configurations(
        isQUIC: Bool = true, _ session: SessionTicket? = nil, early: Bool = false
    ) -> (client: TLSConfiguration, server: TLSConfiguration) {
        var client = TLSConfiguration.largeClient(isQUIC: isQUIC)
        client.acceptsTickets = true
        client.session = session
        client.sendsEarlyData = early
        client.signer = LargeSigner(seed: 8)
        var server = TLSConfiguration.largeServer(isQUIC: isQUIC)
        server.resumption = resumption
        server.clientAuthentication = .required
        server.verifier = LargeVerifier()
        return (client, server)
    }

    private func run(
        _ configurations: (client: TLSConfiguration, server: TLSConfiguration), at time: UInt64, seed: UInt64 = 7
    ) throws -> HandshakePair {
        var pair = try HandshakePair(client: configurations.client, server: configurations.server, seed: seed)
        pair.client.currentTimeMilliseconds = time
        pair.server.currentTimeMilliseconds = time
        try pair.run()
        #expect(pair.client.isComplete && pair.server.isComplete)
        #expect(pair.client.isResumed == pair.server.isResumed)
        return pair
    }

    private func ticket(at time: UInt64 = 1_000_000) throws -> SessionTicket {
        let pair = try run(configurations(), at: time)
        #expect(!pair.client.isResumed)
        return try #require(pair.clientLog.tickets.first)
    }

    @Test func `spares both chains and keeps both identities`() throws {
        let ticket = try ticket()
        let pair = try run(configurations(ticket), at: 1_500_000)
        #expect(pair.client.isResumed)
        #expect(pair.client.peerCertificates == LargeSigner(seed: 3).certificateChain)
        #expect(pair.server.peerCertificates == LargeSigner(seed: 8).certificateChain)
        #expect(pair.clientLog.names.filter { $0 == "send handshake" }.count == 1)
        #expect(pair.clientLog.writeSecrets.map(\.bytes) == pair.serverLog.readSecrets.map(\.bytes))
        #expect(pair.clientLog.readSecrets.map(\.bytes) == pair.serverLog.writeSecrets.map(\.bytes))
        let first = try pair.client.exportKeyingMaterial(label: "x", context: [], byteCount: 32)
        #expect(try pair.server.exportKeyingMaterial(label: "x", context: [], byteCount: 32).bytes == first.bytes)
        #expect(ticket.ticket.count < 200)
    }

    @Test func `goes on from a resumed connection`() throws {
        let second = try run(configurations(try ticket()), at: 1_500_000)
        let third = try run(configurations(second.clientLog.tickets[0]), at: 2_400_000)
        #expect(third.client.isResumed)
        #expect(third.server.peerCertificates == LargeSigner(seed: 8).certificateChain)
    }

    @Test(arguments: [false, true])
    func `survives a HelloRetryRequest`(isHybrid: Bool) throws {
        var pair = configurations(try ticket(), early: true)
        pair.client.keyShareGroups = isHybrid ? [.x25519] : []
        let result = try run(pair, at: 1_100_000)
        #expect(result.client.isResumed)
        #expect(result.client.retry != nil)
        #expect(!result.client.isEarlyDataAccepted)
        #expect(result.clientLog.names.contains("early data refused"))
    }

    @Test func `falls back when the retry names a suite of another hash`() throws {
        var pair = configurations(try ticket())
        pair.client.keyShareGroups = []
        pair.server.cipherSuites = [.aes128GCMSHA256]
        let result = try run(pair, at: 1_100_000)
        #expect(!result.client.isResumed)
        #expect(result.client.cipherSuite == .aes128GCMSHA256)
    }

    enum Obstacle: CaseIterable {
        case tooOld, foreignKey, otherCertificate, otherName, forgottenChain, otherSuite, noClientCertificate
    }

    @Test(arguments: Obstacle.allCases)
    func `becomes a whole handshake when the ticket does not fit`(obstacle: Obstacle) throws {
        var (client, server) = configurations(try ticket())
        var time: UInt64 = 1_100_000
        switch obstacle {
        case .tooOld: time = 1_000_000 + 1_000_001
        case .foreignKey:
            server.resumption = try ServerResumption(secret: [UInt8](repeating: 1, count: 32), lifetimeSeconds: 1000)
        case .otherCertificate: server.signer = LargeSigner(seed: 4)
        case .otherName: client.serverName = "other.example"
        case .forgottenChain:
            server.resumption = try ServerResumption(secret: [UInt8](repeating: 9, count: 32), lifetimeSeconds: 1000)
        case .otherSuite: server.cipherSuites = [.chacha20Poly1305SHA256]
        case .noClientCertificate: server.clientAuthentication = .none
        }
        let pair = try run((client, server), at: time)
        #expect(!pair.client.isResumed)
        #expect(pair.client.peerCertificates == server.signer?.certificateChain)
    }

    @Test func `refuses a client whose certificate was revoked meanwhile`() throws {
        var pair = configurations(try ticket())
        pair.server.verifier = LargeVerifier(rejection: CertificateRejection(.revoked, detail: "revoked"))
        #expect(throws: TLSError.certificateRejected(CertificateRejection(.revoked, detail: "revoked"))) {
            try run(pair, at: 1_100_000)
        }
    }

    @Test func `offers no ticket of a server whose certificate was revoked meanwhile`() throws {
        var pair = configurations(try ticket())
        pair.client.verifier = LargeVerifier(rejection: CertificateRejection(.revoked, detail: "revoked"))
        var handshake = try Handshake(role: .client, configuration: pair.client, random: SplitMix64(seed: 1))
        handshake.currentTimeMilliseconds = 1_100_000
        try handshake.start()
        #expect(handshake.hello?.extensions[.preSharedKey] == nil)
    }

    @Test func `refuses a binder made without the secret`() throws {
        let pair = configurations(try ticket())
        var client = try Handshake(role: .client, configuration: pair.client, random: SplitMix64(seed: 1))
        client.currentTimeMilliseconds = 1_100_000
        try client.start()
        guard case .send(var hello, _) = client.nextEvent() else {
            Issue.record("no ClientHello")
            return
        }
        hello[hello.count - 1] ^= 1
        var server = try Handshake(role: .server, configuration: pair.server, random: SplitMix64(seed: 2))
        server.currentTimeMilliseconds = 1_100_000
        try server.start()
        #expect(throws: TLSError.decrypt("a binder does not verify")) { try server.receive(hello, at: .initial) }
    }

    @Test func `issues no ticket to a client that wants none, and takes no more than a few`() throws {
        var pair = configurations()
        pair.client.acceptsTickets = false
        #expect(try run(pair, at: 5).serverLog.names.last == "completed")
        var flooded = try run(configurations(), at: 5).client
        let ticket = NewSessionTicket(
            lifetimeSeconds: 5, ageAdd: 0, nonce: [1], ticket: [2], earlyDataByteCountMax: 0)
        for _ in 0..<100 { try flooded.receive(ticket.message().bytes, at: .application) }
        var log = EventLog()
        _ = log.take(&flooded)
        #expect(log.tickets.count == TLSLimits.ticketsPerConnectionMax - 1)
    }

    @Test func `reads any order of numbers without trapping`() throws {
        var random = SplitMix64(seed: 77)
        let good = PreSharedKeyOffer(
            identities: [.init(ticket: [1, 2], obfuscatedAge: 3), .init(ticket: [4], obfuscatedAge: 5)],
            binders: [[UInt8](repeating: 0, count: 32), [UInt8](repeating: 1, count: 48)])
        #expect(try PreSharedKeyOffer(good.body) == good)
        for _ in 0..<20_000 {
            var body = good.body
            body[Int(random.next() % UInt64(body.count))] = UInt8(truncatingIfNeeded: random.next())
            if random.next() % 4 == 0 { body.removeLast(Int(random.next() % 40)) }
            guard let offer = try? PreSharedKeyOffer(body) else { continue }
            #expect(offer.identities.count == offer.binders.count)
            #expect(offer.bindersByteCount <= body.count)
        }
    }
}

@Suite struct `Early data` {
    let resumption: ServerResumption

    init() throws {
        resumption = try ServerResumption(
            secret: [UInt8](repeating: 9, count: 32), lifetimeSeconds: 1000, earlyDataByteCountMax: 100)
    }

    private func connect(
        _ session: SessionTicket? = nil, at time: UInt64, seed: UInt64 = 1, early: String? = nil,
        change: (inout TLSConfiguration) -> Void = { _ in }
    ) throws -> ConnectionPair {
        var client = TLSConfiguration.largeClient()
        client.acceptsTickets = true
        client.session = session
        client.sendsEarlyData = early != nil
        var server = TLSConfiguration.largeServer()
        server.resumption = resumption
        change(&server)
        var pair = try ConnectionPair(client: client, server: server, time: time, seed: seed)
        if let early { try pair.client.writeEarlyData(Array(early.utf8)) }
        try pair.run()
        #expect(pair.client.isHandshakeComplete && pair.server.isHandshakeComplete)
        try pair.client.write([1, 2, 3])
        try pair.run()
        #expect(pair.server.takePlaintext() == [1, 2, 3])
        return pair
    }

    private func ticket(at time: UInt64 = 1_000_000) throws -> SessionTicket {
        var pair = try connect(at: time)
        let ticket = pair.client.nextTicket()
        return try #require(ticket)
    }

    /// The guard admits nothing in its first generation, as it cannot know what was taken before.
    private func warm() { _ = resumption.warmed(at: 900_000) }

    @Test func `arrives with the first flight and before everything else`() throws {
        warm()
        var pair = try connect(try ticket(), at: 1_100_000, early: "early bird")
        #expect(pair.client.isEarlyDataAccepted && pair.server.isEarlyDataAccepted)
        let early = pair.server.nextEarlyPlaintext()
        #expect(early == Array("early bird".utf8))
        #expect(pair.client.earlyDataByteCountLeft == 0)
    }

    @Test func `is skipped by a server that takes none`() throws {
        var pair = try connect(try ticket(), at: 1_100_000, early: "early bird")
        #expect(pair.client.isResumed)
        #expect(!pair.client.isEarlyDataAccepted)
        let early = pair.server.nextEarlyPlaintext()
        #expect(early == nil)
        pair = try connect(try ticket(), at: 1_100_000, early: "early bird") { $0.resumption = nil }
        #expect(!pair.client.isResumed)
        pair = try connect(try ticket(), at: 1_100_000, early: "early bird") { $0.groups = [.x25519] }
        #expect(pair.client.isResumed)
        #expect(!pair.client.isEarlyDataAccepted)
    }

    @Test func `is refused when what it relies on has changed`() throws {
        warm()
        let pair = try connect(try ticket(), at: 1_100_000, early: "early") { $0.earlyDataContext = [1] }
        #expect(pair.client.isResumed && !pair.client.isEarlyDataAccepted)
    }

    @Test func `is taken once from one ClientHello`() throws {
        warm()
        let ticket = try ticket()
        let first = try connect(ticket, at: 1_100_000, seed: 5, early: "early")
        #expect(first.server.isEarlyDataAccepted)
        let replay = try connect(ticket, at: 1_100_000, seed: 5, early: "early")
        #expect(replay.server.isResumed && !replay.server.isEarlyDataAccepted)
        let later = try connect(ticket, at: 1_115_000, seed: 5, early: "early")
        #expect(later.server.isEarlyDataAccepted, "a new ClientHello tells another age")
    }

    @Test(arguments: [-10_001, -9_999, 9_999, 10_001] as [Int64])
    func `is taken only when both clocks agree on the ticket's age`(skew: Int64) throws {
        warm()
        let state = SessionState(
            cipherSuite: .aes128GCMSHA256, secret: SymmetricKey(data: [1]), issuedAtMilliseconds: 1_000_000,
            ageAdd: 0xFFFF_FF00, serverName: nil, applicationProtocol: nil, peerChainHash: nil, earlyDataContext: [])
        let told = UInt32(truncatingIfNeeded: 50_000 + skew) &+ state.ageAdd
        let isTaken = resumption.admitsEarlyData(
            binder: [UInt8(truncatingIfNeeded: skew)], obfuscatedAge: told, state: state, nowMilliseconds: 1_050_000)
        #expect(isTaken == (abs(skew) <= 10_000))
    }

    @Test func `stops being taken when too many came at once`() {
        var window = ReplayWindow()
        let isFirstAdmitted = window.admit([0], nowMilliseconds: 0)
        #expect(!isFirstAdmitted, "the first while may follow a restart")
        var admitted = 0
        for index in 0..<TLSLimits.earlyHellosPerWindowMax + 10 {
            let binder = [UInt8(truncatingIfNeeded: index), UInt8(truncatingIfNeeded: index >> 8), 1]
            if window.admit(binder, nowMilliseconds: 20_000) { admitted += 1 }
        }
        #expect(admitted == TLSLimits.earlyHellosPerWindowMax)
        let later = [
            window.admit([0, 0, 1], nowMilliseconds: 40_000), window.admit([7], nowMilliseconds: 40_000),
            window.admit([7], nowMilliseconds: 30_000),
        ]
        #expect(later == [false, true, false], "remembered for another while, even by a clock that goes back")
    }

    @Test func `cannot be more than the server said`() throws {
        warm()
        let ticket = try ticket()
        var client = TLSConfiguration.largeClient()
        client.session = ticket
        client.sendsEarlyData = true
        var server = TLSConfiguration.largeServer()
        server.resumption = resumption
        var pair = try ConnectionPair(client: client, server: server, time: 1_100_000, seed: 3)
        #expect(pair.client.earlyDataByteCountLeft == 100)
        #expect(throws: TLSError.closed) { try pair.client.writeEarlyData([UInt8](repeating: 0, count: 101)) }
        pair.client.earlyDataByteCount = -100
        try pair.client.writeEarlyData([UInt8](repeating: 0, count: 101))
        #expect(throws: TLSError.unexpectedMessage("more 0-RTT data than allowed")) { try pair.run() }
    }
}

extension ServerResumption {
    /// Lets a first generation of the guard pass.
    fileprivate func warmed(at time: UInt64) -> Bool {
        let state = SessionState(
            cipherSuite: .aes128GCMSHA256, secret: SymmetricKey(data: [1]), issuedAtMilliseconds: time, ageAdd: 0,
            serverName: nil, applicationProtocol: nil, peerChainHash: nil, earlyDataContext: [])
        return admitsEarlyData(binder: [0], obfuscatedAge: 0, state: state, nowMilliseconds: time)
    }
}

@Suite struct `A rotating key` {
    let sealer = RotatingSealer(secret: [UInt8](repeating: 3, count: 32), label: "test", periodSeconds: 100)
    let nonce = [UInt8](repeating: 4, count: 12)

    @Test(arguments: [(150, true), (199, true), (299, true), (99, true), (300, false), (1_000_000, false)])
    func `opens what it sealed for one period more`(time: Int, opens: Bool) throws {
        let sealed = try sealer.seal([1, 2, 3], authenticating: [9], nonce: nonce, nowSeconds: 150)
        #expect((sealer.open(sealed, authenticating: [9], nowSeconds: UInt64(time)) == [1, 2, 3]) == opens)
    }

    @Test func `opens nothing of another key, label, context or with a changed bit`() throws {
        let sealed = try sealer.seal([1, 2, 3], authenticating: [9], nonce: nonce, nowSeconds: 150)
        #expect(sealer.open(sealed, authenticating: [8], nowSeconds: 150) == nil)
        let other = RotatingSealer(secret: [UInt8](repeating: 3, count: 32), label: "other", periodSeconds: 100)
        #expect(other.open(sealed, authenticating: [9], nowSeconds: 150) == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(sealer.open(changed, authenticating: [9], nowSeconds: 150) == nil)
            #expect(sealer.open(Array(sealed.prefix(index)), authenticating: [9], nowSeconds: 150) == nil)
        }
    }
}
