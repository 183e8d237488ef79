import Canonical
import Falcon
import QUIC
import Synchronization
import TrustChain

@testable import STOQ

/// A small mesh of real endpoints: an origin, relays and a far end with a store in memory.
final class RouteFixture: Sendable {
    enum Member: String, Sendable, CaseIterable {
        case origin, first, second, end
    }

    /// One node with what it runs.
    struct Node: Sendable {
        let endpoint: STOQEndpoint
        let id: NodeID
        let routing: RoutingConfiguration
        let host: ServiceHost
        let serving: Task<Void, Never>
    }

    let store = MemoryStore()
    private let nodes = Mutex<[Member: Node]>([:])
    /// Nobody can dial these.
    private let hidden = Mutex<Set<Member>>([])

    /// Runs `body` with all four members up, and shuts them down whatever happens.
    /// - Parameter tamper: makes the first relay change ciphertext that it passes on.
    static func run(tamper: Bool = false, _ body: (RouteFixture) async throws -> Void) async throws {
        let fixture = RouteFixture()
        do {
            for member in Member.allCases { try fixture.start(member, tamper: tamper && member == .first) }
            try await body(fixture)
        } catch {
            await fixture.stop()
            throw error
        }
        await fixture.stop()
    }

    func node(_ member: Member) throws -> Node {
        guard let node = nodes.withLock({ $0[member] }) else { throw STOQError.endpointClosed }
        return node
    }

    func id(_ member: Member) throws -> NodeID { try Self.id(member) }

    static func id(_ member: Member) throws -> NodeID {
        NodeID(publicKey: try key(member).publicKey.rawRepresentation)
    }

    /// Making keys takes seconds in debug: the fixture's four serve.
    private static func key(_ member: Member) throws -> Falcon1024.PrivateKey {
        switch member {
        case .origin: try MeshFixture.Node.client.key
        case .end: try MeshFixture.Node.server.key
        case .first: try MeshFixture.rootKey.get()
        case .second: try MeshFixture.foreignKey.get()
        }
    }

    /// Ends a node.
    func kill(_ member: Member) async throws {
        let node = try node(member)
        _ = nodes.withLock { $0.removeValue(forKey: member) }
        await node.endpoint.shutDown()
        await node.serving.value
    }

    private func stop() async {
        for member in Member.allCases { try? await kill(member) }
    }

    private func start(_ member: Member, tamper: Bool) throws {
        let key = try Self.key(member)
        let request = try CertificateRequest(
            subject: DistinguishedName(commonName: member.rawValue), names: [], key: key)
        let number = UInt8(50 + (Member.allCases.firstIndex(of: member) ?? 0))
        let certificate = try MeshFixture.root().issue(
            request, profile: .node, serial: MeshFixture.serial(number), now: MeshFixture.now)
        let credentials = try MeshCredentials(chain: [certificate], key: key)
        let verifier = try MeshFixture.verifier()
        let transfers = TransferService(store: store, shards: store)
        let routing = RoutingConfiguration(
            own: try Self.id(member), signer: credentials, verifier: verifier, relays: true,
            exchanges: transfers.exchanges
        ) { [self] in try await dial($0, from: member) }
        var extensions = [tamper ? TamperingRelay(routing).asExtension : Routing(routing).asExtension]
        if member != .second { extensions += transfers.asExtensions }
        let offered = extensions
        let endpoint = try MeshFixture.endpoint(.server, credentials: credentials, verifier: verifier) {
            $0.extensions = offered
            $0.transport.idleTimeoutNanoseconds = 2_000_000_000
            $0.transport.keepAliveIntervalNanoseconds = 500_000_000
        }
        var host = ServiceHost(logger: Notes().logger)
        for extended in offered { host.add(extended) }
        let services = host
        let serving = Task {
            await withTaskGroup(of: Void.self) { group in
                for await session in endpoint.sessions { group.addTask { await services.serve(session) } }
            }
        }
        let node = Node(
            endpoint: endpoint, id: try Self.id(member), routing: routing, host: services, serving: serving)
        nodes.withLock { $0[member] = node }
    }

    private func dial(_ id: NodeID, from member: Member) async throws -> Session {
        let hidden = hidden.withLock { $0 }
        for target in Member.allCases where try Self.id(target) == id && !hidden.contains(target) {
            guard let found = nodes.withLock({ $0[target] }) else { break }
            return try await node(member).endpoint.connect(to: found.endpoint.localAddress)
        }
        throw STOQError.route(.unknownNode("\(id)"))
    }

    /// Puts a node where nobody can dial it.
    func hide(_ member: Member) {
        _ = hidden.withLock { $0.insert(member) }
    }

    /// Makes a node keep a session with a relay, and serve it.
    /// - Returns: the session, and the channel that keeps the registration.
    func register(_ member: Member, with relay: Member) async throws -> (Session, any MessageChannel) {
        let node = try node(member)
        let session = try await node.endpoint.connect(to: self.node(relay).endpoint.localAddress)
        Task { await node.host.serve(session) }
        return (session, try await Routing.register(over: session))
    }

