/// A piece of a string literal: source bytes `start..<end`, or an interpolated expression.
enum StringPart {
    case text(Int, Int)
    case expression(Expression)
}

/// The text of string literals before escapes are read: line ends become `\n`, and triple-quoted strings lose the
/// indentation that all their lines share (Julia manual, "Triple-Quoted String Literals").
enum StringDedenter {
    private static let newline = UInt8(ascii: "\n")

    /// One byte string for each part, empty for expressions.
    static func texts(_ parts: [StringPart], in bytes: [UInt8], isTriple: Bool) -> [[UInt8]] {
        var texts = parts.map { part -> [UInt8] in
            guard case .text(let start, let end) = part, start < end, end <= bytes.count else { return [] }
            return normalized(bytes[start..<end])
        }
        guard isTriple else { return texts }
        if texts[0].first == newline {
            let indentation = commonIndentation(texts)
            texts = dedent(texts, by: indentation)
            texts[0].removeFirst()
            return texts
        }
        return dedent(texts, by: commonIndentation(texts))
    }

    private static func normalized(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\r")) else { return Array(text) }
        var result: [UInt8] = []
        for index in text.indices {
            guard text[index] == UInt8(ascii: "\r") else {
                result.append(text[index])
                continue
            }
            if index + 1 >= text.endIndex || text[index + 1] != newline { result.append(newline) }
        }
        return result
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

    /// The longest run of spaces and tabs that begins every line but the first; blank lines do not count, except the
    /// last.
    private static func commonIndentation(_ texts: [[UInt8]]) -> [UInt8] {
        var common: [UInt8]?
        for text in texts {
            for index in text.indices where text[index] == newline {
                let indentation = Array(text[(index + 1)...].prefix(while: isBlank))
                let next = index + 1 + indentation.count
                if next < text.count, text[next] == newline { continue }
                let shared = common.map { zip($0, indentation).prefix { $0.0 == $0.1 }.count } ?? indentation.count
                common = Array(indentation.prefix(shared))
            }
        }
        return common ?? []
    }

    private static func dedent(_ texts: [[UInt8]], by indentation: [UInt8]) -> [[UInt8]] {
        guard !indentation.isEmpty else { return texts }
        return texts.map { text in
            var result: [UInt8] = []
            var index = 0
            while index < text.count {
                result.append(text[index])
                index += 1
                guard text[index - 1] == newline else { continue }
                var skipped = 0
                while skipped < indentation.count, index < text.count, isBlank(text[index]) {
                    index += 1
                    skipped += 1
                }
            }
            return result
        }
    }
}
