/// A growing ring of bytes addressed by their offset in a stream. Bytes stay where they are until the
/// front moves over them, so appending and freeing copy nothing but the bytes themselves.
final class ByteRing {
    private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// The offset of the first byte kept.
    private(set) var base: UInt64 = 0
    /// One past the highest offset written.
    private(set) var end: UInt64 = 0

    deinit {
        memory.deallocate()
    }

    /// The span from the first byte kept to the highest written, in bytes.
    var count: Int { Int(truncatingIfNeeded: end &- base) }

    private func reserve(_ size: Int) {
        guard size > memory.count else { return }
        var capacity = max(memory.count, 2048)
        while capacity < size { capacity *= 2 }
        let grown = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
        var offset = base
        while offset < end {
            let run = contiguous(at: offset, limit: end)
            Self.store(UnsafeRawBufferPointer(run), at: offset, in: grown)
            offset += UInt64(run.count)
        }
        memory.deallocate()
        memory = grown
    }

    /// The longest run without a wrap from an offset on.
    private func contiguous(at offset: UInt64, limit: UInt64) -> UnsafeMutableRawBufferPointer {
        let place = Int(truncatingIfNeeded: offset) & (memory.count - 1)
        let length = min(Int(truncatingIfNeeded: limit &- offset), memory.count - place)
        return UnsafeMutableRawBufferPointer(rebasing: memory[place..<place + length])
    }

    private static func store(
        _ bytes: UnsafeRawBufferPointer, at offset: UInt64, in memory: UnsafeMutableRawBufferPointer
    ) {
        let place = Int(truncatingIfNeeded: offset) & (memory.count - 1)
        let head = min(bytes.count, memory.count - place)
        guard let source = bytes.baseAddress, let target = memory.baseAddress, head > 0 else { return }
        target.advanced(by: place).copyMemory(from: source, byteCount: head)
        guard head < bytes.count else { return }
        target.copyMemory(from: source.advanced(by: head), byteCount: bytes.count - head)
    }

    /// Adds bytes after the highest.
    func append(_ bytes: UnsafeRawBufferPointer) {
        write(bytes, at: end)
    }

    /// Stores bytes at an offset; what stands before `base` is left out.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) {
        let skipped = offset < base ? min(Int(base - offset), bytes.count) : 0
        guard skipped < bytes.count else { return }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[skipped...])
        let start = offset + UInt64(skipped)
        let newEnd = max(end, start + UInt64(rest.count))
        reserve(Int(truncatingIfNeeded: newEnd &- base))
        Self.store(rest, at: start, in: memory)
        end = newEnd
    }

    /// Calls `body` with the bytes of a range in order, piece by piece; the caller has checked that they are there.
    func forEachRun(from offset: UInt64, to limit: UInt64, _ body: (UnsafeRawBufferPointer) -> Void) {
        guard offset >= base, limit <= end else { return }
        var position = offset
        while position < limit {
            let run = contiguous(at: position, limit: limit)
            body(UnsafeRawBufferPointer(run))
            position += UInt64(run.count)
        }
    }

    /// Lets go of what stands before an offset, which may be beyond everything written.
    func advance(to offset: UInt64) {
        base = max(base, offset)
        if end <= base {
            end = base
            if memory.count > 0 { clear() }
        }
    }

    /// Copies bytes out from an offset on, as many as the target takes; the caller has checked that they are there.
    func copy(from offset: UInt64, into target: UnsafeMutableRawBufferPointer) {
        guard offset >= base, offset + UInt64(target.count) <= end else { return }
        let limit = offset + UInt64(target.count)
        var position = offset
        while position < limit {
            let run = contiguous(at: position, limit: limit)
            let place = Int(position - offset)
            UnsafeMutableRawBufferPointer(rebasing: target[place..<place + run.count])
                .copyMemory(from: UnsafeRawBufferPointer(run))
            position += UInt64(run.count)
        }
    }

    /// Lets go of what stands before an offset.
    func drop(to offset: UInt64) {
        guard offset > base else { return }
        base = min(offset, end)
    }

    /// Lets go of everything, memory too.
    func clear() {
        base = end
        memory.deallocate()
        memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }
}
