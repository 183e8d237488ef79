extension PrintfFormat {
    /// The text for these arguments.
    package func text(_ arguments: [PrintfArgument]) throws(PrintfError) -> [UInt8] {
        guard arguments.count == argumentCount else {
            throw .argumentCount(expected: argumentCount, given: arguments.count)
        }
        var rest = arguments[...]
        var result: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .directive(var directive):
                try resolve(&directive, &rest)
                guard let argument = rest.popFirst() else { break }
                result += try directive.text(argument)
            }
        }
        return result
    }

    private func resolve(_ directive: inout Directive, _ rest: inout ArraySlice<PrintfArgument>) throws(PrintfError) {
        if directive.width == .argument {
            let width = try amount(rest.popFirst())
            directive.isLeft = directive.isLeft || width < 0
            directive.width = .fixed(abs(width))
        }
        if directive.precision == .argument {
            let precision = try amount(rest.popFirst())
            directive.precision = precision < 0 ? .none : .fixed(precision)
        }
    }

    private func amount(_ argument: PrintfArgument?) throws(PrintfError) -> Int {
        guard case .integer(let value)? = argument, let amount = value.exactly(Int.self) else {
            throw .wrongType(directive: "*")
        }
        guard abs(max(amount, -Int.max)) <= Self.widthMax else { throw .tooWide(amount) }
        return amount
    }
}

extension PrintfFormat.Directive {
    private var widthValue: Int { if case .fixed(let value) = width { value } else { 0 } }
    private var precisionValue: Int? { if case .fixed(let value) = precision { value } else { nil } }
    private var letter: Character { Character(Unicode.Scalar(kind)) }
    private var isUpper: Bool { kind < 97 }

    func text(_ argument: PrintfArgument) throws(PrintfError) -> [UInt8] {
        switch letter {
        case "s": return string(argument)
        case "c":
            switch argument {
            case .character(let value): return padded("", StringEscapes.encoded(value), zeros: false)
            case .integer(let value):
                guard let scalar = value.exactly(UInt32.self), Unicode.Scalar(scalar) != nil else {
                    throw .wrongType(directive: letter)
                }
                return padded("", StringEscapes.encoded(scalar), zeros: false)
            default: throw .wrongType(directive: letter)
            }
        case "d", "i", "u", "x", "X", "o": return try integer(argument)
        default: return try float(argument)
        }
    }

    private func string(_ argument: PrintfArgument) -> [UInt8] {
        var bytes: [UInt8]
        switch argument {
        case .string(let value): bytes = value
        case .character(let value): bytes = StringEscapes.encoded(value)
        case .integer(let value): bytes = Array(value.description.utf8)
        case .double(let value): bytes = Array(FloatText.text(value).utf8)
        }
        if let limit = precisionValue {
            var (end, count) = (0, 0)
            while end < bytes.count, count < limit {
                end += UTF8Text.decode(bytes, at: end).length
                count += 1
            }
            bytes = Array(bytes[..<end])
        }
        return padded("", bytes, zeros: false)
    }

    private func integer(_ argument: PrintfArgument) throws(PrintfError) -> [UInt8] {
        let value: BigInteger
        switch argument {
        case .integer(let integer): value = integer
        case .double(let double):
            guard let whole = BigInteger(exactly: double) else {
                guard double.isFinite, !"xXo".contains(letter) else { return try float(argument) }
                return padded(sign(double < 0), Array(ExactDecimal.fixed(double, fraction: 0).utf8), zeros: hasZero)
            }
            value = whole
        case .character(let scalar): value = BigInteger(scalar)
        case .string: throw .wrongType(directive: letter)
        }
        let radix = letter == "o" ? 8 : letter == "x" || letter == "X" ? 16 : 10
        var digits = value.absolute.text(radix: radix)
        if isUpper { digits = digits.uppercased() }
        if let precision = precisionValue {
            digits = String(repeating: "0", count: max(0, precision - digits.utf8.count)) + digits
        }
        var prefix = sign(value.isNegative)
        if isAlternate { prefix += radix == 16 ? "0" + String(letter) : radix == 8 ? "0" : "" }
        return padded(prefix, Array(digits.utf8), zeros: hasZero && precisionValue == nil)
    }

    private func sign(_ isNegative: Bool) -> String { isNegative ? "-" : hasPlus ? "+" : hasSpace ? " " : "" }

    private func float(_ argument: PrintfArgument) throws(PrintfError) -> [UInt8] {
        let value: Double
        switch argument {
        case .double(let double): value = double
        case .integer(let integer): value = integer.double
        default: throw .wrongType(directive: letter)
        }
        if !value.isFinite {
            let name = value.isNaN ? "NaN" : "Inf"
            return padded(value.isNaN ? "" : sign(value < 0), Array(name.utf8), zeros: false)
        }
        let precision = precisionValue ?? 6
        let body: String
        switch letter {
        case "f", "F":
            body = ExactDecimal.fixed(value, fraction: precision) + (precision == 0 && isAlternate ? "." : "")
        case "e", "E": body = scientific(value, precision)
        default: body = general(value, max(precision, 1))
        }
        return padded(sign(value.sign == .minus), Array(body.utf8), zeros: hasZero)
    }

    private func scientific(_ value: Double, _ fraction: Int, trimsZeros: Bool = false) -> String {
        let (digits, exponent) = ExactDecimal.scientific(value, fraction: fraction)
        var tail = digits.dropFirst()
        if trimsZeros { while tail.last == "0" { tail.removeLast() } }
        let point = tail.isEmpty ? (isAlternate ? "." : "") : "."
        let magnitude = String(abs(exponent))
        let padding = magnitude.utf8.count < 2 ? "0" : ""
        return
            "\(digits.prefix(1))\(point)\(tail)\(isUpper ? "E" : "e")\(exponent < 0 ? "-" : "+")\(padding)\(magnitude)"
    }

    /// C's rule for `%g`: fixed notation for exponents from -4 to below the precision, without trailing zeros.
    private func general(_ value: Double, _ precision: Int) -> String {
        let exponent = ExactDecimal.scientific(value, fraction: precision - 1).exponent
        guard exponent >= -4, exponent < precision else {
            return scientific(value, precision - 1, trimsZeros: !isAlternate)
        }
        var text = ExactDecimal.fixed(value, fraction: precision - 1 - exponent)
        guard !isAlternate, text.contains(".") else { return text }
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    private func padded(_ prefix: String, _ body: [UInt8], zeros: Bool) -> [UInt8] {
        let missing = max(0, widthValue - prefix.utf8.count - UTF8Text.characterCount(body))
        if isLeft { return Array(prefix.utf8) + body + [UInt8](repeating: 32, count: missing) }
        if zeros { return Array(prefix.utf8) + [UInt8](repeating: 48, count: missing) + body }
        return [UInt8](repeating: 32, count: missing) + Array(prefix.utf8) + body
    }
}
