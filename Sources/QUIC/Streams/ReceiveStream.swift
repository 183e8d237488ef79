/// The receiving half of a stream (RFC 9000 section 3.2).
struct ReceiveStream {
    var buffer: ReceiveBuffer
    var window: ReceiveWindow
    /// One past the highest byte the peer has sent.
    private(set) var highest: UInt64 = 0
    private(set) var finalSize: UInt64?
    var resetCode: UInt64?
    /// The application wants no more.
    var stopCode: UInt64?
    /// STOP_SENDING waits to be sent.
    var isStopQueued = false
    /// MAX_STREAM_DATA waits to be sent.
    var isLimitQueued = false
    /// The application was told and has not yet found the stream empty.
    var isReadableReported = false
    /// The end, or the reset, was handed to the application.
    var isEndRead = false

    init(window: ReceiveWindow, pool: ChunkPool? = nil) {
        buffer = ReceiveBuffer(pool: pool)
        self.window = window
    }

    /// Whether bytes or the end can be read.
    var isReadable: Bool {
        guard resetCode == nil, stopCode == nil, !isEndRead else { return false }
        return buffer.readableCount > 0 || finalSize == buffer.readOffset
    }

    /// Whether nothing can come or be read any more.
    var isDone: Bool {
        guard let finalSize else { return false }
        return isEndRead || resetCode != nil || (stopCode != nil && buffer.contiguousEnd >= finalSize)
    }

    /// Takes the next bytes in order, within the limit, of a stream that goes on.
    /// - Returns: nil, with nothing changed, when they are anything else; else whether the application is to hear of it,
    ///   which is noted.
    mutating func takeNext(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) -> Bool? {
        let end = offset + UInt64(bytes.count)
        guard !bytes.isEmpty, offset == highest, finalSize == nil, resetCode == nil, stopCode == nil,
            end <= window.limit, buffer.appendInOrder(bytes, at: offset)
        else { return nil }
        highest = end
        defer { isReadableReported = true }
        return !isReadableReported
    }

    /// Checks a STREAM frame's place.
    /// - Returns: the bytes by which the highest offset grew, which count against the connection's limit.
    mutating func admit(
        offset: UInt64, count: Int, finish: Bool, frameType: UInt64
    ) throws(QUICError) -> UInt64 {
        let end = offset + UInt64(count)
        if let finalSize, end > finalSize || (finish && end != finalSize) {
            throw .violation(
                .finalSizeError, reason: "stream data beyond or other than its final size", frameType: frameType)
        }
        if finish, end < highest {
            throw .violation(.finalSizeError, reason: "final size below data received", frameType: frameType)
        }
        guard end <= window.limit else {
            throw .violation(.flowControlError, reason: "stream data beyond MAX_STREAM_DATA", frameType: frameType)
        }
        if finish { finalSize = end }
        let grown = end > highest ? end - highest : 0
        highest = max(highest, end)
        return grown
    }

    /// The bytes that came behind a gap, and the gap.
    var waitingCount: UInt64 { highest - min(buffer.contiguousEnd, highest) }

    /// The bytes between what was read and the highest offset: credit to return when the stream is given up.
    var unreadCount: UInt64 { highest - buffer.readOffset }
}
