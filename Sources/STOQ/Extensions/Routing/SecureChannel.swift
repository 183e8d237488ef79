import Canonical
import Synchronization
import TLS

/// Messages between the two ends of a circuit, sealed by TLS 1.3 between them: FALCON-1024 certificates of both, keys
/// that no relay has. Over a channel of `CircuitMessage`s.
actor SecureChannel: MessageChannel {
    static let applicationProtocol = Array("stoq-circuit/1".utf8)

    private let circuit: any MessageChannel
    private var tls: TLSConnection
    private var plaintext: [UInt8] = []
    private var isEnded = false
    private var failure: STOQError?
    private var receipts: [HopReceipt] = []
    /// Ciphertext given to and taken from the circuit, bytes.
    private(set) var sentBytes: UInt64 = 0
    private(set) var receivedBytes: UInt64 = 0
    /// Records leave in the order in which they were sealed: senders wait for one another here.
    private var isSending = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(_ circuit: any MessageChannel, _ tls: TLSConnection) {
        self.circuit = circuit
        self.tls = tls
    }

    /// Does the handshake over a circuit.
    static func open(
        over circuit: any MessageChannel, role: HandshakeRole, signer: any CertificateSigner,
        verifier: any CertificateVerifier
    ) async throws -> SecureChannel {
        var configuration = MeshTLS.configuration(signer: signer, verifier: verifier)
        configuration.applicationProtocols = [applicationProtocol]
        let tls: TLSConnection
        do throws(TLSError) {
            tls = try TLSConnection(role: role, configuration: configuration, random: SystemRandomSource())
        } catch {
            throw STOQError.route(.corrupted("\(error)"))
        }
        let channel = SecureChannel(circuit, tls)
        try await channel.shakeHands()
        return channel
    }

    /// The other end's certificates, which the verifier has accepted.
    var peerCertificates: [[UInt8]] { tls.peerCertificates }

    private func shakeHands() async throws {
        try await work { (tls) throws(TLSError) in try tls.start() }
        while !tls.isHandshakeComplete {
            guard try await takeOne() else { throw STOQError.route(.cutShort) }
        }
    }

    // MARK: Messages

    func receive() async throws -> [UInt8]? {
        while true {
            if let message = try cutMessage() { return message }
            guard !tls.isPeerClosed else {
                guard plaintext.isEmpty else { throw STOQError.protocolViolation("the circuit ended inside a message") }
                return nil
            }
            guard try await takeOne() else { throw STOQError.route(.cutShort) }
        }
    }

    func send(_ message: [UInt8]) async throws {
        let framed = try MessageReader.frame(message)
        try await work { (tls) throws(TLSError) in try tls.write(framed) }
    }

    func finish() async throws {
        try await work { (tls) throws(TLSError) in try tls.close() }
        try await circuit.send(CircuitMessage.end.canonicalBytes)
        try await circuit.finish()
    }

    nonisolated func abort(code: UInt64) {
        circuit.abort(code: code)
    }

    /// Reads on to the end of the circuit, after this end has finished.
    /// - Returns: what the relays say that they carried, the farthest first.
    func drain() async throws -> [HopReceipt] {
        let start = receivedBytes
        while try await takeOne() {
            plaintext.removeAll()
            guard receivedBytes - start <= ExtensionLimits.drainedBytesMax else {
                throw STOQError.protocolViolation("the other end goes on after this one has finished")
            }
        }
        return receipts
    }

    private func cutMessage() throws(STOQError) -> [UInt8]? {
        guard plaintext.count >= 4 else { return nil }
        let length = (0..<4).reduce(0) { $0 | Int(plaintext[$1]) << (8 * $1) }
        guard length <= STOQLimits.messageBytesMax else {
            throw .messageTooLarge(bytes: length, limit: STOQLimits.messageBytesMax)
        }
        guard plaintext.count >= 4 + length else { return nil }
        let message = Array(plaintext[4..<4 + length])
        plaintext.removeFirst(4 + length)
        return message
    }

    // MARK: Circuit

    /// Takes the circuit's next message.
    /// - Returns: false at its end.
    private func takeOne() async throws -> Bool {
        guard let bytes = try await circuit.receive() else { return false }
        let message: CircuitMessage
        do throws(BCSError) {
            message = try CircuitMessage(canonicalBytes: bytes)
        } catch {
            throw STOQError.route(.corrupted("\(error)"))
        }
        switch message {
        case .data(let data):
            guard !isEnded else { throw STOQError.route(.corrupted("data after the end")) }
            receivedBytes += UInt64(data.count)
            try await work { (tls) throws(TLSError) in try tls.receive(data) }
        case .end: isEnded = true
        case .receipt(let receipt):
            guard isEnded, receipts.count < ExtensionLimits.relaysMax else {
                throw STOQError.route(.corrupted("a receipt out of turn"))
            }
            receipts.append(receipt)
        }
        return true
    }

    /// Does a step of TLS and sends what it has to say, also when it fails.
    private func work(_ step: (inout TLSConnection) throws(TLSError) -> Void) async throws {
        await takeTurn()
        defer { giveTurn() }
        var output: [UInt8] = []
        do throws(TLSError) {
            try step(&tls)
        } catch {
            failure = failure ?? .route(.corrupted("\(error)"))
        }
        while let bytes = tls.nextOutput() { output += bytes }
        while let bytes = tls.nextPlaintext() { plaintext += bytes }
        var start = 0
        while start < output.count {
            let end = min(output.count, start + ExtensionLimits.circuitDataBytesMax)
            try await circuit.send(CircuitMessage.data(Array(output[start..<end])).canonicalBytes)
            sentBytes += UInt64(end - start)
            start = end
        }
        if let failure { throw failure }
    }

    private func takeTurn() async {
        guard isSending else {
            isSending = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func giveTurn() {
        guard !waiting.isEmpty else {
            isSending = false
            return
        }
        waiting.removeFirst().resume()
    }
}
