/// A parsed Julia program, ready to run any number of times.
///
///     let program = try JuliaProgram(source: [("fib.jl", Array("fib(n) = n < 2 ? n : fib(n-1) + fib(n-2)\nmain() = fib(20)".utf8))])
///     let outcome = program.run(limits: JuliaLimits())
public struct JuliaProgram: Sendable {
    private let files: [(name: String, body: Expression)]
    private let prelude: [Expression]

    /// Version of the language and of the machine; part of a program's identity.
    public static let vmVersion = "julia-1.10/hypermesh-1"

    /// Digest of every price: nodes whose digests differ do not vote on each other's results.
    public static var priceTableHash: [UInt8] {
        var state: (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4)
        func add(_ byte: UInt8) {
            state.0 = (state.0 ^ UInt64(byte)) &* 0x100_0000_01b3
            state.1 = (state.1 ^ UInt64(byte) ^ state.0 >> 7) &* 0x100_0000_01b3
        }
        for byte in vmVersion.utf8 { add(byte) }
        for operation in Opcode.allCases {
            add(UInt8(truncatingIfNeeded: operation.rawValue))
            add(UInt8(truncatingIfNeeded: operation.price))
        }
        for builtin in BuiltinTable.standard.list { builtin.name.utf8.forEach { add($0) } }
        return [state.0, state.1].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
    }

    /// Parses all source texts, in order.
    ///
    /// - Throws: `JuliaError` with the place of the first thing that is no Julia.
    public init(source: [(name: String, text: [UInt8])]) throws(JuliaError) {
        try self.init(source: source, prelude: Prelude.expressions)
    }

    init(source: [(name: String, text: [UInt8])], prelude: [Expression]) throws(JuliaError) {
        var files: [(name: String, body: Expression)] = []
        for (name, text) in source {
            do throws(SyntaxError) {
                files.append((name, try Parser.parseAll(bytes: text)))
            } catch {
                throw JuliaError(message: error.message, file: name, location: error.location)
            }
        }
        self.files = files
        self.prelude = prelude
    }

    /// Runs the top level of every file, then `entry` if the program defines it.
    ///
    /// - Parameter arguments: Julia literals for `entry`, each parsed on its own.
    /// - Returns: the value of `entry`, or of the last statement, with everything printed and what it cost.
    public func run(entry: String = "main", arguments: [String] = [], limits: JuliaLimits) -> JuliaOutcome {
        let machine = Machine(limits: limits)
        let runner = ProgramRunner(machine: machine, prelude: prelude, files: files)
        return runner.run(entry: entry, arguments: arguments)
    }
}
