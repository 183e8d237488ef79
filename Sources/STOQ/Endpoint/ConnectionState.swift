import Canonical
import QUIC

/// A connection with everybody who waits on it. Belongs to the endpoint's thread.
final class ConnectionState {
    struct Opening {
        let link: SessionLink
        let direction: StreamDirection
        let priority: Int
        let first: FirstBytes?
        let ticket: RequestTicket
        let continuation: CheckedContinuation<STOQStream, any Error>
    }

    let connection: Connection
    var session: Session?
    /// The streams that tasks hold.
    private(set) var streams: [StreamID: StreamState] = [:]
    private var openings: [Opening] = []
    /// Who waits for the session to begin.
    var connecting: CheckedContinuation<Session, any Error>?
    /// By which that wait can be given up.
    let connectingTicket: RequestTicket?
    /// Whom this end connected to.
    var peer: SessionStore.Peer?
    /// Why the connection ended.
    private(set) var ending: STOQError?
    var isMarked = false
    /// When the connection wants to be called, and its place in the heap of such times.
    var deadline: Timestamp?
    var heapIndex: Int?

    init(
        _ connection: Connection,
        connecting: CheckedContinuation<Session, any Error>? = nil,
        ticket: RequestTicket? = nil
    ) {
        self.connection = connection
        self.connecting = connecting
        connectingTicket = ticket
    }

    var heldStreams: Int { streams.count }

    // MARK: Opening

    func open(_ opening: Opening) {
        guard !opening.ticket.isCancelled else { return opening.continuation.resume(throwing: STOQError.cancelled) }
        if openings.isEmpty, tryOpen(opening) { return }
        guard openings.count < STOQLimits.waitingOpeningsMax else {
            return opening.continuation.resume(
                throwing: STOQError.tooManyWaiting(limit: STOQLimits.waitingOpeningsMax))
        }
        openings.append(opening)
        // Another direction may be free while the first in line waits for its own.
        resumeOpenings()
    }

    func resumeOpenings() {
        var full: Set<StreamDirection> = []
        openings.removeAll { opening in
            guard !full.contains(opening.direction) else { return false }
            if tryOpen(opening) { return true }
            full.insert(opening.direction)
            return false
        }
    }

    func cancelOpening(_ ticket: RequestTicket) {
        guard let index = openings.firstIndex(where: { $0.ticket === ticket }) else { return }
        openings.remove(at: index).continuation.resume(throwing: STOQError.cancelled)
    }

    /// False when the peer's limit leaves no stream to open now.
    private func tryOpen(_ opening: Opening) -> Bool {
        do throws(QUICError) {
            guard let id = try connection.openStream(opening.direction) else { return false }
            if opening.priority != 0 { try connection.setPriority(id, opening.priority) }
            streams[id] = StreamState()
            if let first = opening.first {
                // Nobody waits for these: what does not fit yet goes when there is room.
                streams[id]?.writers.append(
                    .init(bytes: first.bytes, offset: 0, finish: first.finish, continuation: nil))
                resumeWriters(of: id)
            }
            opening.continuation.resume(
                returning: STOQStream(
                    id: id, link: opening.link, isOpenedHere: true, isFinished: opening.first?.finish ?? false))
        } catch {
            opening.continuation.resume(throwing: STOQError.quic(error))
        }
        return true
    }

    func deliver(_ id: StreamID) {
        guard let session else { return }
        streams[id] = StreamState()
        session.deliver(id, firstChunk(of: id))
    }

    /// What has come with a stream's opening, so that its taker need not ask for it.
    private func firstChunk(of id: StreamID) -> StreamChunk? {
        guard let (bytes, finished) = try? connection.read(id, maximum: STOQLimits.firstChunkBytesMax),
            !bytes.isEmpty || finished
        else { return nil }
        return StreamChunk(bytes: bytes, isLast: finished)
    }

    // MARK: Reading

    func read(_ id: StreamID, _ reader: StreamState.Reader) {
        guard let state = streams[id] else {
            return reader.continuation.resume(throwing: STOQError.quic(.unknownStream(id)))
        }
        guard state.reader == nil else {
            return reader.continuation.resume(throwing: STOQError.streamInUse)
        }
        streams[id]?.reader = reader
        resumeReader(of: id)
    }

