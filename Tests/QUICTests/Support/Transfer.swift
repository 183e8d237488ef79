@testable import QUIC

/// Bytes that follow from their offset, so that any mix-up shows.
func pattern(_ offset: Int, _ count: Int, salt: Int = 0) -> [UInt8] {
    (offset..<offset + count).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ ($0 >> 8) ^ salt) }
}

/// Writes a number of patterned bytes on streams and ends them.
final class PatternSender {
    private var remaining: [StreamID: (offset: Int, total: Int)] = [:]
    private let block: [UInt8]
    private static let blockSize = 65_536

    init() {
        block = (0..<2 * Self.blockSize).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ ($0 >> 8)) }
    }

    /// The byte at an offset repeats every 64 KiB.
    static func byte(_ offset: Int) -> UInt8 {
        let offset = offset & (blockSize - 1)
        return UInt8(truncatingIfNeeded: (offset &* 31) ^ (offset >> 8))
    }

    var isIdle: Bool { remaining.isEmpty }

    func start(_ connection: Connection, _ id: StreamID, total: Int) throws {
        remaining[id] = (0, total)
        try push(connection, id)
    }

    func push(_ connection: Connection, _ id: StreamID) throws {
        while var state = remaining[id] {
            let start = state.offset & (Self.blockSize - 1)
            let count = min(Self.blockSize - start, state.total - state.offset)
            let isLast = state.offset + count == state.total
            let accepted = try block.withUnsafeBytes {
                try connection.write(id, UnsafeRawBufferPointer(rebasing: $0[start..<start + count]), finish: isLast)
            }
            state.offset += accepted
            remaining[id] = accepted == count && isLast ? nil : state
            if accepted < count { return }
        }
    }
}

/// Reads streams to their end and checks every byte.
final class PatternReceiver {
    private(set) var received: [StreamID: Int] = [:]
    private(set) var finished: Set<StreamID> = []
    private(set) var mismatches = 0
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    private let block = (0..<2 * 65_536).map { UInt8(truncatingIfNeeded: (($0 & 65_535) &* 31) ^ (($0 & 65_535) >> 8)) }

    var total: Int { received.values.reduce(0, +) }

    func read(_ connection: Connection, _ id: StreamID) throws {
        while true {
            let (count, isFinished) = try buffer.withUnsafeMutableBytes { try connection.read(id, into: $0) }
            let offset = received[id, default: 0]
            check(count, at: offset)
            received[id] = offset + count
            if isFinished { finished.insert(id) }
            if isFinished || count == 0 { return }
        }
    }

    private func check(_ count: Int, at offset: Int) {
        let start = offset & 65_535
        let isEqual = buffer.withUnsafeBytes { got in
            block.withUnsafeBytes { expected in
                got[..<count].elementsEqual(expected[start..<start + count])
            }
        }
        if !isEqual { mismatches += 1 }
    }
}
