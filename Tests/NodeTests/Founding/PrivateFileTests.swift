import Glibc
import Testing

@testable import Node

@Suite struct PrivateFileTests {
    private let folder = Result { try TemporaryFolder() }

    private func path(_ name: String) throws -> String { "\(try folder.get().path)/\(name)" }

    static func mode(_ path: String) throws -> UInt32 {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return UInt32(status.st_mode) & 0o777
    }

    @Test(arguments: [0, 1, 4096, 100_000]) func `reads what was written`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try PrivateFile.write(bytes, to: path("file"))
        #expect(try PrivateFile.read(path("file")) == bytes)
        #expect(try PrivateFile.size(path("file")) == count)
        #expect(try PrivateFileTests.mode(path("file")) == 0o600)
    }

    @Test func `replaces a file whole and leaves nothing beside it`() throws {
        try PrivateFile.write("a long first text", to: path("file"), isSecret: false)
        try PrivateFile.write("short", to: path("file"), isSecret: false)
        #expect(try PrivateFile.readText(path("file")) == "short")
        #expect(!PrivateFile.exists(try path("file.new")))
        #expect(try PrivateFileTests.mode(path("file")) == 0o644)
    }

    @Test func `a secret in the place of a leftover that others could read is theirs no more`() throws {
        try PrivateFile.write("left by a crash", to: path("key.new"), isSecret: false)
        try PrivateFile.write("secret", to: path("key"))
        #expect(try PrivateFileTests.mode(path("key")) == 0o600)
    }

    @Test func `says which file is missing, too large or no text`() throws {
        #expect { _ = try PrivateFile.read(path("none")) } throws: { "\($0)".contains("/none: cannot open it") }
        try PrivateFile.write([1, 2, 3], to: path("file"))
        #expect {
            _ = try PrivateFile.read(path("file"), limit: 2)
        } throws: {
            "\($0)".contains("3 bytes, more than 2")
        }
        try PrivateFile.write([0xff, 0xfe], to: path("file"))
        #expect { _ = try PrivateFile.readText(path("file")) } throws: { "\($0)".contains("not UTF-8") }
    }

    @Test func `makes directories and those above`() throws {
        let deep = try path("a/b/c")
        try PrivateFile.makeDirectory(deep)
        try PrivateFile.makeDirectory(deep)
        #expect(PrivateFile.exists(deep))
        #expect(try PrivateFileTests.mode(deep) == 0o700)
    }
}
