/// Reads the response files (`.rsp`) of NIST's post-quantum submissions: lines `name = value`, an entry ending with
/// `sm`, comments after `#`.
struct KnownAnswerFile {
    private static let fields: Set<String> = ["count", "seed", "mlen", "msg", "pk", "sk", "smlen", "sm"]

    private(set) var entries: [KnownAnswer] = []
    private var values: [String: String] = [:]
    private var line = 0

    init(_ text: String) throws(ConformanceError) {
        for content in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            line += 1
            try read(content)
        }
        guard values.isEmpty else { throw .missingField("sm", line: line) }
    }

    private mutating func read(_ content: Substring) throws(ConformanceError) {
        guard let first = content.first(where: { !$0.isWhitespace }), first != "#" else { return }
        let parts = content.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .malformedLine(number: line, rule: "a line has the form 'name = value'") }
        let name = String(parts[0].filter { !$0.isWhitespace })
        guard Self.fields.contains(name) else {
            throw .malformedLine(number: line, rule: "'\(name.prefix(40))' is no field of this format")
        }
        guard values[name] == nil else { throw .repeatedField(name, line: line) }
        values[name] = String(parts[1].filter { !$0.isWhitespace })
        guard name == "sm" else { return }
        entries.append(try entry())
        values = [:]
    }

    private func entry() throws(ConformanceError) -> KnownAnswer {
        KnownAnswer(
            count: try number("count"), seed: try bytes("seed"), messageLength: try number("mlen"),
            message: try bytes("msg"), publicKey: try bytes("pk"), privateKey: try bytes("sk"),
            signedMessageLength: try number("smlen"), signedMessage: try bytes("sm"), line: line)
    }

    private func value(_ name: String) throws(ConformanceError) -> String {
        guard let value = values[name] else { throw .missingField(name, line: line) }
        return value
    }

    private func number(_ name: String) throws(ConformanceError) -> UInt64 {
        guard let number = UInt64(try value(name)) else { throw .malformedNumber(field: name, line: line) }
        return number
    }

    private func bytes(_ name: String) throws(ConformanceError) -> [UInt8] {
        let digits = try value(name).utf8
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue.map(UInt8.init) else {
                throw .malformedHexadecimal(field: name, line: line)
            }
            if let first = high { bytes.append(first << 4 | value) }
            high = high == nil ? value : nil
        }
        guard high == nil else { throw .malformedHexadecimal(field: name, line: line) }
        return bytes
    }
}
