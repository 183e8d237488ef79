import Foundation

/// The published known-answer files, found beside the package or where `HYPERMESH_VECTORS` points.
enum KnownAnswers {
    struct Entry: Sendable {
        let count: Int
        let seed: [UInt8]
        let message: [UInt8]
        let publicKey: [UInt8]
        let privateKey: [UInt8]
        let signedMessage: [UInt8]
    }

    static let folder: URL? = {
        if let named = ProcessInfo.processInfo.environment["HYPERMESH_VECTORS"] {
            return existing(URL(fileURLWithPath: named).appendingPathComponent("falcon"))
        }
        var directory = URL(fileURLWithPath: #filePath)
        while directory.path != "/" {
            directory.deleteLastPathComponent()
            if let found = existing(directory.appendingPathComponent("shared/vectors/falcon")) { return found }
        }
        return nil
    }()

    static let areAvailable: Bool = {
        if folder == nil { print("skipped: vectors not found") }
        return folder != nil
    }()

    private static func existing(_ url: URL) -> URL? {
        FileManager.default.fileExists(atPath: url.path) ? url : nil
    }

    static func entries(_ name: String) throws -> [Entry] {
        var entries: [Entry] = []
        var fields: [String: String] = [:]
        for line in try lines(name) {
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { continue }
            fields[parts[0]] = parts[1]
            guard parts[0] == "sm" else { continue }
            entries.append(
                Entry(
                    count: Int(fields["count", default: ""]) ?? -1, seed: bytes(fields["seed"]),
                    message: bytes(fields["msg"]), publicKey: bytes(fields["pk"]), privateKey: bytes(fields["sk"]),
                    signedMessage: bytes(parts[1])))
        }
        return entries
    }

    /// The generator outputs that belong to the entries: salt, signing seed, key generation seed.
    static func randomness(_ name: String) throws -> [(salt: [UInt8], signing: [UInt8], generation: [UInt8])] {
        try lines(name).compactMap { line in
            let parts = line.split(separator: " ")
            guard parts.count == 4 else { return nil }
            return (bytes(String(parts[1])), bytes(String(parts[2])), bytes(String(parts[3])))
        }
    }

    private static func lines(_ name: String) throws -> [Substring] {
        guard let folder else { return [] }
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        return text.split(whereSeparator: \.isNewline)
    }

    static func bytes(_ hex: String?) -> [UInt8] {
        let digits = Array((hex ?? "").utf8).map { UInt8($0 > 64 ? ($0 & 0xDF) - 55 : $0 - 48) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
