import Foundation
import Testing

@testable import Falcon

/// Agreement with other implementations: PQClean's C (pqcrypto) and Prest's Python (falcon-signature).
@Suite(.enabled(if: Peer.isAvailable), .serialized)
struct PeerTests {
    let message = Array("signed here, verified there".utf8)

    @Test(arguments: [FalconSignatureEncoding.padded, .compressed])
    func agreesWithPqcrypto(encoding: FalconSignatureEncoding) throws {
        let padded = encoding == .padded
        try agree(EncodingTests.key.get(), padded ? "falcon_padded_1024" : "falcon_1024", encoding)
        try agree(EncodingTests.smallKey.get(), padded ? "falcon_padded_512" : "falcon_512", encoding)
    }

    /// They verify ours, we verify theirs; they sign with our key, we load theirs.
    private func agree<Set>(
        _ key: FalconPrivateKey<Set>, _ module: String, _ encoding: FalconSignatureEncoding
    ) throws {
        let signature = try key.signature(for: message, encoding: encoding)
        let answer = try Peer.run(
            """
            from pqcrypto.sign import \(module) as m
            message, public, secret, signature = [bytes.fromhex(a) for a in sys.argv[1:5]]
            assert m.verify(public, message, signature)
            assert not m.verify(public, message + b'x', signature)
            print(m.sign(secret, message).hex())
            public, secret = m.generate_keypair()
            print(public.hex(), secret.hex(), m.sign(secret, message).hex())
            """, message, key.publicKey.rawRepresentation, key.rawRepresentation, signature)
        try #require(answer.count == 4)
        #expect(key.publicKey.isValidSignature(answer[0], for: message, encoding: encoding))
        let theirs = try FalconPrivateKey<Set>(rawRepresentation: answer[2])
        #expect(theirs.publicKey.rawRepresentation == answer[1])
        #expect(theirs.publicKey.isValidSignature(answer[3], for: message, encoding: encoding))
        #expect(!theirs.publicKey.isValidSignature(answer[3], for: message + [1], encoding: encoding))
    }

    @Test func falconPythonSignsForUs() throws {
        let key = try EncodingTests.smallKey.get()
        let basis = key.key.basis
        let polynomials = [basis.f, basis.g, basis.capitalF, basis.capitalG].flatMap { polynomial in
            (0..<512).map { UInt8(bitPattern: polynomial[$0]) }
        }
        let answer = try Peer.run(
            """
            from falcon_signature import falcon
            message, bytes_ = [bytes.fromhex(a) for a in sys.argv[1:3]]
            values = [b - 256 if b > 127 else b for b in bytes_]
            key = falcon.SecretKey(512, [values[i:i + 512] for i in range(0, 2048, 512)])
            print(key.sign(message).hex())
            """, message, polynomials)
        try #require(answer.count == 1)
        #expect(key.publicKey.isValidSignature(answer[0], for: message))
    }

    @Test func falconPythonVerifiesOurs() throws {
        let key = try EncodingTests.smallKey.get()
        let signature = try key.signature(for: message)
        let answer = try Peer.run(
            """
            from falcon_signature import falcon
            message, public, signature = [bytes.fromhex(a) for a in sys.argv[1:4]]
            bits = int.from_bytes(public[1:], 'big')
            class Key:
                n = 512
                h = [bits >> 14 * (511 - i) & 16383 for i in range(512)]
                signature_bound = falcon.Params[512]['sig_bound']
                sig_bytelen = falcon.Params[512]['sig_bytelen']
                hash_to_point = falcon.SecretKey.hash_to_point
                verify = falcon.SecretKey.verify
            assert Key().verify(message, signature)
            sys.stdout = sys.stderr
            assert not Key().verify(message + b'x', signature)
            sys.stdout = sys.__stdout__
            print('01')
            """, message, key.publicKey.rawRepresentation, signature)
        #expect(answer == [[1]])
    }
}
