/// How an object's body is laid out.
enum ObjectKind: UInt8 {
    /// `count` values of 16 bytes: structs, tuples, closures, boxes.
    case fields
    /// An `ArrayObject`.
    case array
    /// `count` bytes: strings.
    case bytes
    /// Two words: `Int128`, `UInt128`.
    case wide
    /// Sign (count < 0 never; flag `negative`) and `count` limbs of 64 bits, least significant first.
    case bigInteger
}

/// How an array stores its elements.
enum ElementKind: UInt8 {
    case any, signed8, signed16, signed32, word64, unsigned8, unsigned16, unsigned32

    /// Bytes an element.
    @inline(__always) var stride: Int {
        switch self {
        case .any: 16
        case .signed8, .unsigned8: 1
        case .signed16, .unsigned16: 2
        case .signed32, .unsigned32: 4
        case .word64: 8
        }
    }
}

/// What stands at the start of every object.
struct ObjectHeader {
    var type: TypeID
    var kind: ObjectKind
    /// 0 not seen, 1 reached in this collection, 2 never freed.
    var mark: UInt8
    var element: ElementKind
    /// Bit 0: mutable (identity is the address); bit 1: negative big integer; bit 2: tuple.
    var flags: UInt8
    /// Fields, elements, bytes or limbs.
    var count: Int
    /// Place in the order of allocation: what `objectid` shows instead of an address.
    var serial: UInt64
    /// Bytes charged for the object, its buffer included.
    var charged: Int

    static let mutableFlag: UInt8 = 1
    static let negativeFlag: UInt8 = 2
    static let tupleFlag: UInt8 = 4
}

/// An array: header, buffer and, for more than one dimension, sizes behind the struct.
struct ArrayObject {
    var header: ObjectHeader
    var data: UnsafeMutableRawPointer
    /// Elements that the buffer holds from its first byte.
    var capacity: Int
    /// Elements dropped at the front.
    var offset: Int
    /// The element type, which for unboxed elements is their tag.
    var elementTag: UInt64
    var dimensions: Int
}

typealias ObjectPointer = UnsafeMutablePointer<ObjectHeader>
typealias ArrayPointer = UnsafeMutablePointer<ArrayObject>

extension UnsafeMutablePointer where Pointee == ObjectHeader {
    /// The values of a `.fields` object.
    @inline(__always) var fields: UnsafeMutablePointer<Value> {
        UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: Value.self)
    }

    /// The bytes of a `.bytes` object.
    @inline(__always) var bytes: UnsafeMutablePointer<UInt8> {
        UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: UInt8.self)
    }

    /// The words of a `.wide` or `.bigInteger` object.
    @inline(__always) var words: UnsafeMutablePointer<UInt64> {
        UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: UInt64.self)
    }

    @inline(__always) var array: ArrayPointer {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: ArrayObject.self)
    }

    @inline(__always) var isMutable: Bool { pointee.flags & ObjectHeader.mutableFlag != 0 }
}

extension UnsafeMutablePointer where Pointee == ArrayObject {
    @inline(__always) var sizes: UnsafeMutablePointer<Int> {
        UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: Int.self)
    }

    @inline(__always) var header: ObjectPointer {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: ObjectHeader.self)
    }

    @inline(__always) var count: Int { pointee.header.count }

    /// Reads an element; `index` counts from 0 and is in bounds.
    @inline(__always) func load(_ index: Int) -> Value {
        let at = index &+ pointee.offset
        let data = pointee.data
        switch pointee.header.element {
        case .any: return data.assumingMemoryBound(to: Value.self)[at]
        case .word64: return Value(tag: pointee.elementTag, bits: data.assumingMemoryBound(to: UInt64.self)[at])
        case .unsigned8:
            return Value(tag: pointee.elementTag, bits: UInt64(data.assumingMemoryBound(to: UInt8.self)[at]))
        case .unsigned16:
            return Value(tag: pointee.elementTag, bits: UInt64(data.assumingMemoryBound(to: UInt16.self)[at]))
        case .unsigned32:
            return Value(tag: pointee.elementTag, bits: UInt64(data.assumingMemoryBound(to: UInt32.self)[at]))
        case .signed8:
            let value = Int64(data.assumingMemoryBound(to: Int8.self)[at])
            return Value(tag: pointee.elementTag, bits: UInt64(bitPattern: value))
        case .signed16:
            let value = Int64(data.assumingMemoryBound(to: Int16.self)[at])
            return Value(tag: pointee.elementTag, bits: UInt64(bitPattern: value))
        case .signed32:
            let value = Int64(data.assumingMemoryBound(to: Int32.self)[at])
            return Value(tag: pointee.elementTag, bits: UInt64(bitPattern: value))
        }
    }

    /// Writes an element that has the array's element type; `index` counts from 0 and is in bounds.
    @inline(__always) func store(_ index: Int, _ value: Value) {
        let at = index &+ pointee.offset
        let data = pointee.data
        switch pointee.header.element {
        case .any: data.assumingMemoryBound(to: Value.self)[at] = value
        case .word64: data.assumingMemoryBound(to: UInt64.self)[at] = value.bits
        case .unsigned8, .signed8:
            data.assumingMemoryBound(to: UInt8.self)[at] = UInt8(truncatingIfNeeded: value.bits)
        case .unsigned16, .signed16:
            data.assumingMemoryBound(to: UInt16.self)[at] = UInt16(truncatingIfNeeded: value.bits)
        case .unsigned32, .signed32:
            data.assumingMemoryBound(to: UInt32.self)[at] = UInt32(truncatingIfNeeded: value.bits)
        }
    }

    /// Size of dimension `index` (from 0); 1 past the last.
    func size(_ index: Int) -> Int {
        if pointee.dimensions == 1 { return index == 0 ? count : 1 }
        return index < pointee.dimensions ? sizes[index] : 1
    }
}
