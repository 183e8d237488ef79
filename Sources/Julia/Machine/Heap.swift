/// Raised when a run must stop for a reason that a program cannot catch, or a Julia exception is under way; the details
/// lie in the machine.
struct Unwind: Error {}

/// The objects of one run. Bytes are counted by a fixed formula, never by what the allocator really takes, so that
/// limits and the moments of collection are the same on every machine.
struct Heap {
    /// Every object in order of allocation.
    private(set) var objects: UnsafeMutablePointer<ObjectPointer>
    private(set) var objectCount = 0
    private var objectCapacity = 1 << 12
    private(set) var bytes = 0
    private(set) var peak = 0
    private var serial: UInt64 = 0
    /// Bytes at which the next collection starts.
    var threshold = Heap.firstThreshold

    static let firstThreshold = 8 << 20
    static let headerBytes = 32

    init() {
        objects = .allocate(capacity: objectCapacity)
    }

    /// Frees everything; the heap is not used afterwards.
    mutating func destroy() {
        for index in 0..<objectCount { release(objects[index]) }
        objects.deallocate()
        objectCount = 0
    }

    mutating func add(_ object: ObjectPointer) {
        if objectCount == objectCapacity {
            let larger = UnsafeMutablePointer<ObjectPointer>.allocate(capacity: objectCapacity * 2)
            larger.moveInitialize(from: objects, count: objectCount)
            objects.deallocate()
            objects = larger
            objectCapacity *= 2
        }
        objects[objectCount] = object
        objectCount += 1
        serial &+= 1
        object.pointee.serial = serial
        account(object.pointee.charged)
    }

    mutating func account(_ delta: Int) {
        bytes &+= delta
        if bytes > peak { peak = bytes }
    }

    private func release(_ object: ObjectPointer) {
        if object.pointee.kind == .array { object.array.pointee.data.deallocate() }
        UnsafeMutableRawPointer(object).deallocate()
    }

    /// Frees what was not marked among the first `limit` objects and clears the marks of the rest.
    mutating func sweep(below limit: Int) {
        var kept = 0
        for index in 0..<objectCount {
            let object = objects[index]
            if object.pointee.mark == 0 && index < limit {
                bytes &-= object.pointee.charged
                release(object)
                continue
            }
            if object.pointee.mark == 1 { object.pointee.mark = 0 }
            objects[kept] = object
            kept += 1
        }
        objectCount = kept
    }

    /// A new object with `body` bytes behind its header, not yet counted or listed.
    static func allocate(type: TypeID, kind: ObjectKind, count: Int, body: Int) -> ObjectPointer {
        let raw = UnsafeMutableRawPointer.allocate(byteCount: headerBytes + body, alignment: 16)
        let object = raw.bindMemory(to: ObjectHeader.self, capacity: 1)
        object.initialize(
            to: ObjectHeader(
                type: type, kind: kind, mark: 0, element: .any, flags: 0, count: count, serial: 0,
                charged: headerBytes + body))
        return object
    }
}
