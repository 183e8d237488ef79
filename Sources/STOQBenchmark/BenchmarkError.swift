/// Why a part of the measurement could not be made.
package enum BenchmarkError: Error, CustomStringConvertible {
    case noAnswer(String)
    case notInstalled(String)
    case failed(String)
    case system(operation: String, errno: Int32)

    package var description: String {
        switch self {
        case .noAnswer(let who): "no answer from \(who)"
        case .notInstalled(let what): "\(what) is not installed"
        case .failed(let what): what
        case .system(let operation, let code): "cannot \(operation): errno \(code)"
        }
    }
}
