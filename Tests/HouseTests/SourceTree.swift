import Foundation

/// The project's own Swift files as text.
struct SourceTree {
    struct File {
        let path: String
        let lines: [Substring]

        /// The lines without comments and text: string literals are emptied, lines inside long ones too.
        var code: [String] {
            var isInText = false
            return lines.map { line in
                let marks = line.components(separatedBy: "\"\"\"").count - 1
                defer { if marks % 2 == 1 { isInText.toggle() } }
                return isInText ? "" : line.code
            }
        }

        /// The folder under `Sources`.
        var module: String { String(path.split(separator: "/").dropFirst().first ?? "") }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Swift files below a folder of the package, in order of their paths.
    static func files(in folder: String) throws -> [File] {
        let start = root.appending(path: folder)
        guard let walker = FileManager.default.enumerator(atPath: start.path()) else { return [] }
        let names = walker.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
        return try names.map { name in
            let text = try String(contentsOf: start.appending(path: name), encoding: .utf8)
            return File(path: "\(folder)/\(name)", lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }
}

extension Substring {
    /// Spaces at the front.
    var indent: Int { prefix { $0 == " " }.count }

    /// The line without its comment and with string literals emptied.
    var code: String {
        var result = ""
        var isInString = false
        var previous: Character = " "
        for character in self {
            if character == "\"", previous != "\\" {
                isInString.toggle()
                result.append("\"")
            } else if !isInString {
                if character == "/", previous == "/" {
                    result.removeLast()
                    break
                }
                result.append(character)
            }
            previous = previous == "\\" && character == "\\" ? " " : character
        }
        return result
    }
}
