/// Allocation, charged before it happens, and collection.
extension Machine {
    /// Takes fuel for work whose size is only known when it starts.
    @inline(__always)
    func charge(_ units: Int) throws(Unwind) {
        hot.pointee.fuel &-= units
        if hot.pointee.fuel < 0 { throw stop(.fuelExhausted) }
    }

    func stop(_ reason: JuliaTrap) -> Unwind {
        if trap == nil {
            trap = reason
            trapPlace = place()
        }
        return Unwind()
    }

    /// Makes room for `bytes`: charges, collects when due, refuses what does not fit.
    func reserve(_ bytes: Int) throws(Unwind) {
        guard bytes >= 0, bytes < 1 << 40 else { throw stop(.memoryLimit) }
        try charge(bytes >> 4)
        let wanted = heap.bytes &+ bytes
        if wanted > heap.threshold || wanted > limits.heapBytes { try collect(for: bytes) }
    }

    private func collect(for bytes: Int) throws(Unwind) {
        // The price of a collection follows from what is alive, a number that every node has.
        try charge(heap.objectCount >> 2)
        var marker = Marker()
        let used = max(registersUsed, hot.pointee.frame.pointee.base + hot.pointee.frame.pointee.code.pointee.registers)
        marker.mark(registers, used - registers)
        marker.mark(globals, globalCount)
        for code in codes { marker.mark(code.pointee.constants, code.pointee.constantCount) }
        marker.mark(exception)
        marker.mark(caught)
        for value in pinned { marker.mark(value) }
        let limit = min(hot.pointee.protected, heap.objectCount)
        let young = heap.objectCount - limit
        for index in limit..<heap.objectCount { marker.mark(Value(object: heap.objects[index])) }
        marker.drain()
        heap.sweep(below: limit)
        hot.pointee.protected = heap.objectCount - young
        heap.threshold = max(Heap.firstThreshold, heap.bytes &* 2)
        if heap.bytes &+ bytes > limits.heapBytes { throw stop(.memoryLimit) }
    }

    private func list(_ object: ObjectPointer) -> ObjectPointer {
        heap.add(object)
        return object
    }

    // MARK: objects

    /// An instance with `count` undefined fields.
    func newFields(_ type: TypeID, _ count: Int, isMutable: Bool = false) throws(Unwind) -> ObjectPointer {
        try reserve(Heap.headerBytes + 16 * count)
        let object = Heap.allocate(type: type, kind: .fields, count: count, body: 16 * count)
        object.fields.initialize(repeating: .undefined, count: count)
        if isMutable { object.pointee.flags = ObjectHeader.mutableFlag }
        return list(object)
    }

    func newString(_ count: Int) throws(Unwind) -> ObjectPointer {
        try reserve(Heap.headerBytes + count)
        return list(Heap.allocate(type: Core.string, kind: .bytes, count: count, body: max(count, 1)))
    }

    func newString(_ bytes: some Collection<UInt8>) throws(Unwind) -> Value {
        let object = try newString(bytes.count)
        var index = 0
        for byte in bytes {
            object.bytes[index] = byte
            index += 1
        }
        return Value(object: object)
    }

    func newString(_ text: String) throws(Unwind) -> Value { try newString(Array(text.utf8)) }

    func newWide(_ type: TypeID, _ low: UInt64, _ high: UInt64) throws(Unwind) -> Value {
        try reserve(Heap.headerBytes + 16)
        let object = Heap.allocate(type: type, kind: .wide, count: 2, body: 16)
        object.words[0] = low
        object.words[1] = high
        return Value(object: list(object))
    }

    func newTuple(_ values: [Value]) throws(Unwind) -> Value {
        if values.isEmpty { return Value(immediate: 0, type: types.emptyTuple) }
        let object = try newFields(types.tupleType(values.map { dispatchType($0) }), values.count)
        object.pointee.flags |= ObjectHeader.tupleFlag
        for (index, value) in values.enumerated() { object.fields[index] = value }
        return Value(object: object)
    }

    /// A string that lives as long as the machine.
    func permanent(_ bytes: [UInt8]) -> Value {
        let object = Heap.allocate(type: Core.string, kind: .bytes, count: bytes.count, body: max(bytes.count, 1))
        for (index, byte) in bytes.enumerated() { object.bytes[index] = byte }
        object.pointee.mark = 2
        heap.add(object)
        return Value(object: object)
    }

