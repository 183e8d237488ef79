extension BuiltinTable {
    static let textFunctions: [Builtin] = [
        Builtin("__float_string") { m, a, _ throws(Unwind) in
            switch a[0].type {
            case Core.float64: try m.newString(FloatText.text(a[0].double))
            case Core.float32: try m.newString(FloatText.text(Float(bitPattern: UInt32(truncatingIfNeeded: a[0].bits))))
            default: try m.newString(FloatText.text(Float16(bitPattern: UInt16(truncatingIfNeeded: a[0].bits))))
            }
        },
        Builtin("__float_shown") { m, a, _ throws(Unwind) in
            switch a[0].type {
            case Core.float64: try m.newString(FloatText.text(a[0].double))
            case Core.float32:
                try m.newString(FloatText.shown(Float(bitPattern: UInt32(truncatingIfNeeded: a[0].bits))))
            default: try m.newString(FloatText.shown(Float16(bitPattern: UInt16(truncatingIfNeeded: a[0].bits))))
            }
        },
        Builtin("__int_string") { m, a, _ throws(Unwind) in
            let radix = try m.int(a[1])
            guard radix >= 2, radix <= 36 else { throw m.argumentError("base must be 2 ≤ base ≤ 36, got \(radix)") }
            if a[0].isHeap {
                let big = try m.big(a[0])
                try m.charge(big.limbCount * big.limbCount + 10)
                return try m.newString(big.text(radix: radix))
            }
            let isSigned = Core.isSignedInteger(a[0].type)
            return try m.newString(isSigned ? String(a[0].int, radix: radix) : String(a[0].bits, radix: radix))
        },
        Builtin("__quote") { m, a, _ throws(Unwind) in
            let bytes = Array(try m.bytes(a[0]))
            try m.charge(bytes.count)
            return try m.newString(QuotedText.string(bytes))
        },
        Builtin("__escape") { m, a, _ throws(Unwind) in try m.newString(QuotedText.escaped(Array(try m.bytes(a[0])))) },
        Builtin("__quote_char") { m, a, _ throws(Unwind) in
            try m.newString(QuotedText.character(UInt32(truncatingIfNeeded: a[0].bits)))
        },
        Builtin("__parse_int") { m, a, _ throws(Unwind) in
            let bytes = Array(try m.bytes(a[0]))
            try m.charge(bytes.count)
            let base = a[1].isNothing ? nil : try m.int(a[1])
            do throws(NumberParsingError) {
                return Value(
                    immediate: UInt64(bitPattern: Int64(try NumberParsing.integer(bytes, as: Int.self, base: base))),
                    type: Core.int64)
            } catch {
                return try m.newString(error.description)
            }
        },
        Builtin("__parse_big") { m, a, _ throws(Unwind) in
            let bytes = Array(try m.bytes(a[0]))
            try m.charge(bytes.count * bytes.count / 64 + bytes.count)
            let parsed: BigInteger
            do throws(NumberParsingError) {
                parsed = try NumberParsing.bigInteger(bytes, base: a[1].isNothing ? nil : a[1].int)
            } catch {
                return try m.newString(error.description)
            }
            return try m.newBig(parsed)
        },
        Builtin("__parse_float") { m, a, _ throws(Unwind) in
            let bytes = Array(try m.bytes(a[0]))
            try m.charge(bytes.count * 4)
            do throws(NumberParsingError) {
                return Value(try NumberParsing.double(bytes))
            } catch {
                return try m.newString(error.description)
            }
        },
        Builtin("__printf") { m, a, count throws(Unwind) in
            let text = try m.formatted(a, count)
            try m.charge(text.count)
            guard m.output.count + text.count <= m.limits.outputBytes else { throw m.stop(.outputLimit) }
            m.output += text
            return .nothing
        },
        Builtin("__sprintf") { m, a, count throws(Unwind) in try m.newString(try m.formatted(a, count)) },
        Builtin("__uppercase") { m, a, _ throws(Unwind) in
            Value(immediate: UInt64(CharacterClass.uppercase(UInt32(truncatingIfNeeded: a[0].bits))), type: Core.char)
        },
        Builtin("__lowercase") { m, a, _ throws(Unwind) in
            Value(immediate: UInt64(CharacterClass.lowercase(UInt32(truncatingIfNeeded: a[0].bits))), type: Core.char)
        },
        Builtin("__char_class") { m, a, _ throws(Unwind) in
            // 1 letter, 2 digit, 4 upper case, 8 lower case, 16 space, 32 punctuation, 64 printable, 128 other number
            Value(CharacterClass.classes(UInt32(truncatingIfNeeded: a[0].bits)))
        },
    ]
}

/// Properties of characters, from the Unicode tables that Swift carries.
enum CharacterClass {
    static func uppercase(_ value: UInt32) -> UInt32 {
        guard let scalar = Unicode.Scalar(value) else { return value }
        let mapped = scalar.properties.uppercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first?.value ?? value : value
    }

    static func lowercase(_ value: UInt32) -> UInt32 {
        guard let scalar = Unicode.Scalar(value) else { return value }
        let mapped = scalar.properties.lowercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first?.value ?? value : value
    }

    static func classes(_ value: UInt32) -> Int {
        guard let scalar = Unicode.Scalar(value) else { return 0 }
        var result = value >= 48 && value <= 57 ? 2 : 0
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: result |= 5
        case .lowercaseLetter: result |= 9
        case .otherLetter, .modifierLetter: result |= 1
        case .decimalNumber, .letterNumber, .otherNumber: result |= 128
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            result |= 32
        default: break
        }
        if scalar.properties.isUppercase { result |= 4 }
        if scalar.properties.isLowercase { result |= 8 }
        if value == 32 || (value >= 9 && value <= 13) || value == 0x85 || value == 0xA0
            || scalar.properties.generalCategory == .spaceSeparator
        {
            result |= 16
        }
        if QuotedText.isPrintable(value) { result |= 64 }
        return result
    }
}

extension Machine {
    func formatted(_ a: UnsafeMutablePointer<Value>, _ count: Int) throws(Unwind) -> [UInt8] {
        let format = Array(try bytes(a[0]))
        try charge(format.count * 4)
        var arguments: [PrintfArgument] = []
        for index in 1..<max(count, 1) { arguments.append(try formatArgument(a[index])) }
        do throws(PrintfError) {
            return try PrintfFormat(format).text(arguments)
        } catch {
            throw argumentError(error.description)
        }
    }

    private func formatArgument(_ value: Value) throws(Unwind) -> PrintfArgument {
        if value.isString { return .string(Array(try bytes(value))) }
        if value.tag == UInt64(Core.char) { return .character(UInt32(truncatingIfNeeded: value.bits)) }
        if value.isFloat { return .double(value.double) }
        if value.type == Core.float32 {
            return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: value.bits))))
        }
        if value.isSymbol { return .string(Array(symbols.names[value.int].utf8)) }
        if value.isHeap, value.object.pointee.kind == .wide || value.object.pointee.kind == .bigInteger {
            return .integer(try big(value))
        }
        if Core.isSmallInteger(value.type) || value.isBool {
            return .integer(Core.isSignedInteger(value.type) ? BigInteger(value.int) : BigInteger(value.bits))
        }
        let shown = try call(globals[resolve("string", in: 0)], [value])
        return .string(Array(try bytes(shown)))
    }
}
