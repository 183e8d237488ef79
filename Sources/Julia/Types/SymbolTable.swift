/// Symbols of one run, numbered as they appear.
final class SymbolTable {
    private(set) var names: [String] = []
    private var indices: [String: Int] = [:]

    func intern(_ name: String) -> Int {
        if let known = indices[name] { return known }
        names.append(name)
        indices[name] = names.count - 1
        return names.count - 1
    }

    func value(_ name: String) -> Value { Value(immediate: UInt64(intern(name)), type: Core.symbol) }
}
