import Foundation
import Testing

/// The programs under `examples`, run as a user would.
@Suite struct `Example programs` {
    @Test func `stoq-echo sends text back`() throws {
        let server = try RunningExample("stoq-echo", ["serve", "[::1]:0"])
        defer { server.end() }
        let (address, name) = try server.greeting()
        let client = try RunningExample("stoq-echo", ["send", address, name, "hello", "there"])
        #expect(client.output() == "hello there\n")
    }

    @Test func `stoq-copy copies files whole and shows how far it is`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stoq-copy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 ^ ($0 >> 8)) })
        let source = folder.appending(path: "source.bin")
        let empty = folder.appending(path: "empty.bin")
        try bytes.write(to: source)
        try Data().write(to: empty)
        let target = folder.appending(path: "target")
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        let server = try RunningExample("stoq-copy", ["receive", "[::1]:0", target.path()])
        defer { server.end() }
        let (address, name) = try server.greeting()
        let client = try RunningExample("stoq-copy", ["send", address, name, source.path(), empty.path()])
        let shown = client.output()
        #expect(shown.contains("source.bin  100 %  2 of 2 MiB"), "\(shown)")
        #expect(try Data(contentsOf: target.appending(path: "source.bin")) == bytes)
        #expect(try Data(contentsOf: target.appending(path: "empty.bin")).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path()).count == 2)
    }
}
