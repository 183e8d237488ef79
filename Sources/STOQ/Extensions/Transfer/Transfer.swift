package import Canonical

/// Drives the two ends of a transfer over a channel.
package enum Transfer {
    /// Bytes of a piece when content does not decide.
    package static let pieceBytes = 256 << 10

    /// Sends an object and waits until the receiver has made it durable.
    /// - Parameter progress: hears how many bytes went out.
    package static func send(
        _ source: any ObjectSource, _ list: PieceList, _ offer: TransferOffer, over channel: any MessageChannel,
        progress: @Sendable (_ bytes: Int) -> Void = { _ in }
    ) async throws -> TransferSummary {
        var sender = TransferSender(offer, list)
        do {
            while true {
                guard let step = sender.nextStep() else {
                    try sender.receive(try await next(channel))
                    continue
                }
                if let summary = try await take(step, source, channel, progress) { return summary }
            }
        } catch {
            let reason = await refusal(over: channel, after: error)
            channel.abort(code: SessionCode.cancelled.rawValue)
            throw reason
        }
    }

    /// - Returns: how the transfer went, when it is over.
    private static func take(
        _ step: TransferSender.Step, _ source: any ObjectSource, _ channel: any MessageChannel,
        _ progress: @Sendable (_ bytes: Int) -> Void
    ) async throws -> TransferSummary? {
        switch step {
        case .send(let message): try await channel.send(message.canonicalBytes)
        case .sendPiece(let index, let offset, let length):
            let bytes = try source.read(offset: offset, length: length)
            try await channel.send(TransferMessage.piece(index: UInt32(index), bytes: bytes).canonicalBytes)
            progress(bytes.count)
        case .finished(let summary):
            try await channel.finish()
            await awaitEnd(of: channel)
            return summary
        }
        return nil
    }

    /// A receiver that wants no more bytes may have said why before.
    private static func refusal(over channel: any MessageChannel, after error: any Error) async -> any Error {
        guard case STOQError.streamAborted = error else { return error }
        while let bytes = try? await channel.receive() {
            guard case .refused(let failure)? = try? TransferMessage(canonicalBytes: bytes) else { continue }
            return STOQError.transfer(.refused(code: failure.code, text: failure.message))
        }
        return error
    }

    /// Receives one object into `store`, and tells the sender when that fails.
    package static func receive(
        from peer: NodeID, into store: any TransferStore, over channel: any MessageChannel,
        progress: @Sendable (_ have: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> TransferSummary {
        var reception = Reception(peer: peer, store: store)
        do {
            while true {
                let answer = try reception.take(try await next(channel))
                if let answer { try await channel.send(answer.canonicalBytes) }
                progress(reception.receiver.progress.have, reception.receiver.progress.of)
                guard let summary = try reception.commit() else { continue }
                try await channel.send(TransferMessage.done(summary).canonicalBytes)
                try await channel.finish()
                await awaitEnd(of: channel)
                return summary
            }
        } catch {
            reception.object?.abandon()
            await tell(error, over: channel)
            throw error
        }
    }

    /// The other end ends its direction too when it has heard; letting go earlier would look like giving up. All that
    /// matters was said: an end that breaks off instead changes nothing.
    private static func awaitEnd(of channel: any MessageChannel) async {
        _ = try? await channel.receive()
    }

    /// What a receiving end does about each message.
    private struct Reception {
        let peer: NodeID
        let store: any TransferStore
        var receiver = TransferReceiver()
        var object: (any IncomingObject)?

        init(peer: NodeID, store: any TransferStore) {
            self.peer = peer
            self.store = store
        }

        /// - Returns: what to answer.
        mutating func take(_ message: TransferMessage) throws(STOQError) -> TransferMessage? {
            switch try receiver.receive(message) {
            case .decide(let offer):
                object = try store.open(offer, from: peer)
                receiver.accept()
            case .inspect(let list):
                let (present, bytes) = try object?.inspect(list) ?? ([], 0)
                return receiver.begin(present: present, reusedBytes: bytes)
            case .keep(_, let offset, let bytes, _): try object?.keep(bytes, at: offset)
            case .answer(let answer): return answer
            case .wait: break
            }
            return nil
        }

        /// Puts the object in place when it is whole.
        mutating func commit() throws(STOQError) -> TransferSummary? {
            guard let summary = receiver.summary else { return nil }
            try object?.commit()
            object = nil
            return summary
        }
    }

    /// Tells the sender why the object is not taken.
    private static func tell(_ error: any Error, over channel: any MessageChannel) async {
        let failure: ServiceFailure
        switch error {
        case STOQError.transfer(.cutShort): return channel.abort(code: SessionCode.cancelled.rawValue)
        case STOQError.transfer(.refused(let code, let text)): failure = ServiceFailure(code: code, message: text)
        case STOQError.transfer(let other): failure = ServiceFailure(code: "transfer.failed", message: "\(other)")
        default: return channel.abort(code: SessionCode.cancelled.rawValue)
        }
        do {
            try await channel.send(TransferMessage.refused(failure).canonicalBytes)
            try await channel.finish()
        } catch {
            channel.abort(code: SessionCode.cancelled.rawValue)
        }
    }

    private static func next(_ channel: any MessageChannel) async throws -> TransferMessage {
        guard let bytes = try await channel.receive() else { throw STOQError.transfer(.cutShort) }
        do throws(BCSError) {
            return try TransferMessage(canonicalBytes: bytes)
        } catch {
            throw STOQError.transfer(.damaged("\(error)"))
        }
    }
}
