import Julia
import Testing

@Suite("Julia numbers")
struct NumberTests {
    @Test("float ranges have the elements of Julia's")
    func ranges() throws {
        let tenths = try #require(FloatRange(from: 0.1, by: 0.1, through: 1))
        let decimal = (1...tenths.count).map { FloatText.text(tenths.element($0)) }
        #expect(decimal == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0"])
        let falling = try #require(FloatRange(from: 1, by: -0.3, through: -1))
        #expect(
            (1...falling.count).map { FloatText.text(falling.element($0)) } == [
                "1.0", "0.7", "0.4", "0.1", "-0.2", "-0.5", "-0.8",
            ])
        let quarters = try #require(FloatRange(from: 0, through: 1, count: 5))
        #expect((1...5).map { quarters.element($0) } == [0, 0.25, 0.5, 0.75, 1])
        #expect(FloatRange(from: 1, by: 0.5, through: 0)?.count == 0)
        #expect(FloatRange(from: 1, by: 0, through: 2) == nil)
        #expect(FloatRange(from: .nan, by: 1, through: 2) == nil)
        let irrational = try #require(FloatRange(from: 0, through: 2 * Double.pi, count: 7))
        #expect(irrational.element(7) == 2 * Double.pi)
    }

    @Test("random numbers are those of Julia's Xoshiro(1234)")
    func xoshiro() {
        var generator = Xoshiro256(seed: UInt64(1_234))
        #expect(generator.nextUnit() == 0.32597672886359486)
        #expect(generator.nextUnit() == 0.5490511363155669)
        for span in [1, 7, 1 << 63] as [UInt64] { #expect(generator.next(below: span) < span) }
    }

    @Test("reads integers with Julia's words for what is wrong")
    func parsing() throws {
        func read(_ text: String, _ base: Int? = nil) -> String {
            do {
                return String(try NumberParsing.integer(Array(text.utf8), as: Int64.self, base: base))
            } catch {
                return error.description
            }
        }
        #expect(read(" -5 ") == "-5")
        #expect(read("0x1f") == "31")
        #expect(read("ff", 16) == "255")
        #expect(read("12a") == "invalid base 10 digit 'a' in \"12a\"")
        #expect(read("") == "input string is empty or only contains whitespace")
        #expect(read("-") == "premature end of integer: \"-\"")
        #expect(read("1 2") == "extra characters after whitespace in \"1 2\"")
        #expect(read("9223372036854775808") == "overflow: \"9223372036854775808\"")
        #expect(try NumberParsing.double(Array(" 1e3 ".utf8)) == 1_000)
        #expect(try NumberParsing.double(Array("-Inf".utf8)) == -.infinity)
        #expect(try NumberParsing.float(Array("0.1".utf8)) == 0.1)
        #expect(throws: NumberParsingError.notAFloat(text: "abc", type: "Float64")) {
            try NumberParsing.double(Array("abc".utf8))
        }
    }
}