    // MARK: arrays

    func elementLayout(_ type: TypeID) -> (kind: ElementKind, tag: UInt64) {
        let info = types.infos[Int(type)]
        guard info.isConcrete, info.name >= 0 else { return (.any, UInt64(type)) }
        let name = types.names[info.name]
        guard name.kind == .primitive, name.size > 0, type != Core.symbol, type < Core.dataType || name.size == 4 else {
            return (.any, UInt64(type))
        }
        let isSigned = Core.isSignedInteger(type)
        switch name.size {
        case 1: return (isSigned ? .signed8 : .unsigned8, UInt64(type))
        case 2: return (isSigned ? .signed16 : .unsigned16, UInt64(type))
        case 4: return (isSigned ? .signed32 : .unsigned32, UInt64(type))
        default: return (.word64, UInt64(type))
        }
    }

    /// An array whose elements are zero bits, or undefined.
    func newArray(_ element: TypeID, _ sizes: [Int]) throws(Unwind) -> ArrayPointer {
        var count = 1
        for size in sizes {
            let (product, overflow) = count.multipliedReportingOverflow(by: max(size, 0))
            guard !overflow, product < 1 << 36 else { throw stop(.memoryLimit) }
            count = product
        }
        let type = types.arrayType(element, sizes.count)
        let (kind, tag) = elementLayout(element)
        let header = MemoryLayout<ArrayObject>.size + 8 * (sizes.count > 1 ? sizes.count : 0)
        let bytes = header + count * kind.stride
        try reserve(bytes)
        let object = Heap.allocate(type: type, kind: .array, count: count, body: header - Heap.headerBytes)
        object.pointee.element = kind
        object.pointee.flags = ObjectHeader.mutableFlag
        object.pointee.charged = bytes
        let data = UnsafeMutableRawPointer.allocate(byteCount: max(count * kind.stride, 16), alignment: 16)
        data.initializeMemory(as: UInt8.self, repeating: 0, count: max(count * kind.stride, 16))
        let array = object.array
        array.pointee.data = data
        array.pointee.capacity = count
        array.pointee.offset = 0
        array.pointee.elementTag = tag
        array.pointee.dimensions = sizes.count
        if sizes.count > 1 { for (index, size) in sizes.enumerated() { array.sizes[index] = size } }
        _ = list(object)
        return array
    }

    /// Gives a vector room for `count` elements behind its first.
    func grow(_ array: ArrayPointer, to count: Int) throws(Unwind) {
        let stride = array.pointee.header.element.stride
        if array.pointee.offset + count <= array.pointee.capacity { return }
        let wanted = max(count, min(array.count * 2, array.count + (1 << 22)), 8)
        guard wanted < 1 << 36 else { throw stop(.memoryLimit) }
        try reserve(wanted * stride)
        let data = UnsafeMutableRawPointer.allocate(byteCount: wanted * stride, alignment: 16)
        let used = array.count * stride
        data.copyMemory(from: array.pointee.data + array.pointee.offset * stride, byteCount: used)
        (data + used).initializeMemory(as: UInt8.self, repeating: 0, count: wanted * stride - used)
        array.pointee.data.deallocate()
        let charged = MemoryLayout<ArrayObject>.size + wanted * stride
        heap.account(charged - array.pointee.header.charged)
        array.pointee.header.charged = charged
        array.pointee.data = data
        array.pointee.capacity = wanted
        array.pointee.offset = 0
    }
}

/// Marks what can be reached, without recursion.
struct Marker {
    private var pending: [ObjectPointer] = []

    mutating func mark(_ value: Value) {
        guard value.isHeap, value.object.pointee.mark == 0 else { return }
        value.object.pointee.mark = 1
        switch value.object.pointee.kind {
        case .fields: pending.append(value.object)
        case .array: if value.object.pointee.element == .any { pending.append(value.object) }
        case .bytes, .wide, .bigInteger: break
        }
    }

    mutating func mark(_ values: UnsafeMutablePointer<Value>, _ count: Int) {
        for index in 0..<max(count, 0) { mark(values[index]) }
    }

    mutating func drain() {
        while let object = pending.popLast() {
            if object.pointee.kind == .fields {
                mark(object.fields, object.pointee.count)
            } else {
                let array = object.array
                let data = array.pointee.data.assumingMemoryBound(to: Value.self)
                mark(data + array.pointee.offset, array.count)
            }
        }
    }
}
