import Canonical
import STOQ
import Synchronization

/// An object on its way into an inbox.
final class InboxObject: IncomingObject {
    private let offer: TransferOffer
    private let partial: PlacedFile
    private let target: String
    private let onEnd: Mutex<(@Sendable () -> Void)?>

    /// - Parameter onEnd: called once when the transfer is over, however it ended.
    init(_ offer: TransferOffer, partial: PlacedFile, target: String, onEnd: @escaping @Sendable () -> Void) {
        self.offer = offer
        self.partial = partial
        self.target = target
        self.onEnd = Mutex(onEnd)
    }

    deinit { end() }

    func inspect(_ list: PieceList) throws(STOQError) -> (present: [Bool], reusedBytes: UInt64) {
        guard offer.resumes else { return ([], 0) }
        var present = list.pieces.indices.map { index in
            partial.read(at: list.offsets[index], count: Int(list.pieces[index].length))
                .map(list.pieces[index].matches) ?? false
        }
        try copyKnownPieces(list, into: &present)
        let reused = zip(list.pieces, present).reduce(UInt64(0)) { $0 + ($1.1 ? UInt64($1.0.length) : 0) }
        return (present, reused)
    }

    /// Takes pieces over from the file of the same name that is there already.
    private func copyKnownPieces(_ list: PieceList, into present: inout [Bool]) throws(STOQError) {
        guard offer.cutAverage > 0, PrivateFile.exists(target), let old = try? FileSource(target),
            let known = try? old.list(cutter: .init(average: Int(offer.cutAverage)))
        else { return }
        var places: [Piece: UInt64] = [:]
        for (piece, offset) in zip(known.pieces, known.offsets) { places[piece] = offset }
        for (index, piece) in list.pieces.enumerated() where !present[index] {
            guard let place = places[piece], let bytes = try? old.read(offset: place, length: Int(piece.length)),
                piece.matches(bytes)
            else { continue }
            try partial.write(bytes, at: list.offsets[index])
            present[index] = true
        }
    }

    func keep(_ bytes: [UInt8], at offset: UInt64) throws(STOQError) {
        try partial.write(bytes, at: offset)
    }

    func commit() throws(STOQError) {
        if case .shard(let set, _) = offer.purpose { try keep(set) }
        try partial.commit(size: offer.size, as: target)
        end()
    }

    private func keep(_ set: ShardSet) throws(STOQError) {
        let folder = target.prefix(upTo: target.lastIndex(of: "/") ?? target.startIndex)
        do throws(NodeError) {
            try PrivateFile.write(set.canonicalBytes, to: "\(folder)/set")
        } catch {
            throw .transfer(.file(path: "\(folder)/set", problem: "\(error)"))
        }
    }

    func abandon() {
        if !offer.resumes { PrivateFile.removeIfPresent(partial.path) }
        end()
    }

    private func end() {
        let action = onEnd.withLock { action in
            defer { action = nil }
            return action
        }
        action?()
    }
}
