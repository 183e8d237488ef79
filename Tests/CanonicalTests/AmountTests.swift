import Canonical
import Testing

@Suite struct AmountTests {
    @Test(arguments: ["0", "1", "1.5", "0.000000000000000001", "1000000000", "340282366920938463463.374607431768211455"])
    func `text survives a round trip`(text: String) throws {
        #expect(try Amount(parsing: text).description == text)
    }

    @Test(arguments: ["", ".", "1.", ".5", "-1", "+1", "1e3", "1.0000000000000000001", "1,5", "1.2.3", "٣"])
    func `refuses text that is not an amount`(text: String) {
        #expect(throws: AmountError.malformed(text)) { try Amount(parsing: text) }
    }

    @Test func `refuses overflow and debt`() throws {
        let largest = Amount(attos: .max)
        #expect(throws: AmountError.overflow) { try largest.adding(Amount(attos: 1)) }
        #expect(throws: AmountError.overflow) { try largest.multiplied(by: 2) }
        #expect(throws: AmountError.overflow) { try Amount(parsing: "340282366920938463464") }
        #expect(throws: AmountError.insufficient(have: .zero, need: Amount(caes: 1))) {
            try Amount.zero.subtracting(Amount(caes: 1))
        }
        #expect(throws: AmountError.divisionByZero) { try largest.split(into: 0) }
    }

    @Test func `splitting and sharing lose nothing`() throws {
        var random = SplitMix64(seed: 9)
        for _ in 0..<500 {
            let amount = Amount(attos: UInt128(random.next()) << 40 | UInt128(random.next()))
            let count = UInt64.random(in: 1...100, using: &random)
            let (part, rest) = try amount.split(into: count)
            #expect(try part.multiplied(by: count).adding(rest) == amount)
            #expect(rest.attos < UInt128(count))
            let points = UInt16.random(in: 0...10_000, using: &random)
            #expect(try amount.share(basisPoints: points) <= amount)
        }
        #expect(try Amount(attos: .max).share(basisPoints: 10_000) == Amount(attos: .max))
    }
}
