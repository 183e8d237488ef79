/// Base, written in Julia. Parsed once for the process; every machine then runs the definitions for itself.
enum Prelude {
    static let sources: [String] = [
        types, core, numbers, arrays, iteration, dictionaries, strings, show, math, broadcast, regex, random,
    ]

    static let expressions: [Expression] = sources.map { source in
        do throws(SyntaxError) {
            return try Parser.parseAll(source)
        } catch {
            // A prelude that does not parse must show itself in the first test.
            return .call("error", [.string("prelude: \(error)")])
        }
    }
}
