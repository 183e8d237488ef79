/// What is known of a variable while two types are compared.
struct TypeBinding {
    var variable: Int
    var lower: TypeID
    var upper: TypeID
    /// Chosen by us (a `where` on the right) rather than given (a `where` on the left).
    var isChosen: Bool
    var covariantUses = 0
    var invariantUses = 0
}

/// Subtyping after "Julia Subtyping: a Rational Reconstruction" (Zappa Nardelli et al., 2018): variables bound on the right
/// are chosen by narrowing bounds, those on the left are rigid, and a chosen variable used only covariantly more than
/// once must be concrete (the diagonal rule).
extension TypeTable {
    func isSubtype(_ left: TypeID, _ right: TypeID) -> Bool {
        if left == right || right == Core.any { return true }
        let key = UInt64(left) << 32 | UInt64(right)
        if let known = subtypeCache[key] { return known }
        var environment: [TypeBinding] = []
        let result = isSubtype(left, right, &environment, invariant: false)
        // A free variable's bounds, or a declaration's supertype, may still be unset while a struct is being made.
        if !hasFree(left) && !hasFree(right) { subtypeCache[key] = result }
        return result
    }

    func isEqual(_ left: TypeID, _ right: TypeID) -> Bool {
        left == right || (isSubtype(left, right) && isSubtype(right, left))
    }

    /// Whether a tuple of concrete argument types fits a signature; gives the values of the signature's variables.
    func match(_ arguments: TypeID, _ signature: TypeID, _ variables: [Int]) -> [TypeID]? {
        var environment = variables.map {
            TypeBinding(
                variable: $0, lower: self.variables[$0].lower, upper: self.variables[$0].upper, isChosen: true)
        }
        guard isSubtype(arguments, signature, &environment, invariant: false),
            environment.allSatisfy({ isDiagonalSound($0) })
        else { return nil }
        return environment.map { binding in
            if binding.lower != Core.bottom || binding.invariantUses > 0 { return binding.lower }
            return intern(.variable(binding.variable))
        }
    }

    func isDiagonalSound(_ binding: TypeBinding) -> Bool {
        guard binding.covariantUses > 1, binding.invariantUses == 0 else { return true }
        if binding.lower == Core.bottom { return true }
        if case .variable = term(binding.lower) { return true }
        if case .data(let name, _) = term(binding.lower), name == typeOfTypes { return true }
        return isConcrete(binding.lower)
    }

    func isSubtype(
        _ left: TypeID, _ right: TypeID, _ environment: inout [TypeBinding], invariant: Bool
    ) -> Bool {
        if left == right && !hasFree(left) { return true }
        if left == Core.bottom && !invariant { if case .value = term(right) { return false } else { return true } }
        switch (term(left), term(right)) {
        case (.union(let members), _):
            return members.allSatisfy { isSubtype($0, right, &environment, invariant: invariant) }
        case (.variable(let first), .variable(let second)) where first == second: return true
        case (.variable(let first), .variable(let second))
        where isChosen(first, environment) && !isChosen(second, environment):
            return isAbove(first, right, &environment, invariant)
        case (_, .variable(let variable)):
            return isBelow(left, variable, right, &environment, invariant)
        case (.variable(let variable), _):
            return isAbove(variable, right, &environment, invariant)
        case (_, .data(let name, _)) where infos[Int(right)].name == infos[Int(Core.any)].name && name >= 0:
            return !isParameterOnly(left)
        case (_, .union(let members)):
            return matchesAny(left, members, &environment, invariant)
        case (.unionAll(let variable, let body), _):
            environment.append(
                TypeBinding(
                    variable: variable, lower: variables[variable].lower, upper: variables[variable].upper,
                    isChosen: false))
            defer { environment.removeLast() }
            return isSubtype(body, right, &environment, invariant: invariant)
        case (_, .unionAll(let variable, let body)):
            return isInstance(left, variable, body, &environment, invariant)
        case (.data(let name, let parameters), .data(let other, let others)):
            return isDataSubtype(left, (name, parameters), right, (other, others), &environment, invariant)
        default: return left == right
        }
    }

    private func isChosen(_ variable: Int, _ environment: [TypeBinding]) -> Bool {
        environment.last { $0.variable == variable }?.isChosen ?? false
    }

    private func isParameterOnly(_ type: TypeID) -> Bool {
        switch term(type) {
        case .value, .symbols: true
        default: false
        }
    }

    private func matchesAny(
        _ left: TypeID, _ members: [TypeID], _ environment: inout [TypeBinding], _ invariant: Bool
    ) -> Bool {
        if case .unionAll = term(left), members.contains(left) { return true }
        for member in members {
            let saved = environment
            if isSubtype(left, member, &environment, invariant: invariant) { return true }
            environment = saved
        }
        return false
    }

