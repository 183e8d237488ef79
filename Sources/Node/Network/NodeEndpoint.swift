import Logging
import QUIC
import STOQ
import TrustChain

/// How a node listens and connects: with its own certificate, to members of its mesh only.
struct NodeEndpoint: Sendable {
    let credentials: MeshCredentials
    let verifier: MeshVerifier

    init(_ founded: NodeFoundation, trust: TrustView, logger: Logger) throws(NodeError) {
        do throws(TrustChainError) {
            credentials = try MeshCredentials(chain: founded.identity.chain, key: founded.identity.key)
        } catch {
            throw .trust(error)
        }
        verifier = MeshVerifier(trust: { trust.current }) { reason in
            trust.noteRefusal(reason)
            logger.notice("peer refused", metadata: ["reason": "\(reason)"])
        }
    }

    /// Opens the socket that genesis names.
    func open(
        _ founded: NodeFoundation, extensions: [STOQExtension] = [], logger: Logger
    ) throws(NodeError) -> STOQEndpoint {
        do throws(STOQError) {
            let address = try SocketAddressKey(parsing: founded.endpoint)
            var configuration = STOQConfiguration(
                address: address, signer: credentials, verifier: verifier, logger: logger)
            configuration.transport = .mesh
            configuration.secret = credentials.endpointSecret
            configuration.extensions = extensions
            return try STOQEndpoint(configuration)
        } catch {
            throw .stoq(error)
        }
    }
}
