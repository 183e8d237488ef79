import Crypto

/// The body of a ClientHello's pre_shared_key (RFC 8446 §4.2.11): tickets, and proofs that their secrets are known.
struct PreSharedKeyOffer: Sendable, Equatable {
    struct Identity: Sendable, Equatable {
        let ticket: [UInt8]
        let obfuscatedAge: UInt32
    }

    let identities: [Identity]
    let binders: [[UInt8]]

    init(identities: [Identity], binders: [[UInt8]]) {
        self.identities = identities
        self.binders = binders
    }

    init(_ body: [UInt8]) throws(TLSError) {
        var reader = ByteReader(body)
        var list = ByteReader(try reader.vector16("identities", 7...0xFFFF))
        var proofs = ByteReader(try reader.vector16("binders", 33...0xFFFF))
        try reader.finish("pre_shared_key")
        var identities: [Identity] = []
        while !list.isAtEnd {
            guard identities.count < TLSLimits.extensionCountMax else { throw .decode("too many identities") }
            let ticket = try list.vector16("identity", 1...0xFFFF)
            identities.append(Identity(ticket: ticket, obfuscatedAge: try list.uint32("obfuscated_ticket_age")))
        }
        var binders: [[UInt8]] = []
        while !proofs.isAtEnd, binders.count <= identities.count {
            binders.append(try proofs.vector8("binder", 32...255))
        }
        guard identities.count == binders.count else {
            throw .illegalParameter("\(identities.count) identities, but another number of binders")
        }
        self.identities = identities
        self.binders = binders
    }

    var body: [UInt8] {
        var writer = ByteWriter()
        writer.vector16 { list in
            for identity in identities {
                list.vector16(identity.ticket)
                list.uint32(identity.obfuscatedAge)
            }
        }
        writer.vector16 { list in binders.forEach { list.vector8($0) } }
        return writer.bytes
    }

    /// Bytes at the end of the ClientHello that the binders do not cover: the binders themselves, with their length.
    var bindersByteCount: Int { binders.reduce(2) { $0 + 1 + $1.count } }

    /// The proof that `secret` is known (RFC 8446 §4.2.11.2).
    ///
    /// - Parameter transcriptHash: of everything up to the ClientHello without its binders.
    static func binder(suite: CipherSuite, secret: SymmetricKey, transcriptHash: [UInt8]) -> [UInt8] {
        suite.hash.authenticationCode(for: transcriptHash, key: binderKey(suite: suite, secret: secret))
    }

    static func isValid(
        _ binder: [UInt8], suite: CipherSuite, secret: SymmetricKey, transcriptHash: [UInt8]
    ) -> Bool {
        suite.hash.isValidAuthenticationCode(
            binder, for: transcriptHash, key: binderKey(suite: suite, secret: secret))
    }

    private static func binderKey(suite: CipherSuite, secret: SymmetricKey) -> SymmetricKey {
        let schedule = KeySchedule(suite: suite, preSharedKey: secret)
        let key = schedule.derive("res binder", transcriptHash: suite.hash.digest([]))
        return suite.hash.expandLabel(key, "finished", byteCount: suite.hash.byteCount)
    }
}
