/// The sending end of a transfer, without I/O: says what to send and which piece to read, and takes the answers.
package struct TransferSender: Sendable {
    /// What to do next.
    package enum Step: Sendable, Hashable {
        case send(TransferMessage)
        /// Read a piece and send it.
        case sendPiece(index: Int, offset: UInt64, length: Int)
        case finished(TransferSummary)
    }

    private let offer: TransferOffer
    private let list: PieceList
    private var isOfferSent = false
    private var isListBegun = false
    private var listed = 0
    private var wanted: [TransferMessage.Span] = []
    /// Pieces asked for so far; a receiver that asks without end is given up.
    private var asked = 0
    private var summary: TransferSummary?

    /// `offer` is about `list`.
    package init(_ offer: TransferOffer, _ list: PieceList) {
        self.offer = offer
        self.list = list
    }

    /// The next step; nil when an answer has to come first.
    package mutating func nextStep() -> Step? {
        if !isOfferSent {
            isOfferSent = true
            return .send(.offer(offer))
        }
        if listed < list.pieces.count || !isListBegun {
            isListBegun = true
            let part = list.pieces[listed...].prefix(ExtensionLimits.piecesPerMessageMax)
            listed += part.count
            return .send(.list(Array(part)))
        }
        if let span = wanted.last {
            let index = Int(span.first)
            if span.count > 1 {
                wanted[wanted.count - 1] = .init(first: span.first + 1, count: span.count - 1)
            } else {
                wanted.removeLast()
            }
            return .sendPiece(index: index, offset: list.offsets[index], length: Int(list.pieces[index].length))
        }
        return summary.map { .finished($0) }
    }

    /// - Throws: `refused`; `damaged` when the receiver's words make no sense.
    package mutating func receive(_ message: TransferMessage) throws(STOQError) {
        switch message {
        case .need(let spans): try take(spans)
        case .done(let summary):
            guard summary.root == offer.root, wanted.isEmpty, listed == list.pieces.count else {
                throw .transfer(.damaged("the receiver is done with something else"))
            }
            self.summary = summary
        case .refused(let failure): throw .transfer(.refused(code: failure.code, text: failure.message))
        case .offer, .list, .piece: throw .transfer(.damaged("the receiver speaks as a sender"))
        }
    }

    private mutating func take(_ spans: [TransferMessage.Span]) throws(STOQError) {
        for span in spans {
            let end = UInt64(span.first) + UInt64(span.count)
            guard span.count > 0, end <= UInt64(list.pieces.count) else {
                throw .transfer(.damaged("the receiver asks for pieces that do not exist"))
            }
            asked += Int(span.count)
        }
        guard asked <= list.pieces.count + ExtensionLimits.corruptPiecesMax else {
            throw .transfer(.damaged("the receiver asks for more pieces than there are"))
        }
        // Taken from the end.
        wanted = spans.reversed() + wanted
    }
}
