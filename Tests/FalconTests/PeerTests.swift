import Foundation
import Testing

@testable import Falcon

/// Agreement with other implementations: PQClean's C (pqcrypto) and Prest's Python (falcon-signature).
@Suite(.enabled(if: Peer.isAvailable), .serialized)
struct PeerTests {
    let message = Array("signed here, verified there".utf8)

    @Test(arguments: ["falcon_padded_1024", "falcon_1024"])
    func agreesWithPqcrypto(module: String) throws {
        let encoding: FalconSignatureEncoding = module == "falcon_1024" ? .compressed : .padded
        let key = try EncodingTests.key.get()
        let signature = try key.signature(for: message, encoding: encoding)
        let answer = try Peer.run(
            """
            from pqcrypto.sign import \(module) as m
            message, public, secret, signature = [bytes.fromhex(a) for a in sys.argv[1:5]]
            assert m.verify(public, message, signature) is not False
            print(m.sign(secret, message).hex())
            public, secret = m.generate_keypair()
            print(public.hex(), secret.hex(), m.sign(secret, message).hex())
            """, message, key.publicKey.rawRepresentation, key.rawRepresentation, signature)
        try #require(answer.count == 4)
        #expect(key.publicKey.isValidSignature(answer[0], for: message, encoding: encoding))
        let theirs = try Falcon1024.PrivateKey(rawRepresentation: answer[2])
        #expect(theirs.publicKey.rawRepresentation == answer[1])
        #expect(theirs.publicKey.isValidSignature(answer[3], for: message, encoding: encoding))
        #expect(!theirs.publicKey.isValidSignature(answer[3], for: message + [1], encoding: encoding))
    }

    @Test func agreesWithFalconPython() throws {
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
