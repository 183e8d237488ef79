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
            try #require(digest(key.rawRepresentation) == digest(entry.privateKey), "entry \(entry.count)")
            try #require(digest(key.publicKey.rawRepresentation) == digest(entry.publicKey), "entry \(entry.count)")
        }
    }

    @Test func replaysSignedMessagesOf1024() throws {
        let entries = try KnownAnswers.entries("falcon1024-KAT-first20.rsp")
        let randomness = try KnownAnswers.randomness("falcon1024-kat-drbg-first20.txt")
        try #require(entries.count == 20 && randomness.count == 20)
        for (entry, random) in zip(entries, randomness) {
            let key = try Falcon1024.PrivateKey(rawRepresentation: entry.privateKey)
            try #require(digest(key.publicKey.rawRepresentation) == digest(entry.publicKey))
            let signed = try key.signedMessage(entry.message, salt: random.salt, seed: random.signing)
            try #require(digest(signed) == digest(entry.signedMessage), "entry \(entry.count)")
            let opened = key.publicKey.openedMessage(entry.signedMessage)
            try #require(opened == entry.message, "entry \(entry.count)")
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
            try #require(digest(signature) == digest(expected), "entry \(entry.count)")
            #expect(key.publicKey.isValidSignature(expected, for: entry.message), "entry \(entry.count)")
        }
    }

    @Test func replays512WithItsGenerator() throws {
        let entries = try KnownAnswers.entries("falcon512-KAT-first20.rsp")
        try #require(entries.count == 20)
        for entry in entries {
            var generator = CounterGenerator(seed: entry.seed)
            let key = try Falcon512.PrivateKey(seed: generator.bytes(48))
            try #require(digest(key.rawRepresentation) == digest(entry.privateKey), "entry \(entry.count)")
            try #require(digest(key.publicKey.rawRepresentation) == digest(entry.publicKey), "entry \(entry.count)")
            let salt = generator.bytes(40)
            let signed = try key.signedMessage(entry.message, salt: salt, seed: generator.bytes(48))
            try #require(digest(signed) == digest(entry.signedMessage), "entry \(entry.count)")
            let opened = key.publicKey.openedMessage(entry.signedMessage)
            try #require(opened == entry.message, "entry \(entry.count)")
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

/// What stands for bytes in comparisons, so that a failure does not print kilobytes.
func digest(_ bytes: [UInt8]?) -> [UInt8]? { bytes.map { SHA3_256.hash($0) } }
