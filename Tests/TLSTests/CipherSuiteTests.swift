import Testing

@testable import TLS

@Test func `every cipher suite has the sizes of its AEAD and hash`() {
    #expect(CipherSuite.aes128GCMSHA256.keyByteCount == 16)
    #expect(CipherSuite.aes256GCMSHA384.keyByteCount == 32)
    #expect(CipherSuite.chacha20Poly1305SHA256.keyByteCount == 32)
    #expect(CipherSuite.aes256GCMSHA384.hash.byteCount == 48)
}
