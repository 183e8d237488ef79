/// Why an expression could not be lowered.
struct LoweringError: Error {
    enum Kind {
        /// A syntax error that only lowering can see.
        case syntax
        /// Valid Julia that this machine does not run.
        case unsupported
    }

    var kind: Kind
    var message: String
    var location: SourceLocation
}
