import QUIC

/// Who waits on one stream. It exists while a task holds the stream. Belongs to the endpoint's thread.
struct StreamState {
    struct Reader {
        let maximum: Int
        let continuation: CheckedContinuation<StreamChunk, any Error>
    }

    struct Writer {
        let bytes: [UInt8]
        var offset: Int
        let finish: Bool
        /// Nil for what a stream began with.
        let continuation: CheckedContinuation<Void, any Error>?
    }

    var reader: Reader?
    var writers: [Writer] = []
    /// The code with which the peer gave its direction up; QUIC forgets it with the stream.
    var resetCode: UInt64?
    /// The code with which the peer refused more bytes.
    var stopCode: UInt64?
    /// Called once when the peer gives the stream up.
    var onAbort: (@Sendable () -> Void)?

    /// Ends all waiting with an error.
    mutating func fail(_ error: STOQError) {
        failReader(error)
        failWriters(error)
        callOnAbort()
    }

    mutating func failReader(_ error: STOQError) {
        reader?.continuation.resume(throwing: error)
        reader = nil
    }

    mutating func failWriters(_ error: STOQError) {
        let waiting = writers
        writers = []
        for writer in waiting { writer.continuation?.resume(throwing: error) }
    }

    mutating func callOnAbort() {
        onAbort?()
        onAbort = nil
    }
}
