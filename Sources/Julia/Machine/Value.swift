/// Index of an interned type in a `TypeTable`.
typealias TypeID = UInt32

/// A Julia value: one word that says its type, one word of payload.
///
/// The low half of `tag` is the type's index. A heap value holds the address of its object; a value that is itself a
/// type has its own index in both words, so that comparing tags decides dispatch on `Type{T}` as well. Tag 0 is "not defined".
struct Value {
    var tag: UInt64
    var bits: UInt64

    static let heapFlag: UInt64 = 1 << 32
    static let typeFlag: UInt64 = 1 << 33
    /// Tag of the unboxed `start:stop` of a `for` loop; never visible to programs.
    static let loopRangeTag: UInt64 = 1 << 34

    static let undefined = Value(tag: 0, bits: 0)
    static let nothing = Value(tag: UInt64(Core.nothing), bits: 0)
    static let `true` = Value(tag: UInt64(Core.bool), bits: 1)
    static let `false` = Value(tag: UInt64(Core.bool), bits: 0)

    @inline(__always) init(tag: UInt64, bits: UInt64) {
        self.tag = tag
        self.bits = bits
    }

    @inline(__always) init(_ value: Int) {
        self.init(tag: UInt64(Core.int64), bits: UInt64(bitPattern: Int64(value)))
    }

    @inline(__always) init(_ value: Double) {
        self.init(tag: UInt64(Core.float64), bits: value.bitPattern)
    }

    @inline(__always) init(_ value: Bool) {
        self.init(tag: UInt64(Core.bool), bits: value ? 1 : 0)
    }

    @inline(__always) init(type: TypeID) {
        self.init(tag: Value.typeFlag | UInt64(type), bits: UInt64(type))
    }

    @inline(__always) init(immediate bits: UInt64, type: TypeID) {
        self.init(tag: UInt64(type), bits: bits)
    }

    @inline(__always) init(object: UnsafeMutablePointer<ObjectHeader>) {
        self.init(
            tag: Value.heapFlag | UInt64(object.pointee.type), bits: UInt64(UInt(bitPattern: UnsafeRawPointer(object))))
    }

    @inline(__always) var isHeap: Bool { tag & Value.heapFlag != 0 }
    @inline(__always) var isType: Bool { tag & Value.typeFlag != 0 }
    @inline(__always) var isUndefined: Bool { tag == 0 }
    @inline(__always) var isNothing: Bool { tag == UInt64(Core.nothing) }
    /// The concrete type of a value that is not a type.
    @inline(__always) var type: TypeID { TypeID(truncatingIfNeeded: tag) }
    @inline(__always) var int: Int { Int(truncatingIfNeeded: bits) }
    @inline(__always) var double: Double { Double(bitPattern: bits) }
    @inline(__always) var isInt: Bool { tag == UInt64(Core.int64) }
    @inline(__always) var isFloat: Bool { tag == UInt64(Core.float64) }
    @inline(__always) var isBool: Bool { tag == UInt64(Core.bool) }
    @inline(__always) var isString: Bool { tag == UInt64(Core.string) | Value.heapFlag }
    @inline(__always) var isSymbol: Bool { tag == UInt64(Core.symbol) }

    /// The object of a heap value; callers have looked at `isHeap`.
    @inline(__always) var object: UnsafeMutablePointer<ObjectHeader> {
        UnsafeMutablePointer(bitPattern: UInt(bits)).unsafelyUnwrapped
    }
}

/// Indices of the types that the machine itself knows, in the order in which `TypeTable` makes them.
enum Core {
    static let bottom: TypeID = 0
    static let any: TypeID = 1
    static let int64: TypeID = 2
    static let float64: TypeID = 3
    static let bool: TypeID = 4
    static let char: TypeID = 5
    static let string: TypeID = 6
    static let symbol: TypeID = 7
    static let nothing: TypeID = 8
    static let uint8: TypeID = 9
    static let int8: TypeID = 10
    static let int16: TypeID = 11
    static let uint16: TypeID = 12
    static let int32: TypeID = 13
    static let uint32: TypeID = 14
    static let uint64: TypeID = 15
    static let int128: TypeID = 16
    static let uint128: TypeID = 17
    static let float32: TypeID = 18
    static let float16: TypeID = 19
    static let bigInt: TypeID = 20
    static let dataType: TypeID = 21
    static let unionType: TypeID = 22
    static let unionAllType: TypeID = 23
    static let typeVariable: TypeID = 24
    static let module: TypeID = 25
    static let function: TypeID = 26
    static let number: TypeID = 27
    static let real: TypeID = 28
    static let integer: TypeID = 29
    static let signed: TypeID = 30
    static let unsigned: TypeID = 31
    static let abstractFloat: TypeID = 32
    static let abstractString: TypeID = 33
    static let abstractChar: TypeID = 34
    static let box: TypeID = 35
    static let slotRange: TypeID = 36

    /// Name, index of the supertype and size in bytes (0: abstract or without bits, −1: object) of each type above.
    static let table: [(name: String, parent: TypeID, size: Int)] = [
        ("Union{}", 1, 0), ("Any", 1, 0), ("Int64", 30, 8), ("Float64", 32, 8), ("Bool", 29, 1), ("Char", 34, 4),
        ("String", 33, -1), ("Symbol", 1, 8), ("Nothing", 1, 8), ("UInt8", 31, 1), ("Int8", 30, 1), ("Int16", 30, 2),
        ("UInt16", 31, 2), ("Int32", 30, 4), ("UInt32", 31, 4), ("UInt64", 31, 8), ("Int128", 30, -1),
        ("UInt128", 31, -1), ("Float32", 32, 4), ("Float16", 32, 2), ("BigInt", 30, -1), ("DataType", 1, 8),
        ("Union", 1, 8), ("UnionAll", 1, 8), ("TypeVar", 1, 8), ("Module", 1, 8), ("Function", 1, 0),
        ("Number", 1, 0), ("Real", 27, 0), ("Integer", 28, 0), ("Signed", 29, 0), ("Unsigned", 29, 0),
        ("AbstractFloat", 28, 0), ("AbstractString", 1, 0), ("AbstractChar", 1, 0), ("Box", 1, -1),
        ("SlotRange", 1, 8),
    ]

    /// Whether a type is one of the machine integers of at most 64 bits (`Bool` excluded).
    @inline(__always) static func isSmallInteger(_ type: TypeID) -> Bool {
        type == int64 || (type >= uint8 && type <= uint64)
    }

    static func isSignedInteger(_ type: TypeID) -> Bool {
        type == int64 || type == int8 || type == int16 || type == int32
    }

    /// Width in bits of a machine integer, `Bool` or `Char`.
    static func bitWidth(_ type: TypeID) -> Int {
        switch type {
        case int64, uint64, float64: 64
        case int32, uint32, float32, char: 32
        case int16, uint16, float16: 16
        case int128, uint128: 128
        default: 8
        }
    }
}