    /// Sends bytes from the origin to the far end over a route.
    func send(_ bytes: [UInt8], over route: [Member]) async throws -> (TransferSummary, [HopReceipt]) {
        let source = MemorySource(bytes)
        let list = try source.list(cutter: .init(average: 4096))
        let offer = TransferOffer(.file(name: "x"), list, resumes: true, cutAverage: 4096)
        let circuit = try await Circuit.open(
            node(.origin).routing, route: route.map { try id($0) }, service: TransferService.chunking, [])
        let summary = try await Transfer.send(source, list, offer, over: circuit.channel)
        return (summary, try await circuit.receipts())
    }
}

/// Objects in memory, by sender and name or number. Unfinished ones stay for another try.
final class MemoryStore: TransferStore, ShardStore {
    struct Held: Sendable {
        var bytes: [UInt8]
        var offer: TransferOffer
        var isWhole = false
    }

    let objects = Mutex<[String: Held]>([:])
    /// What is left to be kept before `keep` fails, bytes.
    let room = Mutex(Int.max)

    func open(_ offer: TransferOffer, from peer: NodeID) throws(STOQError) -> any IncomingObject {
        guard offer.size <= 64 << 20 else { throw .transfer(.refused(code: "inbox.full", text: "too large")) }
        let key = "\(peer)/\(name(offer))"
        objects.withLock { objects in
            if objects[key]?.offer.root != offer.root {
                objects[key] = Held(bytes: [UInt8](repeating: 0, count: Int(offer.size)), offer: offer)
            }
        }
        return MemoryObject(store: self, key: key)
    }

    private func name(_ offer: TransferOffer) -> String {
        switch offer.purpose {
        case .file(let name): name
        case .shard(let set, let index): "\(set.id)/\(index)"
        }
    }

    func bytes(_ name: String, from peer: NodeID) -> [UInt8]? {
        objects.withLock { objects in objects["\(peer)/\(name)"].flatMap { $0.isWhole ? $0.bytes : nil } }
    }

    /// Whether something of an object has come.
    var hasBytes: Bool { objects.withLock { $0.values.contains { $0.bytes.contains { $0 != 0 } } } }

    func holdings(of id: Digest, owner: NodeID) throws(STOQError) -> ShardHoldings? {
        let held = objects.withLock { objects in
            objects.filter { $0.key.hasPrefix("\(owner)/\(id)/") && $0.value.isWhole }.values.map(\.offer.purpose)
        }
        var holdings: ShardHoldings?
        for case .shard(let set, let index) in held {
            holdings = ShardHoldings(set: set, indices: ((holdings?.indices ?? []) + [index]).sorted())
        }
        return holdings
    }

    func shard(_ index: UInt8, of id: Digest, owner: NodeID) throws(STOQError) -> any ObjectSource {
        MemorySource(bytes("\(id)/\(index)", from: owner) ?? [])
    }
}

private struct MemoryObject: IncomingObject {
    let store: MemoryStore
    let key: String

    func inspect(_ list: PieceList) throws(STOQError) -> (present: [Bool], reusedBytes: UInt64) {
        let bytes = store.objects.withLock { $0[key]?.bytes ?? [] }
        var reused: UInt64 = 0
        let present = zip(list.pieces, list.offsets).map { piece, offset in
            let isThere = piece.matches(Array(bytes[Int(offset)..<Int(offset) + Int(piece.length)]))
            if isThere { reused += UInt64(piece.length) }
            return isThere
        }
        return (present, reused)
    }

    func keep(_ bytes: [UInt8], at offset: UInt64) throws(STOQError) {
        let isFull = store.room.withLock { room in
            room -= bytes.count
            return room < 0
        }
        guard !isFull else { throw .transfer(.refused(code: "inbox.full", text: "no room is left")) }
        store.objects.withLock {
            $0[key]?.bytes.replaceSubrange(Int(offset)..<Int(offset) + bytes.count, with: bytes)
        }
    }

    func commit() throws(STOQError) { store.objects.withLock { $0[key]?.isWhole = true } }
    func abandon() {}
}

/// A relay that changes one bit of the 40th message that it passes on.
struct TamperingRelay {
    let configuration: RoutingConfiguration

    init(_ configuration: RoutingConfiguration) {
        self.configuration = configuration
    }

    var asExtension: STOQExtension {
        STOQExtension(name: Routing.name, offer: Routing.offer) { request in
            let previous = try request.peer.id()
            let asked = try CircuitRequest(canonicalBytes: request.body)
            guard
                case .relay(let next, let onward) = try CircuitRules.judge(
                    asked, at: configuration.own, from: previous)
            else { return }
            let far = try await configuration.dial(next).open(extension: Routing.name, onward.canonicalBytes)
            let near = try await request.accept()
            try await CircuitRelay(near: TamperedChannel(near), far: far).run()
        }
    }
}

private final class TamperedChannel: MessageChannel {
    private let channel: any MessageChannel
    private let count = Mutex(0)

    init(_ channel: any MessageChannel) {
        self.channel = channel
    }

    func receive() async throws -> [UInt8]? {
        guard var message = try await channel.receive() else { return nil }
        let number = count.withLock { count in
            count += 1
            return count
        }
        if number == 40, message.count > 100 { message[90] ^= 1 }
        return message
    }

    func send(_ message: [UInt8]) async throws { try await channel.send(message) }
    func finish() async throws { try await channel.finish() }
    func abort(code: UInt64) { channel.abort(code: code) }
}
