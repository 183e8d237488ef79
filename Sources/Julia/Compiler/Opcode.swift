/// What an instruction does. `a` is where the result goes unless said otherwise; every operand that is not explained is a register.
enum Opcode: UInt16, CaseIterable {
    /// Removed before code runs.
    case nothing
    /// `a` = `b`.
    case move
    /// `a` = constant `immediate`.
    case constant
    /// `a` = the integer `immediate`.
    case smallInteger
    /// `a` becomes undefined.
    case undefine
    /// `a` = global `immediate`; `setGlobal` stores `a`.
    case getGlobal, setGlobal
    /// Throws when variable `a` (symbol `immediate`) is not defined.
    case checkDefined
    /// `a` = new box; `boxArgument` puts `a` into one; `getBox`: `a` = content of `b`; `setBox`: content of `a` = `b`.
    case newBox, boxArgument, getBox, setBox
    /// `a` = field `immediate` of the closure that runs.
    case getCapture
    /// `a` = static parameter `immediate`.
    case staticParameter

    /// `a` = `b` op `c`, for machine numbers; other operands call the generic function.
    case add, subtract, multiply, divide, integerDivide, remainder, modulo, bitAnd, bitOr, bitXor, shiftLeft, shiftRight
    case less, lessEqual, greater, greaterEqual, equal, notEqual
    /// As above, with the following `jumpFalse` on `a` done at once.
    case lessJump, lessEqualJump, greaterJump, greaterEqualJump, equalJump, notEqualJump
    /// `a` = `b` + `immediate`.
    case addSmall
    /// As `equal` for identity.
    case identical

    /// Continue at `immediate`; `cost0` pays for its block.
    case jump
    /// Continue at `immediate` when `a` is false (`cost0`), else with the next (`cost1`).
    case jumpFalse
    /// Pays `cost0` for the block that begins here.
    case charge

    /// `a` = call of register `b` with the `c` arguments behind it.
    case call
    /// As `call`; the first argument is the named tuple of keywords.
    case callKeyword
    /// As `call`; bits of constant `immediate` say which arguments are tuples to be spread. `callKeywordSplat` as both.
    case callSplat, callKeywordSplat
    /// `a` = native function `immediate` of the `c` registers from `b`.
    case callBuiltin
    /// Returns `a`.
    case giveBack

    /// `a` = tuple of the `c` registers from `b`.
    case makeTuple
    /// `a` = instance of type `b` with the `c` registers behind `b` as fields.
    case makeNew
    /// `a` = closure of template `immediate` with the `c` registers from `b`.
    case makeClosure
    /// Continue at `immediate` when closure template `c` has its methods already.
    case closureReady

    /// `a` = `b`.symbol(`immediate`); `setField`: `a`.symbol(`immediate`) = `b`.
    case getField, setField
    /// `a` = `b`[`c`], `b`[`c`, `c`+1]; `setIndex1`: `a`[`b`] = `c`; `setIndex2`: `a`[`b`, `b`+1] = `c`.
    case index1, index2, setIndex1, setIndex2

    /// `a` = range `b`:`c`, unboxed when both are `Int64`; its first state goes to `a`+1.
    case loopRange
    /// `a` = first element of `b`, state to `c`, skipping the next instruction; at the end continue at `immediate`.
    case iterateFirst
    /// Takes apart the tuple in `a` that `iterate` gave; `nothing`: continue at `immediate`.
    case unpackOrLeave
    /// As `iterateFirst` for the following element: continue at `immediate` with it, else skip the next instruction.
    case iterateNext
    /// Takes apart the tuple in `a`, state to `c`, and continues at `immediate`; `nothing`: go on.
    case unpackAndLoop

    /// Exceptions continue at `immediate` with the exception in `a`.
    case pushHandler
    case popHandler
    /// Throws `a` again.
    case rethrow
    /// Method of `a` with signature `b`; `c`: keyword flag; template `immediate`.
    case defineMethod

    /// Base functions with an instruction, by name, for two operands.
    static let operators: [String: Opcode] = [
        "+": .add, "-": .subtract, "*": .multiply, "/": .divide, "÷": .integerDivide, "div": .integerDivide,
        "%": .remainder, "rem": .remainder, "mod": .modulo, "&": .bitAnd, "|": .bitOr, "⊻": .bitXor, "xor": .bitXor,
        "<<": .shiftLeft, ">>": .shiftRight, "<": .less, "<=": .lessEqual, "≤": .lessEqual, ">": .greater,
        ">=": .greaterEqual, "≥": .greaterEqual, "==": .equal, "!=": .notEqual, "≠": .notEqual,
    ]

    /// The generic function behind an instruction.
    static let genericNames: [(Opcode, String)] = [
        (.add, "+"), (.subtract, "-"), (.multiply, "*"), (.divide, "/"), (.integerDivide, "div"), (.remainder, "rem"),
        (.modulo, "mod"), (.bitAnd, "&"), (.bitOr, "|"), (.bitXor, "xor"), (.shiftLeft, "<<"), (.shiftRight, ">>"),
        (.less, "<"), (.lessEqual, "<="), (.greater, ">"), (.greaterEqual, ">="), (.equal, "=="), (.notEqual, "!="),
        (.lessJump, "<"), (.lessEqualJump, "<="), (.greaterJump, ">"), (.greaterEqualJump, ">="), (.equalJump, "=="),
        (.notEqualJump, "!="), (.addSmall, "+"), (.getField, "getproperty"), (.setField, "setproperty!"),
        (.index1, "getindex"), (.index2, "getindex"), (.setIndex1, "setindex!"), (.setIndex2, "setindex!"),
        (.loopRange, ":"), (.iterateFirst, "iterate"), (.iterateNext, "iterate"), (.makeNew, "__new_convert"),
    ]

    /// The form that takes the following conditional jump with it.
    var fused: Opcode? {
        switch self {
        case .less: .lessJump
        case .lessEqual: .lessEqualJump
        case .greater: .greaterJump
        case .greaterEqual: .greaterEqualJump
        case .equal: .equalJump
        case .notEqual: .notEqualJump
        default: nil
        }
    }

    /// Units of fuel.
    var price: UInt16 {
        switch self {
        case .nothing, .charge: 0
        case .call: 5
        case .callKeyword, .callSplat, .callKeywordSplat: 12
        case .callBuiltin: 4
        case .makeTuple, .makeNew, .makeClosure, .newBox, .boxArgument: 6
        case .defineMethod: 50
        case .divide, .integerDivide, .remainder, .modulo, .index1, .index2, .setIndex1, .setIndex2, .getField,
            .setField,
            .iterateFirst, .iterateNext, .pushHandler, .popHandler, .rethrow:
            2
        default: 1
        }
    }

    /// Whether `immediate` is a place in the code.
    var isJump: Bool {
        switch self {
        case .jump, .jumpFalse, .closureReady, .iterateFirst, .unpackOrLeave, .iterateNext, .unpackAndLoop,
            .pushHandler:
            true
        default: false
        }
    }

    /// Whether the next instruction begins a block of its own.
    var endsBlock: Bool { isJump && self != .pushHandler || self == .giveBack || self == .rethrow }
}
