import Foundation

/// TLS 1.3 over TCP by OpenSSL, one blocking connection at a time in tight loops: what the first byte of a connection asks
/// for is done until it ends.
final class TLSPeer: @unchecked Sendable {
    /// What a connection is for.
    enum Mode: UInt8 {
        /// Eight bytes say how many follow; one byte answers the last of them.
        case bulk = 1
        /// Each block of `BenchmarkPlan.requestBytes` comes back.
        case echo = 2
        /// Nothing; it stays open.
        case idle = 3
    }

    private let library: OpenSSLLibrary
    private let context: OpaquePointer
    private let listener: Int32
    let port: UInt16

    /// - Parameter directory: holds `tls.pem` and `tls.key`.
    init(directory: URL) throws {
        library = try OpenSSLLibrary()
        context = try library.makeContext(isServer: true)
        let pem: Int32 = 1
        guard library.useCertificate(context, directory.appending(path: "tls.pem").path) == 1,
            library.useKey(context, directory.appending(path: "tls.key").path, pem) == 1
        else { throw BenchmarkError.failed("libssl did not take the certificate") }
        (listener, port) = try TCPSocket.listen()
    }

    /// Serves for as long as the process lives.
    func start() {
        Thread.detachNewThread { [self] in
            while let descriptor = try? TCPSocket.accept(on: listener) {
                Thread.detachNewThread { [self] in serve(descriptor) }
            }
        }
    }

    private func serve(_ descriptor: Int32) {
        guard let connection = library.new(context) else { return }
        var mode: UInt8 = 0
        guard library.setDescriptor(connection, descriptor) == 1, library.accept(connection) == 1,
            library.read(connection, &mode, 1) == 1
        else { return end(connection, descriptor) }
        switch Mode(rawValue: mode) {
        case .bulk: takeBulk(connection)
        case .echo: echo(connection)
        case .idle: return
        case nil: break
        }
        end(connection, descriptor)
    }

    private func takeBulk(_ connection: OpaquePointer) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
        defer { buffer.deallocate() }
        guard let base = buffer.baseAddress else { return }
        var wanted: UInt64 = 0
        while library.read(connection, &wanted, 8) == 8 {
            var left = Int(truncatingIfNeeded: wanted)
            while left > 0 {
                let count = library.read(connection, base, Int32(min(left, buffer.count)))
                guard count > 0 else { return }
                left -= Int(count)
            }
            guard library.write(connection, base, 1) == 1 else { return }
        }
    }

    private func echo(_ connection: OpaquePointer) {
        var block = [UInt8](repeating: 0, count: BenchmarkPlan.requestBytes)
        while true {
            var got = 0
            while got < block.count {
                let count = block.withUnsafeMutableBytes { bytes -> Int32 in
                    guard let base = bytes.baseAddress else { return 0 }
                    return library.read(connection, base + got, Int32(bytes.count - got))
                }
                guard count > 0 else { return }
                got += Int(count)
            }
            guard library.write(connection, block, Int32(block.count)) == block.count else { return }
        }
    }

    private func end(_ connection: OpaquePointer, _ descriptor: Int32) {
        _ = library.shutdown(connection)
        library.free(connection)
        close(descriptor)
    }
}
