import QUIC

/// Who waits on one stream. Belongs to the endpoint's thread.
struct StreamState {
    struct Reader {
        let maximum: Int
        let continuation: CheckedContinuation<[UInt8]?, any Error>
    }

    struct Writer {
        let bytes: [UInt8]
        var offset: Int
        let finish: Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    var reader: Reader?
    var writers: [Writer] = []

    /// Ends all waiting with an error.
    mutating func fail(_ error: STOQError) {
        reader?.continuation.resume(throwing: error)
        reader = nil
        for writer in writers { writer.continuation.resume(throwing: error) }
        writers.removeAll()
    }
}
