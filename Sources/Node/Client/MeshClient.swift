package import Canonical
import Catalog
import Falcon
package import Ledger
package import Logging
import ProofOfState
import QUIC
import STOQ
import TLS
import TrustChain

/// A member's way into the mesh: speaks STOQ to the nodes with the member's own certificate, and proves and signs
/// what it submits.
package actor MeshClient {
    package nonisolated let description: MeshDescription
    package nonisolated let identity: IdentityFiles
    private let files: IdentityDirectory
    let credentials: MeshCredentials
    let verifier: MeshVerifier
    private let endpoint: STOQEndpoint
    private var sessions: [String: Session] = [:]
    private var prover: Prover?

    /// Reads the mesh in `directory` and gets ready to speak as its founder, or as `identity`.
    package init(
        directory: MeshDirectory,
        as identityDirectory: IdentityDirectory? = nil,
        logger: Logger
    ) throws(NodeError) {
        files = identityDirectory ?? directory.user
        description = try MeshDescription(reading: directory)
        identity = try IdentityFiles(reading: files)
        let rootText = try PrivateFile.readText(directory.authority)
        let root: TrustChain.Certificate
        do throws(TrustChainError) {
            root = try TrustChain.Certificate(pem: rootText)
            credentials = try MeshCredentials(chain: identity.chain, key: identity.key)
        } catch {
            throw .trust(error)
        }
        let trust = TrustView(root: root)
        verifier = MeshVerifier(trust: { trust.current })
        do throws(STOQError) {
            var configuration = STOQConfiguration(
                address: try SocketAddressKey(parsing: "[::]:0"), signer: credentials,
                verifier: verifier, logger: logger)
            configuration.acceptsSessions = false
            configuration.transport = .mesh
            configuration.secret = credentials.endpointSecret
            configuration.extensions = MeshClient.extensions
            endpoint = try STOQEndpoint(configuration)
        } catch {
            throw .stoq(error)
        }
    }

    package func close() async {
        await endpoint.shutDown()
    }

    // MARK: Questions

    /// Asks one node.
    package func status(of member: MeshDescription.Member, deadline: Duration = .seconds(5)) async throws -> NodeStatus
    {
        try await call(NodeService.status, [], of: member, deadline: deadline)
    }

    package func account(_ id: NodeID) async throws -> AccountReport {
        try await callAny(NodeService.account, id.canonicalBytes)
    }

    package func job(_ id: JobID) async throws -> JobReport {
        try await callAny(NodeService.job, id.canonicalBytes)
    }

    package func isPublished(_ id: ProgramID) async throws -> Bool {
        try await callAny(NodeService.program, id.canonicalBytes)
    }

    package func certificateLog() async throws -> CertificateLogReport {
        try await callAny(NodeService.certificateLog, [])
    }

    // MARK: Operations

    /// What an operation of this kind by this client has to be made with.
    package func context(for kind: OperationKind) async throws -> SubmissionContext {
        let request = SubmissionContextRequest(subject: identity.id, kind: UInt16(kind.rawValue))
        return try await callAny(NodeService.context, request.canonicalBytes)
    }

    /// Proves, signs and submits an operation, and waits until it is final. Throws when the ledger refused it.
    package func submit(_ operation: Ledger.Operation, deadline: Duration = .seconds(60)) async throws -> FinalReceipt {
        let context = try await context(for: operation.kind)
        let envelope = try envelope(for: operation, context: context)
        let receipt = try await settle(envelope.canonicalBytes, deadline: deadline)
        if case .refused(let code, let text) = receipt.receipt.outcome {
            throw NodeError.refused(code: code, text: text)
        }
        return receipt
    }

    func envelope(for operation: Ledger.Operation, context: SubmissionContext) throws -> Envelope {
        let prover = try openProver(bond: context.bond)
        let intent = context.intent(
            subject: identity.id, kind: UInt16(operation.kind.rawValue), operation: operation.canonicalBytes)
        return try prover.envelope(for: intent, policy: context.policy, key: identity.key)
    }

    private func openProver(bond: Amount) throws(NodeError) -> Prover {
        if let prover { return prover }
        let plot = try PlotFile.open(
            files.plot, subject: identity.id, depth: try PlotFile.depth(of: files.plot))
        let made = Prover(plot: plot, certificate: identity.certificateDigest, bond: bond)
        prover = made
        return made
    }

    // MARK: Calls

    private func call<Value: CanonicalDecodable>(
        _ service: String,
        _ body: [UInt8],
        of member: MeshDescription.Member,
        deadline: Duration = .seconds(10)
    ) async throws -> Value {
        let session = try await session(with: member, deadline: min(deadline, .seconds(5)))
        let bytes = try await session.call(service, body, deadline: deadline)
        do throws(BCSError) {
            return try Value(canonicalBytes: bytes)
        } catch {
            throw NodeError.malformed(what: "answer of '\(service)'", error)
        }
    }

    /// Asks the nodes in turn until one can be reached. A refusal is an answer.
    func callAny<Value: CanonicalDecodable>(
        _ service: String,
        _ body: [UInt8],
        as _: Value.Type = Value.self,
        deadline: Duration = .seconds(10)
    ) async throws -> Value {
        for member in description.nodes {
            do {
                return try await call(service, body, of: member, deadline: deadline)
            } catch let error as STOQError {
                if case .refused = error { throw error }
                sessions[member.address] = nil
            }
        }
        throw NodeError.unreachable(tried: description.nodes.map(\.address))
    }

    /// A session with a node, whose certificate names it.
    func session(with member: MeshDescription.Member, deadline: Duration) async throws -> Session {
        if let session = sessions[member.address], session.closeReason == nil { return session }
        let address = try SocketAddressKey(parsing: member.address)
        let endpoint = endpoint
        let session = try await TimeLimit.run(deadline) { try await endpoint.connect(to: address) }
        let found = try session.peerID()
        guard found.description == member.id else {
            session.close()
            throw STOQError.wrongPeer(expected: member.id, found: found.description)
        }
        sessions[member.address] = session
        return session
    }
}
