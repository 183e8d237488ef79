/// Functions of a formatted Swift file: swift-format puts a declaration's closing brace under its first character.
struct FunctionScan {
    struct Function {
        let line: Int
        let length: Int
        /// Depth of the deepest control statement; 1 is a statement of the function itself.
        let nesting: Int
        /// A comment above says why the function is long.
        let isExempt: Bool
    }

    private static let starts = ["func ", "init(", "init?(", "init<", "deinit {", "subscript("]
    private static let controls = ["if ", "for ", "while ", "switch ", "repeat {", "do {", "do throws", "guard "]

    static func functions(in file: SourceTree.File) -> [Function] {
        let code = file.code
        return code.indices.compactMap { start in
            guard isDeclaration(code[start]), let end = end(of: start, in: code, file.lines) else { return nil }
            let indent = file.lines[start].indent
            let depths = (start..<end).dropFirst().filter { isControl(code[$0]) }.map {
                (file.lines[$0].indent - indent) / 4
            }
            let above = file.lines[..<start].suffix(6)
            return Function(
                line: start + 1,
                length: end - start + 1,
                nesting: depths.max() ?? 0,
                isExempt: above.contains { $0.contains("house: long-function") }
            )
        }
    }

    private static func isDeclaration(_ line: String) -> Bool {
        let words = line.drop { $0 == " " }
        guard !words.hasPrefix("//") else { return false }
        return starts.contains { start in
            words.hasPrefix(start) || words.contains(" \(start)") && !words.contains("= ") && !words.contains("return ")
        }
    }

    private static func isControl(_ line: String) -> Bool {
        let words = line.drop { $0 == " " }
        return line.hasSuffix("{") && controls.contains { words.hasPrefix($0) }
    }

    private static func end(of start: Int, in code: [String], _ lines: [Substring]) -> Int? {
        let indent = lines[start].indent
        // A requirement of a protocol has no body: the next declaration or brace comes at the same depth.
        for index in start..<code.count {
            let line = code[index]
            if index > start, lines[index].indent == indent, line.hasPrefix(String(repeating: " ", count: indent) + "}")
            {
                return index
            }
            if index == start, line.hasSuffix("}"), line.contains("{") { return index }
            if index > start, lines[index].indent < indent, !lines[index].isEmpty { return nil }
            if index > start, lines[index].indent == indent, isDeclaration(line) { return nil }
        }
        return nil
    }
}
