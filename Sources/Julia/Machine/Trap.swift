/// Why a run ended without a value. Programs cannot catch these, except that `uncaught` is a Julia exception that nobody caught.
public enum JuliaTrap: Sendable, Hashable {
    case fuelExhausted
    case memoryLimit
    case outputLimit
    case depth
    /// What the machine does not run.
    case unsupported(String)
    /// The exception as `showerror` writes it.
    case uncaught(String)

    /// One word for programs that read the outcome.
    public var kind: String {
        switch self {
        case .fuelExhausted: "fuel"
        case .memoryLimit: "memory"
        case .outputLimit: "output"
        case .depth: "depth"
        case .unsupported: "unsupported"
        case .uncaught: "exception"
        }
    }

    /// A short name of the kind, then details.
    public var message: String {
        switch self {
        case .fuelExhausted: "fuel exhausted"
        case .memoryLimit: "memory limit"
        case .outputLimit: "output limit"
        case .depth: "call depth limit"
        case .unsupported(let what): "unsupported: \(what)"
        case .uncaught(let text): text
        }
    }
}

/// A trap and the place in the program where it struck.
public struct LocatedTrap: Sendable, Hashable {
    public var trap: JuliaTrap
    /// Name of the source text as given.
    public var file: String
    public var location: SourceLocation
}
