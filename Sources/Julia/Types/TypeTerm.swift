/// The structure of a type; equal terms are one `TypeID`.
enum TypeTerm: Hashable {
    case bottom
    /// A declared type with its parameters; a tuple's parameters are its element types.
    case data(name: Int, parameters: [TypeID])
    /// Two or more members in ascending order.
    case union([TypeID])
    case unionAll(variable: Int, body: TypeID)
    case variable(Int)
    case vararg(TypeID, count: TypeID?)
    /// A value as parameter, such as the 3 in `Val{3}`; always an immediate.
    case value(tag: UInt64, bits: UInt64)
    /// A tuple of symbols as parameter, as in `NamedTuple{(:a, :b)}`.
    case symbols([Int])
}

/// A variable bound by `where`.
struct TypeVariable {
    var name: String
    var lower: TypeID
    var upper: TypeID
}

/// What a type declaration says, shared by all its instances.
final class TypeName {
    enum Kind { case abstract, structure, primitive, tuple, function }

    let index: Int
    let name: String
    var module = 0
    let kind: Kind
    var isMutable = false
    /// Variables of the declaration, in order.
    var parameters: [Int] = []
    /// Supertype, field names and types in terms of `parameters`.
    var supertype: TypeID = Core.any
    var fieldNames: [Int] = []
    var fieldTypes: [TypeID] = []
    /// The declaration applied to its own parameters, and the same bound by `where`.
    var instance: TypeID = 0
    var wrapper: TypeID = 0
    /// Bytes of an instance that is bits; −1 where instances are objects.
    var size = -1
    /// Methods called on an instance (functions, closures, callable structs).
    var methods: MethodTable?
    /// Methods called on the type itself.
    var constructors: MethodTable?
    /// The user gave instances their own `getproperty`, or `setproperty!`.
    var hasGetProperty = false
    var hasSetProperty = false

    init(index: Int, name: String, kind: Kind) {
        self.index = index
        self.name = name
        self.kind = kind
    }
}

/// What is known of one interned type.
struct TypeInfo {
    var term: TypeTerm
    /// Values can have exactly this type.
    var isConcrete: Bool
    /// A variable stands free in it.
    var hasFree: Bool
    /// Index of the declaration; −1 where there is none.
    var name: Int
    var supertype: TypeID?
    var fieldTypes: [TypeID]?
}
