import Canonical
import Foundation
import Testing

/// Against canoser, an independent implementation of BCS in Python.
@Suite(.enabled(if: CanoserPeer.isAvailable)) struct PeerEncodingTests {
    @Test(arguments: [UInt64(1), 2, 3]) func `reads what the peer writes`(seed: UInt64) throws {
        let lines = try CanoserPeer.run("make", "\(seed)", "200")
        #expect(lines.count == 200)
        for line in lines {
            let record = try PeerRecord(canonicalBytes: line.bytes)
            #expect(record.fields == line.fields, "seed \(seed)")
            #expect(record.canonicalBytes == line.bytes, "seed \(seed)")
        }
    }

    @Test(arguments: [UInt64(4), 5, 6]) func `the peer reads what is written here`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let records = (0..<200).map { _ in PeerRecord(random: &random) }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("records-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = records.map { CanoserPeer.hexadecimal($0.canonicalBytes) + "\n" }.joined()
        try Data(text.utf8).write(to: file)
        let lines = try CanoserPeer.run("read", file.path)
        #expect(lines.count == records.count)
        for (record, line) in zip(records, lines) {
            #expect(line.fields == record.fields, "seed \(seed)")
            #expect(line.bytes == record.canonicalBytes, "seed \(seed)")
        }
    }
}

/// Runs `Fixtures/canoser_peer.py` in the package's virtual environment.
enum CanoserPeer {
    struct Line {
        let bytes: [UInt8]
        let fields: PeerRecord.Fields
    }

    struct Failure: Error {
        let complaint: String
    }

    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    private static let python =
        tests.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".venv/bin/python").path

    static let isAvailable: Bool = {
        let isThere = FileManager.default.isExecutableFile(atPath: python) && (try? run("make", "1", "1")) != nil
        if !isThere { print("skipped: no .venv with canoser") }
        return isThere
    }()

    static func run(_ arguments: String...) throws -> [Line] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [tests.appendingPathComponent("Fixtures/canoser_peer.py").path] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(complaint: text) }
        return try text.split(separator: "\n").map { line in
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { throw Failure(complaint: String(line)) }
            return Line(
                bytes: bytes(parts[0]),
                fields: try JSONDecoder().decode(PeerRecord.Fields.self, from: Data(parts[1].utf8)))
        }
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

    private static func bytes(_ text: Substring) -> [UInt8] {
        let digits = Array(text)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }
}
