import Crypto
import QUIC

/// The bytes that go out on one stream, made as the stream takes them.
struct OutgoingBytes {
    private enum Content {
        case text([UInt8])
        case pattern
    }

    private static let block: [UInt8] = (0..<65_536).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ ($0 >> 8)) }
    private let content: Content
    let count: Int
    /// The bytes that the stream has taken.
    private(set) var offset = 0
    /// Whether the stream has taken all of them and the end.
    private(set) var isFinished = false
    private var hash = SHA256()

    init(_ text: [UInt8]) {
        content = .text(text)
        count = text.count
    }

    /// `count` bytes of a fixed pattern that does not begin as a request does.
    init(patternOf count: Int) {
        content = .pattern
        self.count = count
    }

    /// The SHA-256 of what the stream has taken.
    var digest: [UInt8] { Array(hash.finalize()) }

    /// Writes what the stream takes now.
    mutating func push(on connection: Connection, _ id: StreamID) throws(QUICError) {
        while !isFinished {
            let chunk = nextChunk
            let isLast = offset + chunk.count == count
            let taken = try connection.write(id, chunk, finish: isLast)
            hash.update(data: chunk.prefix(taken))
            offset += taken
            guard taken == chunk.count else { return }
            isFinished = isLast
        }
    }

    private var nextChunk: [UInt8] {
        switch content {
        case .text(let bytes): return Array(bytes.dropFirst(offset))
        case .pattern:
            let start = offset % Self.block.count
            return Array(Self.block[start..<min(Self.block.count, start + count - offset)])
        }
    }
}
