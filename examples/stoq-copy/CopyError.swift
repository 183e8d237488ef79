/// What goes wrong with a copy.
enum CopyError: Error, CustomStringConvertible {
    case unreadable(String)
    case badHeader
    case badName(String)
    case shorterThanTold(String)
    case otherDigest(String)

    var description: String {
        switch self {
        case .unreadable(let file): "\(file) cannot be read"
        case .badHeader: "the stream does not begin like a file"
        case .badName(let name): "'\(name)' is no name for a file here"
        case .shorterThanTold(let name): "\(name) ended early"
        case .otherDigest(let name): "\(name) arrived otherwise than it was sent"
        }
    }
}
