import Foundation

/// Runs Python code of other Falcon implementations in the package's virtual environment.
enum Peer {
    struct Failure: Error {
        let output: String
    }

    private static let python: String? = {
        var directory = URL(fileURLWithPath: #filePath)
        while directory.path != "/" {
            directory.deleteLastPathComponent()
            let candidate = directory.appendingPathComponent(".venv/bin/python").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        }
        return nil
    }()

    static let isAvailable: Bool = {
        guard python != nil, (try? run("import pqcrypto.sign.falcon_1024, falcon_signature.falcon")) != nil else {
            print("skipped: no .venv with pqcrypto and falcon-signature")
            return false
        }
        return true
    }()

    /// Runs `code`; `arguments` arrive as hexadecimal text, and so does every word that the code prints.
    static func run(_ code: String, _ arguments: [UInt8]...) throws -> [[UInt8]] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python ?? "")
        process.arguments =
            ["-c", "import sys\n" + code] + arguments.map { $0.map { String(format: "%02x", $0) }.joined() }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(output: complaint) }
        return text.split(whereSeparator: \.isWhitespace).map { KnownAnswers.bytes(String($0)) }
    }
}