    private func isInstance(
        _ left: TypeID, _ variable: Int, _ body: TypeID, _ environment: inout [TypeBinding], _ invariant: Bool
    ) -> Bool {
        let known = variables[variable]
        environment.append(
            TypeBinding(variable: variable, lower: known.lower, upper: known.upper, isChosen: true))
        let depth = environment.count
        let result = isSubtype(left, body, &environment, invariant: invariant)
        let sound = environment.count >= depth && isDiagonalSound(environment[depth - 1])
        environment.removeLast(environment.count - depth + 1)
        return result && sound
    }

    /// `left <: variable`.
    private func isBelow(
        _ left: TypeID, _ variable: Int, _ right: TypeID, _ environment: inout [TypeBinding], _ invariant: Bool
    ) -> Bool {
        guard let place = environment.lastIndex(where: { $0.variable == variable }) else {
            return left == right
                || (variables[variable].lower != Core.bottom && isSubtype(left, variables[variable].lower))
        }
        let binding = environment[place]
        guard binding.isChosen else {
            return binding.lower != Core.bottom
                && isSubtype(left, binding.lower, &environment, invariant: false)
        }
        if isParameterOnly(left) || isParameterOnly(binding.lower) {
            guard binding.lower == Core.bottom || binding.lower == left else { return false }
            if binding.upper != Core.any && binding.upper != left { return false }
        } else {
            var upperOK = binding.upper == Core.any
            if !upperOK { upperOK = isSubtype(left, binding.upper, &environment, invariant: false) }
            guard upperOK, place < environment.count else { return false }
        }
        environment[place].lower = binding.lower == Core.bottom ? left : join(binding.lower, left)
        environment[place].covariantUses += invariant ? 0 : 1
        environment[place].invariantUses += invariant ? 1 : 0
        return true
    }

    private func join(_ first: TypeID, _ second: TypeID) -> TypeID {
        if first == second || isSubtype(second, first) { return first }
        return isSubtype(first, second) ? second : union([first, second])
    }

    /// `variable <: right`.
    private func isAbove(
        _ variable: Int, _ right: TypeID, _ environment: inout [TypeBinding], _ invariant: Bool
    ) -> Bool {
        guard let place = environment.lastIndex(where: { $0.variable == variable }) else {
            if case .union(let members) = term(right), members.contains(intern(.variable(variable))) { return true }
            return isSubtype(variables[variable].upper, right, &environment, invariant: false)
        }
        let binding = environment[place]
        if case .unionAll(let inner, let body) = term(right), !binding.isChosen {
            let saved = environment
            if isSubtype(binding.upper, right, &environment, invariant: false) { return true }
            environment = saved
            return isInstance(intern(.variable(variable)), inner, body, &environment, invariant)
        }
        guard binding.isChosen else {
            if isParameterOnly(right) { return false }
            return isSubtype(binding.upper, right, &environment, invariant: false)
        }
        guard binding.lower == right || isSubtype(binding.lower, right, &environment, invariant: false) else {
            return false
        }
        if binding.upper == Core.any || isSubtype(right, binding.upper) { environment[place].upper = right }
        return true
    }

    private typealias Data = (name: Int, parameters: [TypeID])

    private func isDataSubtype(
        _ left: TypeID, _ first: Data, _ right: TypeID, _ second: Data, _ environment: inout [TypeBinding],
        _ invariant: Bool
    ) -> Bool {
        if first.name == second.name {
            if first.name == tuple {
                return isTupleSubtype(first.parameters, second.parameters, &environment, invariant)
            }
            guard first.parameters.count == second.parameters.count else { return false }
            for (one, other) in zip(first.parameters, second.parameters)
            where !isEqual(one, other, &environment) {
                return false
            }
            return true
        }
        if invariant { return false }
        if first.name == typeOfTypes, let parameter = first.parameters.first {
            return isKind(parameter, right, &environment)
        }
        if left == Core.any { return false }
        let above = supertype(left)
        if above == Core.any { return false }
        return isSubtype(above, right, &environment, invariant: false)
    }

    /// `Type{parameter} <: right` where `right` is `DataType`, `UnionAll` or `Union`.
    private func isKind(_ parameter: TypeID, _ right: TypeID, _ environment: inout [TypeBinding]) -> Bool {
        switch term(parameter) {
        case .unionAll: right == Core.unionAllType
        case .union: right == Core.unionType
        case .data: right == Core.dataType
        default: false
        }
    }

    private func isEqual(_ left: TypeID, _ right: TypeID, _ environment: inout [TypeBinding]) -> Bool {
        if left == right && !hasFree(left) { return true }
        return isSubtype(left, right, &environment, invariant: true)
            && isSubtype(right, left, &environment, invariant: true)
    }
}
