import Testing

@testable import Falcon

/// What the decoders refuse, and why.
struct EncodingTests {
    static let key = Result { try Falcon1024.PrivateKey(seed: [UInt8](repeating: 1, count: 48)) }
    static let smallKey = Result { try Falcon512.PrivateKey(seed: [UInt8](repeating: 2, count: 48)) }
    let message = Array("falcon".utf8)

    @Test func keysSurviveTheirEncoding() throws {
        let key = try Self.key.get()
        let again = try Falcon1024.PrivateKey(rawRepresentation: key.rawRepresentation)
        #expect(again.rawRepresentation == key.rawRepresentation && again.publicKey == key.publicKey)
        #expect(key.rawRepresentation.count == 2305 && key.publicKey.rawRepresentation.count == 1793)
        let small = try Self.smallKey.get()
        let smallAgain = try Falcon512.PrivateKey(rawRepresentation: small.rawRepresentation)
        #expect(smallAgain.publicKey == small.publicKey)
        #expect(small.rawRepresentation.count == 1281 && small.publicKey.rawRepresentation.count == 897)
    }

    @Test func signsAndVerifiesBothSetsAndEncodings() throws {
        let (key, small) = (try Self.key.get(), try Self.smallKey.get())
        for encoding in [FalconSignatureEncoding.padded, .compressed] {
            let signature = try key.signature(for: message, encoding: encoding)
            #expect(key.publicKey.isValidSignature(signature, for: message, encoding: encoding))
            let smallSignature = try small.signature(for: message, encoding: encoding)
            #expect(small.publicKey.isValidSignature(smallSignature, for: message, encoding: encoding))
            #expect(!small.publicKey.isValidSignature(signature, for: message, encoding: encoding))
        }
        #expect(try key.signature(for: message).count == 1280)
        #expect(try small.signature(for: message).count == 666)
    }

    @Test func everySignatureHasItsOwnSalt() throws {
        let key = try Self.smallKey.get()
        let (first, second) = (try key.signature(for: message), try key.signature(for: message))
        #expect(first[1..<41] != second[1..<41])
    }

    @Test func everyFlippedSignatureByteIsRefused() throws {
        let key = try Self.key.get()
        let signature = try key.signature(for: message, salt: [UInt8](repeating: 3, count: 40), seed: Self.seed(4))
        for index in signature.indices {
            var tampered = signature
            tampered[index] ^= UInt8(1 << (index % 8))
            #expect(!key.publicKey.isValidSignature(tampered, for: message), "byte \(index)")
        }
        #expect(!key.publicKey.isValidSignature(signature, for: message + [0]))
        #expect(!key.publicKey.isValidSignature(signature, for: []))
        #expect(!key.publicKey.isValidSignature(signature + [0], for: message))
        #expect(!key.publicKey.isValidSignature(signature.dropLast(), for: message))
        #expect(!key.publicKey.isValidSignature([], for: message))
        #expect(!key.publicKey.isValidSignature(signature, for: message, encoding: .compressed))
    }

    @Test func refusesMalformedPublicKeys() throws {
        let good = try Self.key.get().publicKey.rawRepresentation
        #expect(throws: FalconError.publicKeyLength(expected: 1793, actual: 1792)) {
            try Falcon1024.PublicKey(rawRepresentation: good.dropLast())
        }
        #expect(throws: FalconError.publicKeyHeader(expected: 0x0A, actual: 0x09)) {
            try Falcon1024.PublicKey(rawRepresentation: [0x09] + good.dropFirst())
        }
        var large = good
        large[8] = 0xFF
        large[9] = 0xFF
        #expect(throws: FalconError.publicKeyCoefficientOutOfRange(index: 4)) {
            try Falcon1024.PublicKey(rawRepresentation: large)
        }
    }

    @Test func refusesMalformedPrivateKeys() throws {
        let good = try Self.key.get().rawRepresentation
        #expect(throws: FalconError.privateKeyLength(expected: 2305, actual: 2306)) {
            try Falcon1024.PrivateKey(rawRepresentation: good + [0])
        }
        #expect(throws: FalconError.privateKeyHeader(expected: 0x5A, actual: 0x0A)) {
            try Falcon1024.PrivateKey(rawRepresentation: [0x0A] + good.dropFirst())
        }
        var forbidden = good
        forbidden[1 + 1280 + 7] = 0x80
        #expect(throws: FalconError.privateKeyCoefficientForbidden(polynomial: .capitalF, index: 7)) {
            try Falcon1024.PrivateKey(rawRepresentation: forbidden)
        }
        var wrong = good
        wrong[2000] = wrong[2000] == 1 ? 2 : 1
        #expect(throws: FalconError.privateKeyInconsistent) {
            try Falcon1024.PrivateKey(rawRepresentation: wrong)
        }
        let zero = [good[0]] + [UInt8](repeating: 0, count: 2304)
        #expect(throws: FalconError.privateKeyNotInvertible) { try Falcon1024.PrivateKey(rawRepresentation: zero) }
    }

    @Test func longBasesAreNotGoodEnough() {
        let basis = SecretBasis(Falcon512.parameters)
        #expect(basis.isShort && !basis.isWellConditioned)
        basis.f[0] = 1
        #expect(basis.isShort && !basis.isWellConditioned)
        for index in 0..<512 { basis.f[index] = 6 }
        #expect(!basis.isShort)
        basis.g[0] = 32
        #expect(!basis.isShort)
    }

    @Test func flippedKeyBytesAreRefusedOrVerifyNothing() throws {
        let key = try Self.key.get()
        let signature = try key.signature(for: message)
        let encoded = key.publicKey.rawRepresentation
        for index in stride(from: 0, to: encoded.count, by: 13) {
            var tampered = encoded
            tampered[index] ^= UInt8(1 << (index % 8))
            let other = try? Falcon1024.PublicKey(rawRepresentation: tampered)
            #expect(other?.isValidSignature(signature, for: message) != true, "byte \(index)")
        }
        let secret = key.rawRepresentation
        for index in stride(from: 1, to: secret.count, by: 211) {
            var tampered = secret
            tampered[index] ^= UInt8(1 << (index % 8))
            #expect(throws: FalconError.self, "byte \(index)") {
                try Falcon1024.PrivateKey(rawRepresentation: tampered)
            }
        }
    }

    @Test func seededOperationsNeedWholeSeeds() {
        #expect(throws: FalconError.seedLength(expected: 48, actual: 47)) {
            try Falcon512.PrivateKey(seed: [UInt8](repeating: 0, count: 47))
        }
    }

    static func seed(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 48) }
}
