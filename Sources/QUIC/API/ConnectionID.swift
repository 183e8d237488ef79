/// A connection ID: 0 to 20 bytes that route packets to a connection (RFC 9000 section 5.1).
public struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    private var high: UInt64 = 0
    private var middle: UInt64 = 0
    private var low: UInt32 = 0
    private var length: UInt8 = 0

    /// The most bytes that QUIC version 1 allows.
    public static let maximumLength = 20

    /// The empty connection ID.
    public init() {}

    /// Takes the bytes of an ID.
    /// - Returns: nil when there are more than 20.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count <= Self.maximumLength else { return nil }
        length = UInt8(bytes.count)
        var index = 0
        for byte in bytes {
            set(byte, at: index)
            index += 1
        }
    }

    /// Takes the bytes of an ID, a word at a time.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count <= Self.maximumLength else { return nil }
        length = UInt8(bytes.count)
        if bytes.count == 8 {
            high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
            return
        }
        var index = 0
        while index < bytes.count {
            set(bytes[index], at: index)
            index += 1
        }
    }

    private mutating func set(_ byte: UInt8, at index: Int) {
        if index < 8 {
            high |= UInt64(byte) << UInt64(56 - 8 * index)
        } else if index < 16 {
            middle |= UInt64(byte) << UInt64(56 - 8 * (index - 8))
        } else {
            low |= UInt32(byte) << UInt32(24 - 8 * (index - 16))
        }
    }

    /// The number of bytes, 0 to 20.
    public var count: Int { Int(length) }

    /// The bytes of the ID.
    public var bytes: [UInt8] {
        var all: [UInt8] = []
        all.reserveCapacity(Self.maximumLength)
        all.appendBigEndian(high)
        all.appendBigEndian(middle)
        all.appendBigEndian(low)
        return Array(all.prefix(count))
    }

    /// The bytes in hexadecimal.
    public var description: String {
        bytes.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    /// Writes the bytes without an allocation.
    package func write(to writer: inout PacketWriter) {
        guard let room = writer.reserveBytes(count), count > 0 else { return }
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 8) { scratch in
            scratch.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
            scratch.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
            scratch.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
            room.copyMemory(from: UnsafeRawBufferPointer(rebasing: scratch[0..<count]))
        }
    }
}
