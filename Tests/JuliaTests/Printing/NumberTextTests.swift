import Glibc
import Testing

@testable import Julia

@Suite("Julia number text")
struct NumberTextTests {
    @Test("shows floats as Julia does")
    func floats() {
        let cases: [(Double, String)] = [
            (1, "1.0"), (-0.0, "-0.0"), (1e-5, "1.0e-5"), (1e-4, "0.0001"), (123456, "123456.0"), (1e6, "1.0e6"),
            (1_234_567, "1.234567e6"), (0.1, "0.1"), (1e22, "1.0e22"), (5e-324, "5.0e-324"), (12.5, "12.5"),
            (1.7976931348623157e308, "1.7976931348623157e308"), (.infinity, "Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
            (0.1 + 0.2, "0.30000000000000004"), (100000, "100000.0"), (1.5e-7, "1.5e-7"),
        ]
        for (value, text) in cases { #expect(FloatText.text(value) == text) }
        #expect(FloatText.shown(Float(1)) == "1.0f0")
        #expect(FloatText.shown(Float(1e-8)) == "1.0f-8")
        #expect(FloatText.text(Float(3.1415927)) == "3.1415927")
        #expect(FloatText.shown(Float.infinity) == "Inf32")
        #expect(FloatText.shown(Float16(1.5)) == "Float16(1.5)")
        #expect(FloatText.text(Float16(1_000)) == "1.0e3")
    }

    @Test("shows floats so that they read back", arguments: [UInt64(11)])
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<5_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            let read = try NumberParsing.double(Array(FloatText.text(value).utf8))
            #expect(read.bitPattern == value.bitPattern, "seed \(seed)")
        }
    }

    @Test("formats floats to the digit as C does", arguments: [UInt64(5)])
    func printf(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var buffer = [CChar](repeating: 0, count: 2_048)
        for _ in 0..<400 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            for format in ["%.6f", "%.0f", "%.17e", "%.3e", "%g", "%.12g", "%+10.2e", "%#.3g", "% .1f", "%012.4g"] {
                let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
                let expected = buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }
                #expect(try PrintfFormat(Array(format.utf8)).text([.double(value)]) == expected, "\(format) \(value)")
            }
        }
    }

    @Test("formats integers, strings and characters")
    func directives() throws {
        let cases: [(String, [PrintfArgument], String)] = [
            ("%5d|%-5d|%05d", [.integer(42), .integer(42), .integer(-42)], "   42|42   |-0042"),
            ("%x %X %#x %o", [.integer(255), .integer(255), .integer(255), .integer(8)], "ff FF 0xff 10"),
            ("%+d % d %.3d", [.integer(1), .integer(1), .integer(7)], "+1  1 007"),
            ("%s|%5s|%-5s|%.2s", Array(repeating: .string(Array("äbc".utf8)), count: 4), "äbc|  äbc|äbc  |äb"),
            ("%c%%%*d", [.character(0x41), .integer(4), .integer(7)], "A%   7"),
            ("%d %.1f", [.double(3), .integer(2)], "3 2.0"),
            ("%5.1f|%e", [.double(.infinity), .double(.nan)], "  Inf|NaN"),
        ]
        for (format, arguments, text) in cases {
            let result = try PrintfFormat(Array(format.utf8)).text(arguments)
            #expect(String(decoding: result, as: UTF8.self) == text)
        }
        #expect(throws: PrintfError.invalidFormat(position: 1)) { try PrintfFormat(Array("%y".utf8)) }
        #expect(throws: PrintfError.argumentCount(expected: 1, given: 0)) {
            try PrintfFormat(Array("%d".utf8)).text([])
        }
        #expect(throws: PrintfError.self) { try PrintfFormat(Array("%9999999d".utf8)) }
    }

    @Test("quotes strings and characters so that they read back")
    func quoting() {
        func quoted(_ bytes: [UInt8]) -> String { String(decoding: QuotedText.string(bytes), as: UTF8.self) }
        #expect(quoted(Array("a\"b$c\\\n".utf8)) == #""a\"b\$c\\\n""#)
        #expect(quoted([0x01, 0xC3, 0xA9, 0xFF, 0x00, 0x31]) == #""\x01é\xff\x001""#)
        #expect(quoted(Array("\u{80}1\u{200B}".utf8)) == #""\u00801\u200b""#)
        let characters: [(UInt32, String)] = [
            (0x61, "'a'"), (0x27, #"'\''"#), (0x0A, #"'\n'"#), (0x80, #"'\u80'"#), (0x1F600, "'😀'"),
            (0xFF00_0000, #"'\xff'"#), (0, #"'\0'"#),
        ]
        for (value, text) in characters {
            #expect(String(decoding: QuotedText.character(value), as: UTF8.self) == text)
        }
    }
}
