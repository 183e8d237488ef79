/// Why a run could not even begin, or could not read on: the input is not what the suite's format says.
enum ConformanceError: Error, Hashable {
    case unreadable(path: String, reason: String)
    case tooLarge(path: String, byteCount: Int, limit: Int)
    /// A suite without a single case proves nothing.
    case noCases(path: String)
    case malformedLine(number: Int, rule: String)
    case missingField(String, line: Int)
    case repeatedField(String, line: Int)
    case malformedNumber(field: String, line: Int)
    case malformedHexadecimal(field: String, line: Int)
    /// The public key has the size of no parameter set.
    case unknownKeySize(byteCount: Int, line: Int)
    case wrongSeedSize(byteCount: Int, line: Int)
    case malformedJSON(String)
    case cryptography(String)
    case malformedPEM(path: String, reason: String)
    /// An address, a socket or the endpoint cannot be used.
    case network(String)
    /// A server that was ended before any client came.
    case noTransfers
}

extension ConformanceError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .tooLarge(let path, let count, let limit): "\(path) has \(count) bytes, more than the \(limit) accepted"
        case .noCases(let path): "\(path) holds no cases"
        case .malformedLine(let number, let rule): "line \(number): \(rule)"
        case .missingField(let field, let line): "line \(line): the entry that ends here lacks the field '\(field)'"
        case .repeatedField(let field, let line): "line \(line): the field '\(field)' stands twice in one entry"
        case .malformedNumber(let field, let line): "line \(line): the field '\(field)' is not a decimal number"
        case .malformedHexadecimal(let field, let line):
            "line \(line): the field '\(field)' is not an even number of hexadecimal digits"
        case .unknownKeySize(let count, let line):
            "line \(line): a public key of \(count) bytes is neither Falcon-512 (897) nor Falcon-1024 (1793)"
        case .wrongSeedSize(let count, let line): "line \(line): the seed has \(count) bytes, not 48"
        case .malformedJSON(let reason): "not the JSON of this suite: \(reason)"
        case .cryptography(let reason): "cryptography failed: \(reason)"
        case .malformedPEM(let path, let reason): "\(path): \(reason)"
        case .network(let reason): reason
        case .noTransfers: "no client came"
        }
    }
}
