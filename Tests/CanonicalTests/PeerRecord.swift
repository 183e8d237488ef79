import Canonical

/// A value of every shape that BCS has; `Fixtures/canoser_peer.py` has the same.
struct PeerRecord: Hashable, CanonicalCodable {
    struct Inner: Hashable, Codable, CanonicalCodable {
        var small: UInt8
        var name: String

        init(small: UInt8, name: String) {
            self.small = small
            self.name = name
        }

        func encode(to encoder: inout BCSEncoder) {
            encoder.encode(small)
            encoder.encode(name)
        }

        init(from decoder: inout BCSDecoder) throws(BCSError) {
            small = try decoder.decode()
            name = try decoder.decode()
        }
    }

    enum Choice: Hashable {
        case nothing
        case number(UInt64)
        case text(String)
    }

    var byte: UInt8
    var word: UInt64
    var wide: UInt128
    var signed: Int64
    var text: String
    var flag: Bool
    var numbers: [UInt16]
    var blob: [UInt8]
    var option: UInt32?
    var inners: [Inner]
    var choice: Choice

    init(random: inout SplitMix64) {
        byte = UInt8.random(in: .min ... .max, using: &random)
        word = random.next()
        wide = UInt128.random(in: .min ... .max, using: &random)
        signed = Int64.random(in: .min ... .max, using: &random)
        text = PeerRecord.text(upTo: 200, &random)
        flag = Bool.random(using: &random)
        numbers = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt16(truncatingIfNeeded: random.next()) }
        blob = random.bytes(Int.random(in: 0...300, using: &random))
        option = Bool.random(using: &random) ? UInt32(truncatingIfNeeded: random.next()) : nil
        inners = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            Inner(small: UInt8(truncatingIfNeeded: random.next()), name: PeerRecord.text(upTo: 4, &random))
        }
        switch random.next() % 3 {
        case 0: choice = .nothing
        case 1: choice = .number(random.next())
        default: choice = .text(PeerRecord.text(upTo: 5, &random))
        }
    }

    private static func text(upTo most: Int, _ random: inout SplitMix64) -> String {
        let alphabet = Array("az09 \n\"\\é∞𝄞\u{0}")
        let characters = (0..<Int.random(in: 0...most, using: &random)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        }
        return String(characters)
    }

    func encode(to encoder: inout BCSEncoder) {
        encoder.encode(byte)
        encoder.encode(word)
        encoder.encode(wide)
        encoder.encode(signed)
        encoder.encode(text)
        encoder.encode(flag)
        encoder.encode(numbers)
        encoder.encodeBytes(blob)
        encoder.encode(option)
        encoder.encode(inners)
        switch choice {
        case .nothing: encoder.encodeVariant(0)
        case .number(let number):
            encoder.encodeVariant(1)
            encoder.encode(number)
        case .text(let text):
            encoder.encodeVariant(2)
            encoder.encode(text)
        }
    }

    init(from decoder: inout BCSDecoder) throws(BCSError) {
        byte = try decoder.decode()
        word = try decoder.decode()
        wide = try decoder.decode()
        signed = try decoder.decode()
        text = try decoder.decode()
        flag = try decoder.decode()
        numbers = try decoder.decodeArray(limit: 1024)
        blob = try decoder.decodeBytes()
        option = try decoder.decodeOption()
        inners = try decoder.decodeArray(limit: 16)
        let offset = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0: choice = .nothing
        case 1: choice = .number(try decoder.decode())
        case 2: choice = .text(try decoder.decode())
        default: throw .unknownVariant(offset: offset, type: "Choice", index: index)
        }
    }
}

extension PeerRecord {
    /// The fields as the peer says them.
    struct Fields: Hashable, Codable {
        var byte: UInt8
        var word: String
        var wide: String
        var signed: String
        var text: String
        var flag: Bool
        var numbers: [UInt16]
        var blob: String
        var option: UInt32?
        var inners: [Inner]
        var choice: Int
        var value: String
    }

    var fields: Fields {
        let (index, value) =
            switch choice {
            case .nothing: (0, "")
            case .number(let number): (1, "\(number)")
            case .text(let text): (2, text)
            }
        return Fields(
            byte: byte, word: "\(word)", wide: "\(wide)", signed: "\(signed)", text: text, flag: flag, numbers: numbers,
            blob: blob.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(), option: option,
            inners: inners, choice: index, value: value)
    }
}
