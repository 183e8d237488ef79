import Falcon

/// Replays one known answer: makes the key and the signature anew from the entry's seed and compares every field.
struct KnownAnswerReplay {
    private let entry: KnownAnswer
    private var complaints: [String] = []

    /// What does not match, empty when everything does.
    static func complaints(about entry: KnownAnswer) throws(ConformanceError) -> [String] {
        guard entry.seed.count == CounterGenerator.seedBytes else {
            throw .wrongSeedSize(byteCount: entry.seed.count, line: entry.line)
        }
        var replay = KnownAnswerReplay(entry: entry)
        switch entry.publicKey.count {
        case Falcon512.parameters.publicKeyByteCount: try replay.run(Falcon512.self)
        case Falcon1024.parameters.publicKeyByteCount: try replay.run(Falcon1024.self)
        default: throw .unknownKeySize(byteCount: entry.publicKey.count, line: entry.line)
        }
        return replay.complaints
    }

    private init(entry: KnownAnswer) {
        self.entry = entry
    }

    private mutating func run<Parameters: FalconParameterSet>(_: Parameters.Type) throws(ConformanceError) {
        check(entry.messageLength == UInt64(entry.message.count), "mlen is not the length of msg")
        check(entry.signedMessageLength == UInt64(entry.signedMessage.count), "smlen is not the length of sm")
        var generator = try CounterGenerator(seed: entry.seed)
        let keySeed = try generator.bytes(FalconParameters.seedByteCount)
        let salt = try generator.bytes(FalconParameters.saltByteCount)
        let signingSeed = try generator.bytes(FalconParameters.seedByteCount)
        do throws(FalconError) {
            let key = try FalconPrivateKey<Parameters>(seed: keySeed)
            compare(key.rawRepresentation, entry.privateKey, "sk")
            compare(key.publicKey.rawRepresentation, entry.publicKey, "pk")
            compare(try sign(key, salt: salt, seed: signingSeed), entry.signedMessage, "sm")
            try verify(FalconPublicKey<Parameters>(rawRepresentation: entry.publicKey))
        } catch {
            complaints.append("refused: \(error)")
        }
    }

    /// Whether `sm` is a padded signature with the message after it, and not the NIST form with the message inside.
    private func isPadded(_ parameters: FalconParameters) -> Bool {
        entry.signedMessage.count == parameters.paddedSignatureByteCount + entry.message.count
            && entry.signedMessage.first == 0x30 | UInt8(parameters.logDegree)
    }

    private func sign<Parameters: FalconParameterSet>(
        _ key: FalconPrivateKey<Parameters>, salt: [UInt8], seed: [UInt8]
    ) throws(FalconError) -> [UInt8] {
        guard isPadded(Parameters.parameters) else {
            return try key.signedMessage(entry.message, salt: salt, seed: seed)
        }
        return try key.signature(for: entry.message, salt: salt, seed: seed) + entry.message
    }

    private mutating func verify<Parameters: FalconParameterSet>(
        _ key: FalconPublicKey<Parameters>
    ) throws(FalconError) {
        let parameters = Parameters.parameters
        if isPadded(parameters) {
            let signature = entry.signedMessage.prefix(parameters.paddedSignatureByteCount)
            check(key.isValidSignature(signature, for: entry.message), "the signature in sm does not verify")
        } else {
            check(key.openedMessage(entry.signedMessage) == entry.message, "sm does not open to msg")
        }
    }

    private mutating func compare(_ made: [UInt8], _ published: [UInt8], _ field: String) {
        guard made != published else { return }
        let shared = zip(made, published).prefix { $0 == $1 }.count
        complaints.append(
            "\(field) differs from byte \(shared) on (\(made.count) bytes made, \(published.count) published)")
    }

    private mutating func check(_ holds: Bool, _ complaint: String) {
        if !holds { complaints.append(complaint) }
    }
}
