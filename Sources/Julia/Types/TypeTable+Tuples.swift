extension TypeTable {
    private struct Elements {
        var fixed: ArraySlice<TypeID>
        var rest: TypeID?
        var count: TypeID?
    }

    private func split(_ parameters: [TypeID]) -> Elements {
        if let last = parameters.last, case .vararg(let element, let count) = term(last) {
            return Elements(fixed: parameters.dropLast(), rest: element, count: count)
        }
        return Elements(fixed: parameters[...], rest: nil, count: nil)
    }

    /// Tuples are covariant; a trailing `Vararg` stands for any number of elements, or for a counted one.
    func isTupleSubtype(
        _ left: [TypeID], _ right: [TypeID], _ environment: inout [TypeBinding], _ invariant: Bool
    ) -> Bool {
        let first = split(left)
        let second = split(right)
        guard
            first.fixed.count >= second.fixed.count
                || (first.rest != nil && first.count == nil && second.rest != nil
                    && first.fixed.count >= second.fixed.count)
        else { return false }
        for (one, other) in zip(first.fixed, second.fixed)
        where !isElement(one, other, &environment, invariant) {
            return false
        }
        let extra = first.fixed.dropFirst(second.fixed.count)
        guard let rest = second.rest else { return extra.isEmpty && first.rest == nil }
        for element in extra where !isElement(element, rest, &environment, invariant) { return false }
        if let remaining = first.rest {
            guard isElement(remaining, rest, &environment, invariant) else { return false }
            guard let wanted = second.count else { return true }
            return first.count.map { isSubtype($0, wanted, &environment, invariant: true) } ?? false
        }
        guard let wanted = second.count else { return true }
        return isSubtype(valueType(Value(extra.count)), wanted, &environment, invariant: true)
    }

    private func isElement(
        _ left: TypeID, _ right: TypeID, _ environment: inout [TypeBinding], _ invariant: Bool
    ) -> Bool {
        guard invariant else { return isSubtype(left, right, &environment, invariant: false) }
        return (left == right && !hasFree(left)) || isSubtype(left, right, &environment, invariant: true)
    }
}
