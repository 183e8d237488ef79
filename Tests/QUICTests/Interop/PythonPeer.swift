import Crypto
import Foundation
import Glibc

/// A peer written in Python, in a process of its own.
final class PythonPeer {
    private let process = Process()
    private let output = Pipe()

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let python = root.appendingPathComponent(".venv/bin/python").path
    static let isInstalled = has("aioquic")
    static let hasQH3 = has("qh3")

    private static func has(_ library: String) -> Bool {
        let packages = try? FileManager.default.contentsOfDirectory(
            atPath: root.appendingPathComponent(".venv/lib").path)
        return packages?.contains { version in
            FileManager.default.fileExists(
                atPath: root.appendingPathComponent(".venv/lib/\(version)/site-packages/\(library)").path)
        } ?? false
    }

    /// `library` is aioquic or qh3.
    init(_ arguments: [String], library: String = "aioquic") throws {
        process.executableURL = URL(fileURLWithPath: Self.python)
        process.arguments =
            [Self.root.appendingPathComponent("Tests/QUICTests/Fixtures/quic_peer.py").path, library] + arguments
        process.standardOutput = output
        try process.run()
    }

    deinit {
        stop()
    }

    var isRunning: Bool { process.isRunning }

    /// The next line of output; empty at the end.
    func readLine() -> String {
        var line: [UInt8] = []
        while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    func stop() {
        // It inherits the blocked signals of the thread that started it, SIGTERM among them.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// A real X.509 certificate with its key.
    static func makeSigner() throws -> TestSigner {
        let peer = try PythonPeer(["credentials"])
        let pem = Data(base64Encoded: peer.readLine()) ?? Data()
        let certificate = Data(base64Encoded: peer.readLine()) ?? Data()
        peer.stop()
        let key = try P256.Signing.PrivateKey(pemRepresentation: String(decoding: pem, as: UTF8.self))
        return TestSigner(key: key, chain: [Array(certificate)])
    }
}
