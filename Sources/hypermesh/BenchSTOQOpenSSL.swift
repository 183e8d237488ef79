import Foundation
import Node

/// TCP with TLS 1.3 through OpenSSL's own programs: bytes go into `s_client` and are counted as they come out of
/// `s_server`, both in processes of their own on `[::1]`.
struct BenchSTOQOpenSSL {
    let directory: URL

    private func process(_ arguments: [String], input: Pipe?, output: Pipe?) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = directory
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    /// Makes the server's key and certificate; P-256, the usual choice.
    func prepare() throws {
        let make = process(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
                "-subj", "/CN=bench", "-keyout", "tls.key", "-out", "tls.pem",
            ], input: nil, output: nil)
        try make.run()
        make.waitUntilExit()
        switch make.terminationStatus {
        case 0: break
        case 127: throw BenchSTOQError.notInstalled("openssl")
        default: throw BenchSTOQError.failed("openssl req ended with code \(make.terminationStatus)")
        }
    }

    /// Bits a second from the first byte given to `s_client` to the last that `s_server` gave out.
    func rate(bytes: Int) throws -> Double {
        let received = Pipe()
        let server = process(
            ["s_server", "-accept", "[::1]:0", "-cert", "tls.pem", "-key", "tls.key", "-tls1_3", "-naccept", "1"],
            input: Pipe(), output: received)
        try server.run()
        defer { end(server) }
        let port = try readPort(received.fileHandleForReading)
        let sent = Pipe()
        let client = process(
            ["s_client", "-connect", "[::1]:\(port)", "-tls1_3", "-quiet", "-ciphersuites", "TLS_AES_256_GCM_SHA384"],
            input: sent, output: nil)
        try client.run()
        defer { end(client) }
        // One byte through the pipe first, so that the handshake is not counted.
        let output = received.fileHandleForReading
        try sent.fileHandleForWriting.write(contentsOf: Data(repeating: 0x2e, count: 1))
        try readSession(output)
        return try time(bytes, from: sent.fileHandleForWriting, to: output)
    }

    private func time(_ bytes: Int, from input: FileHandle, to output: FileHandle) throws -> Double {
        let chunk = Data(repeating: 0x2e, count: 1 << 20)
        let descriptor = input.fileDescriptor
        let start = ContinuousClock.now
        Thread.detachNewThread {
            let handle = FileHandle(fileDescriptor: descriptor)
            var left = bytes
            while left > 0, (try? handle.write(contentsOf: chunk.prefix(left))) != nil { left -= chunk.count }
        }
        var count = 0
        while count < bytes {
            let more = output.availableData
            guard !more.isEmpty else {
                throw BenchSTOQError.failed("openssl s_server ended after \(count) of \(bytes) bytes")
            }
            count += more.count
        }
        return Double(bytes) * 8 / Seconds(ContinuousClock.now - start).value
    }

    /// The server says `ACCEPT [::1]:port` once it listens.
    private func readPort(_ output: FileHandle) throws -> Int {
        let text = try read(output) { $0.contains("ACCEPT") && $0.hasSuffix("\n") }
        let port = text.split(separator: "\n").first { $0.hasPrefix("ACCEPT") }?.split(separator: ":").last
        guard let port, let number = Int(port.filter(\.isNumber)) else {
            throw BenchSTOQError.failed("openssl s_server did not say where it listens")
        }
        return number
    }

    /// The server describes the session before it gives out the byte.
    private func readSession(_ output: FileHandle) throws {
        _ = try read(output) { $0.hasSuffix(".") }
    }

    private func read(_ output: FileHandle, until isEnough: (String) -> Bool) throws -> String {
        var text = ""
        while !isEnough(text) {
            let more = output.availableData
            guard !more.isEmpty else {
                throw BenchSTOQError.failed("openssl s_server ended early")
            }
            text += String(decoding: more, as: UTF8.self)
        }
        return text
    }

    private func end(_ process: Process) {
        // Processes started from a worker thread inherit its blocked signals, SIGTERM among them.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }
}
