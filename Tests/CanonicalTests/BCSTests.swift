import Canonical
import Testing

@Suite struct BCSTests {
    @Test func `writes the specification's examples`() {
        var encoder = BCSEncoder()
        encoder.encode(UInt32(0x1234_5678))
        encoder.encode("çå∞≠¢õß∂ƒ∫")
        #expect(
            encoder.bytes == [
                0x78, 0x56, 0x34, 0x12, 24, 0xc3, 0xa7, 0xc3, 0xa5, 0xe2, 0x88, 0x9e, 0xe2, 0x89, 0xa0, 0xc2, 0xa2, 0xc3, 0xb5,
                0xc3, 0x9f, 0xe2, 0x88, 0x82, 0xc6, 0x92, 0xe2, 0x88, 0xab,
            ])
    }

    @Test(arguments: [(1, [UInt8(1)]), (128, [0x80, 1]), (16384, [0x80, 0x80, 1]), (2_097_152, [0x80, 0x80, 0x80, 1])])
    func `writes lengths as ULEB128`(count: Int, expected: [UInt8]) {
        var encoder = BCSEncoder()
        encoder.encodeLength(count)
        #expect(encoder.bytes == expected)
    }

    @Test func `refuses a length that is not in its shortest form`() {
        for bytes: [UInt8] in [[0x80, 0], [0xff, 0x80, 0], [0x80, 0x80, 0x80, 0x80, 0x10], [0x80, 0x80, 0x80, 0x80, 0x80, 1]] {
            #expect(throws: BCSError.nonCanonicalLength(offset: 0)) {
                var decoder = BCSDecoder(bytes)
                _ = try decoder.decodeVariant()
            }
        }
    }

    @Test func `refuses bytes after the value`() {
        #expect(throws: BCSError.trailingBytes(offset: 1, count: 1)) { try UInt8(canonicalBytes: [1, 2]) }
    }

    @Test func `refuses booleans other than 0 and 1`() {
        #expect(throws: BCSError.invalidTag(offset: 0, value: 2)) { try Bool(canonicalBytes: [2]) }
    }

    @Test func `refuses text that is not UTF-8`() {
        #expect(throws: BCSError.invalidUTF8(offset: 0)) { try String(canonicalBytes: [1, 0xff]) }
    }

    @Test func `a huge length in a short input reserves nothing and is refused`() {
        #expect(throws: BCSError.lengthOverLimit(offset: 0, length: 0x7fff_ffff, limit: BCSLimits.byteVectorMax)) {
            try String(canonicalBytes: [0xff, 0xff, 0xff, 0xff, 7])
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `reading random bytes gives a value or an error, and values write back the same bytes`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<2000 {
            let bytes = random.bytes(Int.random(in: 0...40, using: &random))
            guard let value = try? Mixed(canonicalBytes: bytes) else { continue }
            #expect(value.canonicalBytes == bytes, "seed \(seed)")
        }
    }

    @Test(arguments: [UInt64(11), 12])
    func `random values survive a round trip and every truncation is refused`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let value = Mixed.random(using: &random)
            let bytes = value.canonicalBytes
            #expect(try Mixed(canonicalBytes: bytes) == value)
            for length in 0..<bytes.count {
                #expect(throws: BCSError.self) { try Mixed(canonicalBytes: Array(bytes[..<length])) }
            }
        }
    }
}

/// One field of every kind that the encoding has.
struct Mixed: CanonicalCodable, Equatable {
    var small: UInt8
    var wide: UInt128
    var signed: Int64
    var flag: Bool
    var text: String
    var bytes: [UInt8]
    var option: UInt64?
    var list: [UInt16]

    func encode(to encoder: inout BCSEncoder) {
        encoder.encode(small)
        encoder.encode(wide)
        encoder.encode(signed)
        encoder.encode(flag)
        encoder.encode(text)
        encoder.encodeBytes(bytes)
        encoder.encode(option)
        encoder.encode(list)
    }

    static func random(using random: inout SplitMix64) -> Mixed {
        Mixed(
            small: .random(in: .min ... .max, using: &random),
            wide: UInt128(random.next()) << 64 | UInt128(random.next()),
            signed: .random(in: .min ... .max, using: &random),
            flag: .random(using: &random),
            text: String((0..<Int.random(in: 0...12, using: &random)).map { _ in "aé∞😀z".randomElement(using: &random) ?? "a" }),
            bytes: random.bytes(Int.random(in: 0...200, using: &random)),
            option: Bool.random(using: &random) ? random.next() : nil,
            list: (0..<Int.random(in: 0...5, using: &random)).map { _ in .random(in: .min ... .max, using: &random) })
    }
}

extension Mixed {
    init(from decoder: inout BCSDecoder) throws(BCSError) {
        small = try decoder.decode()
        wide = try decoder.decode()
        signed = try decoder.decode()
        flag = try decoder.decode()
        text = try decoder.decode()
        bytes = try decoder.decodeBytes()
        option = try decoder.decodeOption()
        list = try decoder.decodeArray()
    }
}
