/// Names visible at a place of a function.
final class LoweringScope {
    let parent: LoweringScope?
    let function: FunctionIR
    var names: [String: Variable] = [:]
    var globals: Set<String> = []
    /// Top level of a module: assignments make globals.
    let isTop: Bool
    let loopDepth: Int

    init(parent: LoweringScope?, function: FunctionIR, isTop: Bool = false, loopDepth: Int = 0) {
        self.parent = parent
        self.function = function
        self.isTop = isTop
        self.loopDepth = loopDepth
    }

    /// The variable that a name means here; nil where it is a global.
    func find(_ name: String) -> Variable? {
        var scope: LoweringScope? = self
        while let current = scope {
            if current.globals.contains(name) { return nil }
            if let variable = current.names[name] { return variable }
            scope = current.parent
        }
        return nil
    }
}