    func resumeReader(of id: StreamID) {
        guard let state = streams[id], let reader = state.reader else { return }
        do throws(QUICError) {
            let (bytes, finished) = try connection.readNext(id, maximum: reader.maximum)
            guard !bytes.isEmpty || finished else { return }
            streams[id]?.reader = nil
            reader.continuation.resume(returning: StreamChunk(bytes: bytes, isLast: finished))
        } catch {
            streams[id]?.failReader(ConnectionState.translate(error, code: state.resetCode))
        }
    }

    // MARK: Writing

    func write(_ id: StreamID, _ writer: StreamState.Writer) {
        guard let count = streams[id]?.writers.count else {
            writer.continuation?.resume(throwing: STOQError.quic(.unknownStream(id)))
            return
        }
        guard count < STOQLimits.waitingWritersMax else {
            writer.continuation?.resume(throwing: STOQError.tooManyWaiting(limit: STOQLimits.waitingWritersMax))
            return
        }
        streams[id]?.writers.append(writer)
        if count == 0 { resumeWriters(of: id) }
    }

    func resumeWriters(of id: StreamID) {
        while var writer = streams[id]?.writers.first {
            do throws(QUICError) {
                writer.offset += try connection.write(id, writer.bytes, from: writer.offset, finish: writer.finish)
                guard writer.offset == writer.bytes.count else {
                    streams[id]?.writers[0] = writer
                    return
                }
                streams[id]?.writers.removeFirst()
                writer.continuation?.resume()
            } catch {
                let code = streams[id]?.stopCode
                streams[id]?.writers.removeFirst()
                writer.continuation?.resume(throwing: ConnectionState.translate(error, code: code))
            }
        }
    }

    func send(datagram: [UInt8], _ continuation: CheckedContinuation<Void, any Error>) {
        do throws(QUICError) {
            try connection.sendDatagram(datagram)
            continuation.resume()
        } catch {
            continuation.resume(throwing: STOQError.quic(error))
        }
    }

    func send(_ datagrams: [[UInt8]], _ continuation: CheckedContinuation<Int, any Error>) {
        var count = 0
        do throws(QUICError) {
            for datagram in datagrams {
                try connection.sendDatagram(datagram)
                count += 1
            }
            continuation.resume(returning: count)
        } catch {
            guard count == 0 else { return continuation.resume(returning: count) }
            continuation.resume(throwing: STOQError.quic(error))
        }
    }

    // MARK: Aborting

    func abort(_ id: StreamID, code: UInt64) {
        giveUp(id, code: code, resets: true)
        streams[id]?.fail(.cancelled)
    }

    func release(_ id: StreamID, resets: Bool) {
        guard let state = streams.removeValue(forKey: id) else { return }
        // What a stream began with may still wait for room; nobody is left to give it.
        giveUp(id, code: SessionCode.cancelled.rawValue, resets: resets || !state.writers.isEmpty)
    }

    /// The stream may have ended by itself meanwhile, or have one direction only; then there is nothing to give up.
    private func giveUp(_ id: StreamID, code: UInt64, resets: Bool) {
        if resets { try? connection.reset(id, code: code) }
        try? connection.stopSending(id, code: code)
    }

    func watch(_ id: StreamID, _ action: @escaping @Sendable () -> Void) {
        guard let state = streams[id], state.resetCode == nil, state.stopCode == nil else { return action() }
        streams[id]?.onAbort = action
    }

    /// The peer gave its direction up.
    func peerReset(_ id: StreamID, code: UInt64) {
        streams[id]?.resetCode = code
        streams[id]?.failReader(.streamAborted(code: code))
        streams[id]?.callOnAbort()
    }

    /// The peer wants no more bytes.
    func peerStopped(_ id: StreamID, code: UInt64) {
        streams[id]?.stopCode = code
        streams[id]?.failWriters(.streamAborted(code: code))
        streams[id]?.callOnAbort()
    }

    // MARK: End

    func fail(_ error: STOQError) {
        ending = ending ?? error
        session?.markClosed(error)
        connecting?.resume(throwing: error)
        connecting = nil
        let waiting = openings
        openings = []
        for opening in waiting { opening.continuation.resume(throwing: error) }
        for id in streams.keys.sorted() { streams[id]?.fail(error) }
        streams = [:]
    }

    private static func translate(_ error: QUICError, code: UInt64?) -> STOQError {
        switch error {
        case .streamReset(_, let code), .streamStopped(_, let code): .streamAborted(code: code)
        case .unknownStream, .streamFinished: code.map { .streamAborted(code: $0) } ?? .quic(error)
        default: .quic(error)
        }
    }
}
