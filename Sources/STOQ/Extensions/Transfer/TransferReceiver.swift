import Canonical

/// The receiving end of a transfer, without I/O: checks what comes, and says what to keep and what to answer. A piece is
/// given out only after its hash was found in the list, and the list's root in the offer.
package struct TransferReceiver: Sendable {
    /// What to do about a message.
    package enum Step: Sendable, Hashable {
        /// Decide whether to take the object, then `accept` it.
        case decide(TransferOffer)
        /// Look which of the pieces are there already, then `begin`.
        case inspect(PieceList)
        /// Keep a piece; after the last one the object is whole.
        case keep(index: Int, offset: UInt64, bytes: [UInt8], isLast: Bool)
        case answer(TransferMessage)
        case wait
    }

    private enum Phase {
        case start, deciding, listing, inspecting, receiving, complete
    }

    private var phase = Phase.start
    private var offer: TransferOffer?
    private var list = PieceList()
    private var missing: [Bool] = []
    private var missingCount = 0
    private var counts: TransferSummary?

    package init() {}

    /// How the transfer went; nil before the object is whole.
    package var summary: TransferSummary? { phase == .complete ? counts : nil }

    /// Pieces that are there, of how many.
    package var progress: (have: Int, of: Int) { (missing.count - missingCount, missing.count) }

    package mutating func receive(_ message: TransferMessage) throws(STOQError) -> Step {
        switch (message, phase) {
        case (.offer(let offer), .start):
            try check(offer)
            self.offer = offer
            phase = .deciding
            return .decide(offer)
        case (.list(let pieces), .listing): return try extend(pieces)
        case (.piece(let index, let bytes), .receiving): return try take(Int(index), bytes)
        default: throw .transfer(.damaged("a message out of turn"))
        }
    }

    /// The object is wanted.
    package mutating func accept() {
        if phase == .deciding { phase = .listing }
    }

    /// Goes on after `inspect` with what is there already.
    /// - Returns: what to ask for; nil when nothing is missing.
    package mutating func begin(present: [Bool], reusedBytes: UInt64) -> TransferMessage? {
        guard phase == .inspecting else { return nil }
        missing = list.pieces.indices.map { !(present.indices.contains($0) && present[$0]) }
        missingCount = missing.count { $0 }
        let spans = askable()
        counts?.piecesReused = UInt32(clamping: missing.count - missingCount)
        counts?.bytesReused = reusedBytes
        phase = missingCount == 0 ? .complete : .receiving
        return missingCount == 0 ? nil : .need(spans)
    }

    private func check(_ offer: TransferOffer) throws(STOQError) {
        guard offer.pieces <= ExtensionLimits.piecesMax, (offer.size == 0) == (offer.pieces == 0) else {
            throw .transfer(.damaged("an object of \(offer.size) bytes in \(offer.pieces) pieces"))
        }
        guard case .shard(let set, let index) = offer.purpose else { return }
        guard Int(index) < set.roots.count, set.roots[Int(index)] == offer.root, set.shardBytes == offer.size else {
            throw .transfer(.damaged("shard \(index) is not one of its set"))
        }
    }

    private mutating func extend(_ pieces: [Piece]) throws(STOQError) -> Step {
        guard let offer else { return .wait }
        for piece in pieces { try list.append(piece) }
        guard list.pieces.count >= Int(offer.pieces) else {
            guard !pieces.isEmpty, list.size <= offer.size else {
                throw .transfer(.damaged("the pieces are not those of the offer"))
            }
            return .wait
        }
        guard list.pieces.count == Int(offer.pieces), list.size == offer.size, list.root == offer.root else {
            throw .transfer(.damaged("the pieces do not lead to the root of the offer"))
        }
        counts = TransferSummary(root: offer.root, size: offer.size, pieces: offer.pieces)
        phase = .inspecting
        return .inspect(list)
    }

    private mutating func take(_ index: Int, _ bytes: [UInt8]) throws(STOQError) -> Step {
        guard list.pieces.indices.contains(index), missing[index] else {
            throw .transfer(.damaged("a piece that nobody asked for"))
        }
        guard list.pieces[index].matches(bytes) else {
            let corrupt = (counts?.piecesCorrupt ?? 0) + 1
            counts?.piecesCorrupt = corrupt
            guard corrupt <= ExtensionLimits.corruptPiecesMax else { throw .transfer(.corruptPieces(Int(corrupt))) }
            return .answer(.need([.init(first: UInt32(index), count: 1)]))
        }
        missing[index] = false
        missingCount -= 1
        if missingCount == 0 { phase = .complete }
        return .keep(index: index, offset: list.offsets[index], bytes: bytes, isLast: missingCount == 0)
    }

    /// Runs of missing pieces. When there are more runs than a message holds, the last one goes to the end, and what is
    /// there already among it comes again.
    private mutating func askable() -> [TransferMessage.Span] {
        var spans: [TransferMessage.Span] = []
        for index in missing.indices where missing[index] {
            if let last = spans.last, Int(last.first) + Int(last.count) == index {
                spans[spans.count - 1].count += 1
            } else {
                spans.append(.init(first: UInt32(index), count: 1))
            }
        }
        guard spans.count > ExtensionLimits.rangesPerMessageMax else { return spans }
        let first = spans[ExtensionLimits.rangesPerMessageMax - 1].first
        for index in Int(first)..<missing.count { missing[index] = true }
        missingCount = missing.count { $0 }
        let rest = UInt32(missing.count) - first
        return spans.prefix(ExtensionLimits.rangesPerMessageMax - 1) + [.init(first: first, count: rest)]
    }
}
