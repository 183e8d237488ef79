import Canonical
import Testing

@testable import STOQ

@Suite struct CircuitRulesTests {
    private static func node(_ number: UInt8) -> NodeID { NodeID(publicKey: [number]) }
    private static let name = [UInt8](repeating: 7, count: CircuitRequest.nameBytes)

    private static func request(_ route: [UInt8], visited: [UInt8] = [0], left: UInt8 = 8) -> CircuitRequest {
        var request = CircuitRequest(
            name: name, origin: node(0), route: route.map { node($0) }, relaysLeft: left)
        request.visited = visited.map { node($0) }
        return request
    }

    private static func judge(_ request: CircuitRequest, at own: UInt8, from previous: UInt8) throws(STOQError)
        -> CircuitRules.Verdict
    {
        try CircuitRules.judge(request, at: node(own), from: node(previous))
    }

    @Test func `a relay passes the circuit on, shorter by itself`() throws {
        let verdict = try Self.judge(Self.request([1, 2, 3], left: 5), at: 1, from: 0)
        #expect(verdict == .relay(next: Self.node(2), Self.request([2, 3], visited: [0, 1], left: 4)))
    }

    @Test func `the last node of the route is the end, also when no relay is left`() throws {
        #expect(try Self.judge(Self.request([3], visited: [0, 1, 2], left: 0), at: 3, from: 2) == .end)
    }

    @Test func `a circuit that may go no farther is refused by the relay that would pass it on`() throws {
        let verdict = try Self.judge(Self.request([1, 2, 3], left: 1), at: 1, from: 0)
        guard case .relay(_, let onward) = verdict else {
            Issue.record("the first relay refused")
            return
        }
        #expect(throws: STOQError.route(.expired)) { try Self.judge(onward, at: 2, from: 1) }
    }

    @Test(arguments: [[1, 2, 1, 3], [1, 0, 3], [1, 2, 2], [1, 1]] as [[UInt8]])
    func `a loop is refused by its node's name`(route: [UInt8]) {
        guard case .route(.loop) = failure(Self.request(route), at: 1, from: 0) else {
            Issue.record("a loop was passed on")
            return
        }
    }

    @Test func `a circuit that came by before is refused`() {
        let request = Self.request([1, 3], visited: [0, 1, 2])
        #expect(failure(request, at: 1, from: 2) == .route(.loop(node: "\(Self.node(1))")))
    }

    @Test func `a circuit for another node, or from another than it says, is refused`() {
        for (own, previous) in [(2, 0), (1, 4)] as [(UInt8, UInt8)] {
            guard case .route(.misrouted) = failure(Self.request([1, 3]), at: own, from: previous) else {
                Issue.record("taken at \(own) from \(previous)")
                continue
            }
        }
        guard case .route(.misrouted) = failure(Self.request([]), at: 1, from: 0) else {
            Issue.record("an empty route was taken")
            return
        }
    }

    @Test func `more relays than allowed are refused on both sides`() {
        let route = (1...10).map { UInt8($0) }
        #expect(failure(Self.request(route), at: 1, from: 0) == .route(.length(relays: 9, limit: 8)))
        #expect(throws: STOQError.route(.length(relays: 9, limit: 8))) {
            try CircuitRules.check(route: route.map { Self.node($0) }, origin: Self.node(0))
        }
        #expect(throws: STOQError.route(.length(relays: -1, limit: 8))) {
            try CircuitRules.check(route: [], origin: Self.node(0))
        }
    }

    @Test func `requests and messages come back as they went`() throws {
        let request = Self.request([1, 2, 3], visited: [0, 9])
        #expect(try CircuitRequest(canonicalBytes: request.canonicalBytes) == request)
        for message in [CircuitMessage.data([1, 2, 3]), .data([]), .end] {
            #expect(try CircuitMessage(canonicalBytes: message.canonicalBytes) == message)
        }
        #expect(CircuitMessage.dataBytes(CircuitMessage.data([UInt8](repeating: 1, count: 300)).canonicalBytes) == 300)
        #expect(CircuitMessage.dataBytes(CircuitMessage.end.canonicalBytes) == nil)
        #expect(CircuitMessage.dataBytes([0, 0xFF]) == nil)
    }

    private func failure(_ request: CircuitRequest, at own: UInt8, from previous: UInt8) -> STOQError? {
        do throws(STOQError) {
            _ = try Self.judge(request, at: own, from: previous)
            return nil
        } catch {
            return error
        }
    }
}
