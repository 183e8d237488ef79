import Glibc

/// What the system refused.
struct Failure: Error, CustomStringConvertible {
    var what: String
    /// An `errno`.
    var number: Int32

    var description: String { "could not \(what): \(String(cString: strerror(number)))" }
}
