extension BuiltinTable {
    /// Regular expressions. A compiled one is known to a program by its number.
    static let regexFunctions: [Builtin] = [
        Builtin("__regex_compile") { m, a, _ throws(Unwind) in
            let (pattern, flags) = (Array(try m.bytes(a[0])), try m.text(a[1]))
            try m.charge(100 + 10 * pattern.count)
            let regex: RegularExpression
            do throws(RegexSyntaxError) {
                regex = try RegularExpression(pattern, flags: flags)
            } catch {
                throw m.errorException(error.description)
            }
            try m.charge(regex.instructionCount)
            m.regexes.append(regex)
            return Value(m.regexes.count)
        },
        Builtin("__regex_match") { m, a, _ throws(Unwind) in
            // Byte offsets from 0 of the match and its groups, start and end each, -1 where a group took no part.
            let regex = try m.regex(a[0])
            let (subject, start) = (Array(try m.bytes(a[1])), try m.int(a[2]) - 1)
            try m.charge(10 + subject.count >> 3)
            // A step takes about as long as this many units.
            let price = 8
            let budget = max(0, m.hot.pointee.fuel) / price
            var steps = budget
            let outcome = regex.match(subject, from: start, anchored: a[3].bits & 1 == 1, steps: &steps)
            guard outcome != .budgetExhausted else { throw m.stop(.fuelExhausted) }
            try m.charge((budget - steps) * price)
            guard case .match(let groups) = outcome else { return .nothing }
            return try m.newTuple(groups.flatMap { [Value($0?.lowerBound ?? -1), Value($0?.upperBound ?? -1)] })
        },
        Builtin("__regex_groups") { m, a, _ throws(Unwind) in Value(try m.regex(a[0]).groupCount) },
        Builtin("__regex_group") { m, a, _ throws(Unwind) in
            // Number of the group with a name; 0 where there is none.
            let name = try m.text(a[1])
            return Value(try m.regex(a[0]).groupNames.first { $0.name == name }?.group ?? 0)
        },
        Builtin("__regex_name") { m, a, _ throws(Unwind) in
            // Name of the group with a number; empty where it has none.
            let group = try m.int(a[1])
            return try m.newString(try m.regex(a[0]).groupNames.first { $0.group == group }?.name ?? "")
        },
    ]

    /// Ranges of floats in twice the precision, and the state that a seed gives.
    static let rangeFunctions: [Builtin] = [
        Builtin("__range_step") { m, a, _ throws(Unwind) in
            try m.rangeParts(
                FloatRange(
                    from: a[0].double, by: a[1].double, through: a[2].double, isSingle: a[3].bits & 1 == 1))
        },
        Builtin("__range_count") { m, a, _ throws(Unwind) in
            try m.rangeParts(FloatRange(from: a[0].double, by: a[1].double, count: max(0, try m.int(a[2]))))
        },
        Builtin("__range_length") { m, a, _ throws(Unwind) in
            try m.rangeParts(FloatRange(from: a[0].double, through: a[1].double, count: try m.int(a[2])))
        },
        Builtin("__seed_state") { m, a, _ throws(Unwind) in
            let state = Xoshiro256(seed: UInt64(bitPattern: Int64(try m.int(a[0])))).state
            return try m.newTuple(state.map { Value(immediate: $0, type: Core.uint64) })
        },
        Builtin("__random_below") { m, a, _ throws(Unwind) in
            // High and low word of a product of two unsigned numbers.
            let product = a[0].bits.multipliedFullWidth(by: a[1].bits)
            return try m.newTuple([product.high, product.low].map { Value(immediate: $0, type: Core.uint64) })
        },
    ]
}

extension Machine {
    func regex(_ value: Value) throws(Unwind) -> RegularExpression {
        let index = try int(value) - 1
        guard index >= 0, index < regexes.count else { throw argumentError("no such regular expression") }
        return regexes[index]
    }

    func rangeParts(_ range: FloatRange?) throws(Unwind) -> Value {
        guard let range else { return .nothing }
        let floats = [range.referenceHigh, range.referenceLow, range.stepHigh, range.stepLow].map { Value($0) }
        return try newTuple(floats + [Value(range.count), Value(range.offset)])
    }
}
