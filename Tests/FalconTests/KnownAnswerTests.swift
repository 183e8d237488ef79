import Testing

@testable import Falcon

/// The NIST round-3 known answers: keys, signatures and signed messages come out byte for byte.
@Suite(.enabled(if: KnownAnswers.areAvailable))
struct KnownAnswerTests {
    @Test func replaysKeyGenerationOf1024() throws {
        let entries = try KnownAnswers.entries("falcon1024-KAT-first20.rsp")
        let randomness = try KnownAnswers.randomness("falcon1024-kat-drbg-first20.txt")
        try #require(entries.count == 20 && randomness.count == 20)
        for (entry, random) in zip(entries, randomness) {
            let key = try Falcon1024.PrivateKey(seed: random.generation)
            #expect(equal(key.rawRepresentation, entry.privateKey), "entry \(entry.count)")
            #expect(equal(key.publicKey.rawRepresentation, entry.publicKey), "entry \(entry.count)")
        }
    }

    @Test func replaysSignedMessagesOf1024() throws {
        let entries = try KnownAnswers.entries("falcon1024-KAT-first20.rsp")
        let randomness = try KnownAnswers.randomness("falcon1024-kat-drbg-first20.txt")
        try #require(entries.count == 20 && randomness.count == 20)
        for (entry, random) in zip(entries, randomness) {
            let key = try Falcon1024.PrivateKey(rawRepresentation: entry.privateKey)
            #expect(equal(key.publicKey.rawRepresentation, entry.publicKey))
            let signed = try key.signedMessage(entry.message, salt: random.salt, seed: random.signing)
            #expect(equal(signed, entry.signedMessage), "entry \(entry.count)")
            #expect(equal(key.publicKey.openedMessage(entry.signedMessage), entry.message), "entry \(entry.count)")
        }
    }

    @Test func replaysPaddedSignaturesOf1024() throws {
        let entries = try KnownAnswers.entries("falcon1024-padded-KAT-first20.rsp")
        let randomness = try KnownAnswers.randomness("falcon1024-kat-drbg-first20.txt")
        try #require(entries.count == 20 && randomness.count == 20)
        for (entry, random) in zip(entries, randomness) {
            let key = try Falcon1024.PrivateKey(rawRepresentation: entry.privateKey)
            let signature = try key.signature(for: entry.message, salt: random.salt, seed: random.signing)
            let expected = Self.paddedSignature(entry)
            #expect(equal(signature, expected), "entry \(entry.count)")
            #expect(key.publicKey.isValidSignature(expected, for: entry.message), "entry \(entry.count)")
        }
    }

    @Test func replays512WithItsGenerator() throws {
        let entries = try KnownAnswers.entries("falcon512-KAT-first20.rsp")
        try #require(entries.count == 20)
        for entry in entries {
            var generator = CounterGenerator(seed: entry.seed)
            let key = try Falcon512.PrivateKey(seed: generator.bytes(48))
            #expect(equal(key.rawRepresentation, entry.privateKey), "entry \(entry.count)")
            #expect(equal(key.publicKey.rawRepresentation, entry.publicKey), "entry \(entry.count)")
            let salt = generator.bytes(40)
            let signed = try key.signedMessage(entry.message, salt: salt, seed: generator.bytes(48))
            #expect(equal(signed, entry.signedMessage), "entry \(entry.count)")
            #expect(equal(key.publicKey.openedMessage(entry.signedMessage), entry.message), "entry \(entry.count)")
        }
    }

    @Test func generatorGivesTheListedRandomness() throws {
        let entries = try KnownAnswers.entries("falcon1024-KAT-first20.rsp")
        let randomness = try KnownAnswers.randomness("falcon1024-kat-drbg-first20.txt")
        for (entry, random) in zip(entries, randomness) {
            var generator = CounterGenerator(seed: entry.seed)
            #expect(generator.bytes(48) == random.generation)
            #expect(generator.bytes(40) == random.salt)
            #expect(generator.bytes(48) == random.signing)
        }
    }

    /// The padded file's signed messages are the signature, then the message.
    static func paddedSignature(_ entry: KnownAnswers.Entry) -> [UInt8] {
        Array(entry.signedMessage.prefix(Falcon1024.parameters.paddedSignatureByteCount))
    }
}

/// Equality whose failure does not print kilobytes.
func equal(_ a: [UInt8]?, _ b: [UInt8]) -> Bool { a == b }
