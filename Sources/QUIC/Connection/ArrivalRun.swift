/// 1-RTT packets that arrived together and in order, each with bytes that come next on a stream and nothing else. What holds
/// for all of them is looked up once, and counters and streams are brought up to date at the run's end.
struct ArrivalRun {
    /// What a datagram turned out to be.
    enum Outcome {
        /// The payload of a packet with the next number, in the datagram.
        case next(Range<Int>)
        /// Its header is unmasked, but it has another number or other keys.
        case other(number: UInt64, headerLength: Int)
        case forged, unreadable
    }

    private let keys: PacketKeys
    /// The key phase bit of packets under these keys; reserved bits are zero.
    private let phase: UInt8
    private let numberOffset: Int
    let firstNumber: UInt64
    private(set) var nextNumber: UInt64
    private(set) var datagramBytes = 0
    private(set) var streamBytes: UInt64 = 0
    /// What the connection's limit leaves, bytes.
    private let credit: UInt64

    /// The stream of the last frame, its receiving half kept here meanwhile, and whether its application has to hear of it.
    private var stream: Stream?
    private var receive: ReceiveStream?
    private var isNews = false

    init(keys: PacketKeys, isOddPhase: Bool, numberOffset: Int, firstNumber: UInt64, credit: UInt64) {
        self.keys = keys
        phase = isOddPhase ? 0x04 : 0
        self.numberOffset = numberOffset
        self.firstNumber = firstNumber
        nextNumber = firstNumber
        self.credit = credit
    }

    /// The packets taken.
    var count: Int { Int(truncatingIfNeeded: nextNumber &- firstNumber) }

    /// The stream at hand.
    var streamID: StreamID? { stream?.id }

    /// Takes a datagram's protection off.
    func open(_ datagram: UnsafeMutableRawBufferPointer) -> Outcome {
        guard let (truncated, length) = keys.unprotectHeader(datagram, packetNumberOffset: numberOffset) else {
            return .unreadable
        }
        let number = PacketNumber.decode(truncated: truncated, length: length, expected: nextNumber)
        let headerLength = numberOffset + length
        guard number == nextNumber, datagram[0] & 0x1C == phase else {
            return .other(number: number, headerLength: headerLength)
        }
        guard let count = keys.protector.open(datagram, headerLength: headerLength, packetNumber: number) else {
            return .forged
        }
        return .next(headerLength..<headerLength + count)
    }

    /// Takes the frame that is all of the next packet.
    /// - Returns: false, with nothing changed, when it is anything but the next bytes of the stream at hand.
    mutating func take(_ frame: Frame.StreamFrame, datagramBytes count: Int) -> Bool {
        guard !frame.finish, UInt64(frame.bytes.count) <= credit - streamBytes,
            let isFirst = receive?.takeNext(frame.bytes, at: frame.offset)
        else { return false }
        isNews = isNews || isFirst
        streamBytes += UInt64(frame.bytes.count)
        datagramBytes += count
        nextNumber += 1
        return true
    }

    /// Goes on with another stream, or with none, and gives the last one its half back.
    /// - Returns: the stream whose application has to hear of bytes.
    mutating func change(to other: Stream?) -> StreamID? {
        let news = isNews ? stream?.id : nil
        if let stream { stream.receive = receive }
        isNews = false
        stream = other
        receive = other?.receive
        // Out of the stream for the while, so that its buffers are changed in place.
        other?.receive = nil
        return news
    }
}
