import Canonical
import Foundation
package import STOQ

/// Sends files to nodes of a mesh: directly or through relays, whole or as shards, and gets shards back.
package struct TransferClient: Sendable {
    /// Hears what is being done and how far it is.
    package typealias Progress = @Sendable (_ what: String, _ done: UInt64, _ of: UInt64) -> Void

    let client: MeshClient
    let progress: Progress

    package init(_ client: MeshClient, progress: @escaping Progress = { _, _, _ in }) {
        self.client = client
        self.progress = progress
    }

    /// How a file is cut.
    package enum Cut: Sendable {
        /// Into pieces of one size; everything is sent.
        case fixed
        /// Where the content says; the receiver takes what it has already.
        case byContent(ContentCutter.Sizes)
    }

    /// Sends a file over the first of the routes that holds; each is a list of relays, an empty one goes straight.
    package func send(
        _ path: String, to receiver: MeshDescription.Member, cut: Cut, routes: [[MeshDescription.Member]]
    ) async throws -> SendReport {
        let start = ContinuousClock.now
        let source = try FileSource(path)
        let name = URL(filePath: path).lastPathComponent
        let list: PieceList
        let offer: TransferOffer
        switch cut {
        case .fixed:
            list = try source.list(pieceBytes: Transfer.pieceBytes)
            offer = TransferOffer(.file(name: name), list, resumes: false)
        case .byContent(let sizes):
            list = try source.list(cutter: sizes)
            offer = TransferOffer(
                .file(name: name), list, resumes: true, cutAverage: UInt32(clamping: sizes.average))
        }
        var failed: [SendReport.FailedRoute] = []
        return try await overFirst(of: routes, to: receiver, &failed) { relays, failed in
            let (summary, receipts) = try await deliver(
                source, list, offer, to: receiver, through: relays, service: TransferService.chunking, [])
            return report(summary, receipts, receiver, relays, failed, start)
        }
    }

    /// Does something over the first of the routes that holds. A receiver that is itself a relay of a route is reached over
    /// the part before it.
    func overFirst<Value>(
        of routes: [[MeshDescription.Member]], to receiver: MeshDescription.Member,
        _ failed: inout [SendReport.FailedRoute],
        _ body: ([MeshDescription.Member], [SendReport.FailedRoute]) async throws -> Value
    ) async throws -> Value {
        for (index, route) in routes.enumerated() {
            let relays = Array(route.prefix { $0.id != receiver.id })
            do {
                return try await body(relays, failed)
            } catch let error where index + 1 < routes.count && TransferClient.isWorthAnotherRoute(error) {
                failed.append(.init(relays: relays.map(\.name), reason: "\(error)"))
            }
        }
        throw STOQError.route(.length(relays: 0, limit: ExtensionLimits.relaysMax))
    }

    /// Sends an object over one route and checks the relays' receipts.
    func deliver(
        _ source: any ObjectSource, _ list: PieceList, _ offer: TransferOffer, to receiver: MeshDescription.Member,
        through relays: [MeshDescription.Member], service: String, _ body: [UInt8]
    ) async throws -> (TransferSummary, [HopReceipt]) {
        let (channel, circuit) = try await client.exchange(with: receiver, through: relays, service, body)
        let counter = ByteCounter()
        let summary = try await Transfer.send(source, list, offer, over: channel) { bytes in
            progress("to \(receiver.name)", counter.add(bytes), list.size)
        }
        return (summary, try await circuit?.receipts() ?? [])
    }

    /// Whether the route is at fault rather than what was sent over it.
    private static func isWorthAnotherRoute(_ error: any Error) -> Bool {
        switch error {
        case STOQError.transfer(.refused), STOQError.transfer(.file): false
        case STOQError.refused(let failure): failure.code.hasPrefix("routing.")
        default: true
        }
    }

    private func report(
        _ summary: TransferSummary, _ receipts: [HopReceipt], _ receiver: MeshDescription.Member,
        _ relays: [MeshDescription.Member], _ failed: [SendReport.FailedRoute], _ start: ContinuousClock.Instant
    ) -> SendReport {
        SendReport(
            receiver: receiver.name, content: summary.root.description, bytes: summary.size, pieces: summary.pieces,
            piecesReused: summary.piecesReused, bytesReused: summary.bytesReused,
            piecesCorrupt: summary.piecesCorrupt, seconds: TransferClient.seconds(since: start),
            relays: zip(relays, receipts).map { relay, receipt in
                .init(
                    name: relay.name, id: receipt.relay.description, bytesForward: receipt.bytesForward,
                    bytesBackward: receipt.bytesBackward)
            }, failedRoutes: failed)
    }

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
