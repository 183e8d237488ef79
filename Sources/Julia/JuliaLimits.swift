/// What one run may use. All limits are logical, so that they strike at the same point on every machine.
public struct JuliaLimits: Sendable, Hashable {
    /// Units of work; about one an instruction.
    public var fuel: UInt64
    /// Bytes of objects by the machine's fixed formula.
    public var heapBytes: Int
    /// Bytes that a program may print.
    public var outputBytes: Int
    /// Calls inside one another.
    public var callDepth: Int

    public init(
        fuel: UInt64 = 1_000_000_000, heapBytes: Int = 256 << 20, outputBytes: Int = 1 << 20, callDepth: Int = 10_000
    ) {
        self.fuel = fuel
        self.heapBytes = heapBytes
        self.outputBytes = outputBytes
        self.callDepth = callDepth
    }
}

/// What a program answered.
public struct JuliaResult: Sendable, Hashable {
    /// The value as `repr` writes it.
    public var text: String
    /// Type and text, length-prefixed: what replicas compare.
    public var canonicalBytes: [UInt8]
}

/// Everything that can be seen of a run; a pure function of program, arguments and limits.
public struct JuliaOutcome: Sendable {
    public var result: Result<JuliaResult, JuliaFailure>
    public var output: [UInt8]
    /// Units used; the whole limit after a trap of fuel.
    public var fuel: UInt64
    public var peakHeapBytes: Int
}

/// A run that gave no value.
public struct JuliaFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var trap: JuliaTrap
    /// Name of the source text and place in it.
    public var file: String
    public var location: SourceLocation

    public var description: String {
        let place = location == .unknown ? "" : " at \(file):\(location.line):\(location.column)"
        return trap.message + place
    }
}

/// A program that is no Julia program: where and why.
public struct JuliaError: Error, Sendable, Hashable, CustomStringConvertible {
    public var message: String
    public var file: String
    public var location: SourceLocation

    public var description: String { "\(file):\(location.line):\(location.column): \(message)" }
}
