import Canonical
import QUIC
import STOQ

/// Keeps a receiver registered with one relay, which passes circuits on to it, and registers again when that has ended.
struct RelayAttachment: Sendable {
    private static let pauseFirst = Duration.seconds(1)
    private static let pauseMax = Duration.seconds(30)
    /// How long the relay may take to answer.
    private static let patience = Duration.seconds(5)

    let relay: MeshDescription.Member
    let endpoint: STOQEndpoint
    let host: ServiceHost
    let changed: @Sendable (RelayState) -> Void

    /// Runs until the task is cancelled.
    func run() async {
        var pause = Self.pauseFirst
        while !Task.isCancelled {
            do {
                try await attend { pause = Self.pauseFirst }
                changed(.lost(relay: relay.name, reason: "it ended the session"))
            } catch {
                if !Task.isCancelled { changed(.lost(relay: relay.name, reason: "\(error)")) }
            }
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            pause = min(pause * 2, Self.pauseMax)
        }
    }

    /// Serves one session with the relay until it ends.
    private func attend(_ attached: () -> Void) async throws {
        let address = try SocketAddressKey(parsing: relay.address)
        let endpoint = endpoint
        let session = try await TimeLimit.run(Self.patience) { try await endpoint.connect(to: address) }
        defer { session.close() }
        let found = try session.peerID().description
        guard found == relay.id else { throw STOQError.wrongPeer(expected: relay.id, found: found) }
        let serving = Task { await host.serve(session) }
        defer { serving.cancel() }
        let registration = try await Routing.register(over: session)
        attached()
        changed(.registered(relay: relay.name))
        try await withTaskCancellationHandler {
            guard try await registration.receive() == nil else {
                throw STOQError.protocolViolation("a relay says something about a registration")
            }
        } onCancel: {
            registration.abort(code: 0)
        }
    }
}

/// How a receiver stands with a relay.
package enum RelayState: Sendable, Hashable {
    /// Circuits over this relay reach the receiver.
    case registered(relay: String)
    /// They do not; it is tried again.
    case lost(relay: String, reason: String)
}
