/// A value that a format directive can take.
package enum PrintfArgument: Sendable, Hashable {
    case integer(BigInteger)
    case double(Double)
    case string([UInt8])
    /// A scalar value.
    case character(UInt32)
}

/// Why a format or its arguments were refused.
package enum PrintfError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The format string is not one; `position` is a 0-based byte offset.
    case invalidFormat(position: Int)
    /// The number of arguments is not what the format asks for.
    case argumentCount(expected: Int, given: Int)
    /// The argument cannot be written with this directive.
    case wrongType(directive: Character)
    /// Width or precision above `PrintfFormat.widthMax`.
    case tooWide(Int)

    package var description: String {
        switch self {
        case .invalidFormat(let position): "invalid format string at byte \(position)"
        case .argumentCount(let expected, let given):
            "mismatch between format directives (\(expected)) and arguments (\(given))"
        case .wrongType(let directive): "the argument does not fit the directive %\(directive)"
        case .tooWide(let width): "width or precision \(width) above \(PrintfFormat.widthMax)"
        }
    }
}

/// A format as `@printf` and `Printf.format` take it: `%[-+ 0#][width][.precision]` and one of `diufFeEgGxXocs%`.
package struct PrintfFormat: Sendable, Hashable {
    /// Largest width and precision.
    package static let widthMax = 65_536

    enum Amount: Sendable, Hashable {
        case none
        case fixed(Int)
        /// `*`: taken from the arguments.
        case argument
    }

    struct Directive: Sendable, Hashable {
        var isLeft = false
        var hasPlus = false
        var hasSpace = false
        var hasZero = false
        var isAlternate = false
        var width = Amount.none
        var precision = Amount.none
        var kind = UInt8(ascii: "s")
    }

    enum Piece: Sendable, Hashable {
        case text([UInt8])
        case directive(Directive)
    }

    private(set) var pieces: [Piece] = []

    /// How many arguments the format takes.
    package var argumentCount: Int {
        pieces.reduce(0) { count, piece in
            guard case .directive(let directive) = piece else { return count }
            return count + 1 + (directive.width == .argument ? 1 : 0) + (directive.precision == .argument ? 1 : 0)
        }
    }

    /// Reads a format string.
    package init(_ format: [UInt8]) throws(PrintfError) {
        var text: [UInt8] = []
        var index = 0
        while index < format.count {
            guard format[index] == UInt8(ascii: "%") else {
                text.append(format[index])
                index += 1
                continue
            }
            index += 1
            if index < format.count, format[index] == UInt8(ascii: "%") {
                text.append(UInt8(ascii: "%"))
                index += 1
                continue
            }
            if !text.isEmpty { pieces.append(.text(text)) }
            text = []
            pieces.append(.directive(try Self.directive(format, &index)))
        }
        if !text.isEmpty { pieces.append(.text(text)) }
    }

    private static func directive(_ format: [UInt8], _ index: inout Int) throws(PrintfError) -> Directive {
        var result = Directive()
        flags: while index < format.count {
            switch format[index] {
            case UInt8(ascii: "-"): result.isLeft = true
            case UInt8(ascii: "+"): result.hasPlus = true
            case UInt8(ascii: " "): result.hasSpace = true
            case UInt8(ascii: "0"): result.hasZero = true
            case UInt8(ascii: "#"): result.isAlternate = true
            default: break flags
            }
            index += 1
        }
        result.width = try amount(format, &index)
        if index < format.count, format[index] == UInt8(ascii: ".") {
            index += 1
            result.precision = try amount(format, &index)
            if result.precision == .none { result.precision = .fixed(0) }
        }
        while index < format.count, "hlLqjzt".utf8.contains(format[index]) { index += 1 }
        guard index < format.count, "diufFeEgGxXocs".utf8.contains(format[index]) else {
            throw .invalidFormat(position: index)
        }
        result.kind = format[index]
        index += 1
        return result
    }

    private static func amount(_ format: [UInt8], _ index: inout Int) throws(PrintfError) -> Amount {
        if index < format.count, format[index] == UInt8(ascii: "*") {
            index += 1
            return .argument
        }
        var value: Int?
        while index < format.count, format[index] >= 48, format[index] <= 57 {
            let next = (value ?? 0) * 10 + Int(format[index]) - 48
            guard next <= widthMax else { throw .tooWide(next) }
            value = next
            index += 1
        }
        return value.map { .fixed($0) } ?? .none
    }
}
