import QUIC

/// A connection with everybody who waits on it. Belongs to the endpoint's thread.
final class ConnectionState {
    struct Opening {
        let direction: StreamDirection
        let priority: Int
        let continuation: CheckedContinuation<StreamID, any Error>
    }

    let connection: Connection
    var session: Session?
    var streams: [StreamID: StreamState] = [:]
    var openings: [Opening] = []
    var connecting: CheckedContinuation<Session, any Error>?
    var isMarked = false

    init(_ connection: Connection, connecting: CheckedContinuation<Session, any Error>? = nil) {
        self.connection = connection
        self.connecting = connecting
    }

    // MARK: Streams

    func open(_ opening: Opening) {
        if openings.isEmpty, tryOpen(opening) { return }
        openings.append(opening)
    }

    func resumeOpenings() {
        while let first = openings.first, tryOpen(first) { openings.removeFirst() }
    }

    /// False when the peer's limit leaves no stream to open now.
    private func tryOpen(_ opening: Opening) -> Bool {
        do throws(QUICError) {
            guard let id = try connection.openStream(opening.direction) else { return false }
            if opening.priority != 0 { try connection.setPriority(id, opening.priority) }
            opening.continuation.resume(returning: id)
        } catch {
            opening.continuation.resume(throwing: STOQError.quic(error))
        }
        return true
    }

    func read(_ id: StreamID, _ reader: StreamState.Reader) {
        guard streams[id]?.reader == nil else {
            return reader.continuation.resume(throwing: STOQError.protocolViolation("two readers on stream \(id)"))
        }
        streams[id, default: StreamState()].reader = reader
        resumeReader(of: id)
    }

    func resumeReader(of id: StreamID) {
        guard let reader = streams[id]?.reader else { return }
        do throws(QUICError) {
            let (bytes, finished) = try connection.read(id, maximum: reader.maximum)
            guard !bytes.isEmpty || finished else { return }
            streams[id]?.reader = nil
            reader.continuation.resume(returning: bytes.isEmpty ? nil : bytes)
        } catch {
            streams[id]?.reader = nil
            reader.continuation.resume(throwing: ConnectionState.translate(error))
        }
    }

    func write(_ id: StreamID, _ writer: StreamState.Writer) {
        streams[id, default: StreamState()].writers.append(writer)
        if streams[id]?.writers.count == 1 { resumeWriters(of: id) }
    }

    func resumeWriters(of id: StreamID) {
        while var writer = streams[id]?.writers.first {
            do throws(QUICError) {
                writer.offset += try put(writer, on: id).get()
                guard writer.offset == writer.bytes.count else {
                    streams[id]?.writers[0] = writer
                    return
                }
                streams[id]?.writers.removeFirst()
                writer.continuation.resume()
            } catch {
                streams[id]?.writers.removeFirst()
                writer.continuation.resume(throwing: ConnectionState.translate(error))
            }
        }
    }

    private func put(_ writer: StreamState.Writer, on id: StreamID) -> Result<Int, QUICError> {
        writer.bytes.withUnsafeBytes { raw in
            do throws(QUICError) {
                let rest = UnsafeRawBufferPointer(rebasing: raw[writer.offset...])
                return .success(try connection.write(id, rest, finish: writer.finish))
            } catch {
                return .failure(error)
            }
        }
    }

    func abort(_ id: StreamID, code: UInt64) {
        // The stream may have ended by itself meanwhile; then there is nothing to abort.
        try? connection.reset(id, code: code)
        try? connection.stopSending(id, code: code)
        streams.removeValue(forKey: id)?.failIfWaiting(.cancelled)
    }

    func fail(stream id: StreamID, code: UInt64) {
        streams[id]?.fail(.streamAborted(code: code))
        streams[id] = nil
    }

    // MARK: End

    func fail(_ error: STOQError) {
        connecting?.resume(throwing: error)
        connecting = nil
        for opening in openings { opening.continuation.resume(throwing: error) }
        openings.removeAll()
        for id in streams.keys.sorted() { streams[id]?.fail(error) }
        streams.removeAll()
        session?.markClosed(error)
    }

    private static func translate(_ error: QUICError) -> STOQError {
        switch error {
        case .streamReset(_, let code), .streamStopped(_, let code): .streamAborted(code: code)
        default: .quic(error)
        }
    }
}

extension StreamState {
    fileprivate func failIfWaiting(_ error: STOQError) {
        var copy = self
        copy.fail(error)
    }
}
