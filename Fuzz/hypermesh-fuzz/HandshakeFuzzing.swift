import Canonical
import TLS

/// Input: which step of a handshake, where to cut, and the peer's bytes for it.
struct HandshakeFuzzing: Sendable {
    /// An end just before some bytes came, and those bytes.
    struct Step: Sendable {
        var receiver: Handshake
        var bytes: [UInt8]
        var level: EncryptionLevel
    }

    static let server = HandshakeFuzzing(.server)
    static let client = HandshakeFuzzing(.client)

    private let steps: [Step]

    private init(_ role: HandshakeRole) {
        do {
            steps = try Self.record().filter { $0.receiver.role == role }
        } catch {
            preconditionFailure("no handshake to start from: \(error)")
        }
    }

    /// All deliveries of a handshake with a retry, mutual authentication and FALCON-sized groups.
    private static func record() throws -> [Step] {
        var serverTLS = TestTLS.server()
        serverTLS.clientAuthentication = .required
        serverTLS.verifier = TestVerifier()
        serverTLS.quicTransportParameters = [4, 1, 9]
        var clientTLS = TestTLS.client()
        clientTLS.signer = TestSigner()
        clientTLS.serverName = "test.example"
        clientTLS.groups = [.x25519, .x25519MLKEM768]
        clientTLS.quicTransportParameters = [4, 1, 8]
        var client = try Handshake(role: .client, configuration: clientTLS, random: SplitMix64(seed: 1))
        var server = try Handshake(role: .server, configuration: serverTLS, random: SplitMix64(seed: 2))
        try server.start()
        try client.start()
        var steps: [Step] = []
        var isActive = true
        while isActive {
            let fromClient = sent(by: &client)
            for (bytes, level) in fromClient {
                steps.append(Step(receiver: server, bytes: bytes, level: level))
                try server.receive(bytes, at: level)
            }
            let fromServer = sent(by: &server)
            for (bytes, level) in fromServer {
                steps.append(Step(receiver: client, bytes: bytes, level: level))
                try client.receive(bytes, at: level)
            }
            isActive = !fromClient.isEmpty || !fromServer.isEmpty
        }
        precondition(client.isComplete && server.isComplete)
        // After the handshake too: tickets, key updates.
        steps.append(Step(receiver: client, bytes: [4, 0, 0, 0], level: .application))
        steps.append(Step(receiver: server, bytes: [24, 0, 0, 1, 0], level: .application))
        return steps
    }

    private static func sent(by handshake: inout Handshake) -> [([UInt8], EncryptionLevel)] {
        var all: [([UInt8], EncryptionLevel)] = []
        while let event = handshake.nextEvent() {
            if case .send(let bytes, let level) = event { all.append((bytes, level)) }
        }
        return all
    }

    func run(_ input: FuzzInput) -> Int32 {
        var input = input
        let step = steps[Int(input.byte()) % steps.count]
        var receiver = step.receiver
        let first = input.take(16 * Int(input.byte()))
        let rest = input.rest()
        let wasComplete = receiver.isComplete
        do {
            try receiver.receive(first, at: step.level)
            try receiver.receive(rest, at: step.level)
        } catch {
            precondition(error.alert != nil || first + rest != step.bytes, "an honest message fails inside")
        }
        while receiver.nextEvent() != nil {}
        precondition(wasComplete || !receiver.isComplete || first + rest == step.bytes, "a forged handshake completes")
        return 0
    }

    /// The honest bytes of each step.
    var seeds: [[UInt8]] {
        steps.enumerated().map { [UInt8($0.offset), 0] + $0.element.bytes }
    }
}
