import Foundation

/// A connection to a ``TLSPeer``.
final class TLSClient: @unchecked Sendable {
    private let library: OpenSSLLibrary
    private let connection: OpaquePointer
    private let descriptor: Int32

    /// Connects, shakes hands and says what the connection is for.
    init(_ library: OpenSSLLibrary, context: OpaquePointer, port: UInt16, mode: TLSPeer.Mode) throws {
        self.library = library
        descriptor = try TCPSocket.connect(port: port)
        guard let connection = library.new(context) else {
            close(descriptor)
            throw BenchmarkError.failed("libssl made no connection")
        }
        self.connection = connection
        var byte = mode.rawValue
        guard library.setDescriptor(connection, descriptor) == 1, library.connect(connection) == 1,
            library.write(connection, &byte, 1) == 1
        else { throw BenchmarkError.failed("the TLS handshake failed") }
    }

    deinit {
        _ = library.shutdown(connection)
        library.free(connection)
        close(descriptor)
    }

    /// Sends bytes and waits until the peer has read them.
    func sendBulk(_ bytes: Int) throws {
        let chunk = [UInt8](repeating: 0x2e, count: 256 << 10)
        var wanted = UInt64(bytes)
        guard library.write(connection, &wanted, 8) == 8 else { throw BenchmarkError.noAnswer("the TLS peer") }
        var left = bytes
        while left > 0 {
            let count = library.write(connection, chunk, Int32(min(left, chunk.count)))
            guard count > 0 else { throw BenchmarkError.noAnswer("the TLS peer") }
            left -= Int(count)
        }
        var byte: UInt8 = 0
        guard library.read(connection, &byte, 1) == 1 else { throw BenchmarkError.noAnswer("the TLS peer") }
    }

    /// Sends so many blocks and takes as many back.
    func exchange(_ block: inout [UInt8], count: Int = 1) throws {
        for _ in 0..<count {
            guard library.write(connection, block, Int32(block.count)) == block.count else {
                throw BenchmarkError.noAnswer("the TLS peer")
            }
        }
        var left = count * block.count
        while left > 0 {
            let got = block.withUnsafeMutableBytes { bytes -> Int32 in
                bytes.baseAddress.map { library.read(connection, $0, Int32(min(left, bytes.count))) } ?? 0
            }
            guard got > 0 else { throw BenchmarkError.noAnswer("the TLS peer") }
            left -= Int(got)
        }
    }
}
