/// A frame that was sent, as far as its loss or acknowledgement matters.
enum SentFrame {
    case none
    case acknowledgement(largest: UInt64)
    case crypto(offset: UInt64, count: UInt32)
    case stream(StreamID, offset: UInt64, count: UInt32, finish: Bool)
    case resetStream(StreamID)
    case stopSending(StreamID)
    case maximumData
    case maximumStreamData(StreamID)
    case maximumStreams(StreamDirection)
    case newConnectionID(sequence: UInt64)
    case retireConnectionID(sequence: UInt64)
    case newToken
    case handshakeDone
    case datagram
    case acknowledgementFrequency(sequence: UInt64)
    case extended(number: UInt64)
}

/// A packet that was sent and not yet forgotten.
struct SentPacket {
    enum State: UInt8 {
        case inFlight, acknowledged, lost
    }

    var time: UInt64 = 0
    var size: UInt32 = 0
    /// The path in use, so that an old path's losses do not count against a new one.
    var path: UInt32 = 0
    var state = State.inFlight
    var isAckEliciting = false
    /// Counts in the bytes in flight: ack-eliciting or padded.
    var countsInFlight = false
    var isMTUProbe = false
    var isECNCapable = false
    /// What was delivered when it was sent.
    var delivery = DeliveryMark()
    /// Most packets carry one frame of interest; others allocate.
    var first = SentFrame.none
    var others: [SentFrame] = []

    mutating func add(_ frame: SentFrame) {
        if case .none = first {
            first = frame
        } else {
            others.append(frame)
        }
    }
}
