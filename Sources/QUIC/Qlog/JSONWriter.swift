/// Writes one JSON object into a byte array, member by member.
struct JSONWriter {
    private(set) var bytes: [UInt8]
    private var needsComma = false

    /// - Parameter bytes: where to append.
    init(appendingTo bytes: [UInt8]) {
        self.bytes = bytes
        open()
    }

    private mutating func open() {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    /// Ends the object.
    mutating func close() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    private mutating func name(_ name: StaticString) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// A member that is an object; ``close()`` ends it.
    mutating func object(_ name: StaticString) {
        self.name(name)
        open()
    }

    mutating func member(_ name: StaticString, _ value: some BinaryInteger) {
        self.name(name)
        bytes.append(contentsOf: String(value).utf8)
    }

    mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Milliseconds with six digits behind the point, from nanoseconds.
    mutating func milliseconds(_ name: StaticString, _ nanoseconds: UInt64) {
        self.name(name)
        let fraction = String(nanoseconds % 1_000_000)
        bytes.append(contentsOf: String(nanoseconds / 1_000_000).utf8)
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: String(repeating: "0", count: 6 - fraction.utf8.count).utf8)
        bytes.append(contentsOf: fraction.utf8)
    }

    mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        string(value)
    }

    /// A member that is an array of objects, each with `member` set to one of the texts.
    mutating func objects(_ name: StaticString, each member: StaticString, _ texts: some Sequence<String>) {
        self.name(name)
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for text in texts {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            open()
            self.member(member, text)
            close()
        }
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// A member that is an array of strings.
    mutating func strings(_ name: StaticString, _ texts: [String]) {
        self.name(name)
        bytes.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            string(text)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func string(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
