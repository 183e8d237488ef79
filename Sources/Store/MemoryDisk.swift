/// A disk in memory that can be made to fail as real ones do: a crash keeps what was synced and any prefix of what was
/// not; bits can be flipped. For the simulator and tests.
package struct MemoryDisk: Disk, Sendable {
    private struct Write: Sendable {
        var name: String
        var offset: Int
        var bytes: [UInt8]
    }

    private var durable: [String: [UInt8]] = [:]
    private var visible: [String: [UInt8]] = [:]
    private var pending: [Write] = []

    package init() {}

    package func fileNames() -> [String] { visible.keys.sorted() }

    package func read(_ name: String) throws(StoreError) -> [UInt8] {
        guard let bytes = visible[name] else { throw missing(name) }
        return bytes
    }

    package func read(_ name: String, at offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        let bytes = try read(name)
        guard offset >= 0, offset < bytes.count, count > 0 else { return [] }
        return Array(bytes[offset..<min(bytes.count, offset + count)])
    }

    package mutating func create(_ name: String, size: Int) {
        durable[name] = [UInt8](repeating: 0, count: size)
        visible[name] = durable[name]
    }

    package mutating func write(_ name: String, at offset: Int, _ bytes: [UInt8]) throws(StoreError) {
        guard visible[name] != nil else { throw missing(name) }
        MemoryDisk.overwrite(&visible[name, default: []], at: offset, bytes)
        pending.append(Write(name: name, offset: offset, bytes: bytes))
    }

    package mutating func sync(_ name: String) {
        for write in pending where write.name == name {
            MemoryDisk.overwrite(&durable[name, default: []], at: write.offset, write.bytes)
        }
        pending.removeAll { $0.name == name }
    }

    package mutating func replace(_ name: String, with bytes: [UInt8]) {
        pending.removeAll { $0.name == name }
        durable[name] = bytes
        visible[name] = bytes
    }

    package mutating func remove(_ name: String) throws(StoreError) {
        guard visible.removeValue(forKey: name) != nil else { throw missing(name) }
        durable[name] = nil
        pending.removeAll { $0.name == name }
    }

    /// Loses power: of the unsynced bytes, in the order they were written, the first `survivingBytes` reach the disk.
    package mutating func crash(survivingBytes: Int) {
        var budget = survivingBytes
        for write in pending where budget > 0 {
            let kept = Array(write.bytes.prefix(budget))
            budget -= kept.count
            MemoryDisk.overwrite(&durable[write.name, default: []], at: write.offset, kept)
        }
        pending.removeAll()
        visible = durable
    }

    /// Bytes written and not synced.
    package var pendingByteCount: Int { pending.reduce(0) { $0 + $1.bytes.count } }

    /// Flips one bit of a stored file.
    package mutating func flipBit(of name: String, byte: Int, bit: Int) {
        guard let size = durable[name]?.count, byte >= 0, byte < size else { return }
        durable[name]?[byte] ^= 1 << UInt8(bit & 7)
        visible[name]?[byte] ^= 1 << UInt8(bit & 7)
    }

    private static func overwrite(_ file: inout [UInt8], at offset: Int, _ bytes: [UInt8]) {
        let end = offset + bytes.count
        if end > file.count { file.append(contentsOf: repeatElement(0, count: end - file.count)) }
        file.replaceSubrange(offset..<end, with: bytes)
    }

    private func missing(_ name: String) -> StoreError { .system(operation: "open", path: name, errno: 2) }
}
