/// Writes integers and byte runs into memory that it does not own. Callers ask `remaining` first; a
/// write which does not fit is left out and noted in `overflowed`, never done over the end.
package struct PacketWriter {
    private let memory: UnsafeMutableRawBufferPointer
    /// The bytes written so far.
    package private(set) var offset = 0
    /// Whether a write was left out because it did not fit.
    package private(set) var overflowed = false

    package init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    /// The bytes that can still be written.
    @inline(__always)
    package var remaining: Int { memory.count &- offset }

    @inline(__always)
    private mutating func reserve(_ count: Int) -> Int? {
        guard count <= remaining else {
            overflowed = true
            return nil
        }
        defer { offset &+= count }
        return offset
    }

    package mutating func write(_ byte: UInt8) {
        guard let start = reserve(1) else { return }
        memory[start] = byte
    }

    package mutating func writeInteger<Value: FixedWidthInteger>(_ value: Value) {
        guard let start = reserve(MemoryLayout<Value>.size) else { return }
        memory.storeBytes(of: value.bigEndian, toByteOffset: start, as: Value.self)
    }

    /// The shortest variable-length encoding.
    package mutating func writeVariableLength(_ value: UInt64) {
        switch VariableLengthInteger.length(value) {
        case 1: write(UInt8(truncatingIfNeeded: value))
        case 2: writeInteger(UInt16(truncatingIfNeeded: value) | 0x4000)
        case 4: writeInteger(UInt32(truncatingIfNeeded: value) | 0x8000_0000)
        default: writeInteger(value | 0xC000_0000_0000_0000)
        }
    }

    /// A value below 2^14 as two bytes, so that its place can be filled in later.
    package mutating func writeTwoByteVariableLength(_ value: Int) {
        writeInteger(UInt16(truncatingIfNeeded: value & 0x3FFF) | 0x4000)
    }

    package mutating func write(_ bytes: UnsafeRawBufferPointer) {
        guard let start = reserve(bytes.count), let source = bytes.baseAddress else { return }
        memory.baseAddress?.advanced(by: start).copyMemory(from: source, byteCount: bytes.count)
    }

    package mutating func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { write($0) }
    }

    package mutating func writeZeros(_ count: Int) {
        guard count > 0, let start = reserve(count) else { return }
        memory.baseAddress?.advanced(by: start).initializeMemory(as: UInt8.self, repeating: 0, count: count)
    }

    /// Room of a fixed size which the caller fills.
    package mutating func reserveBytes(_ count: Int) -> UnsafeMutableRawBufferPointer? {
        guard count >= 0, let start = reserve(count) else { return nil }
        return UnsafeMutableRawBufferPointer(rebasing: memory[start..<start &+ count])
    }

    /// Writes two bytes over a place written before.
    package mutating func patchTwoByteVariableLength(_ value: Int, at place: Int) {
        guard place >= 0, place &+ 2 <= offset else { return }
        memory.storeBytes(
            of: (UInt16(truncatingIfNeeded: value & 0x3FFF) | 0x4000).bigEndian, toByteOffset: place, as: UInt16.self)
    }
}
