import Foundation
import QUIC
import Testing

@testable import STOQ

@Suite struct QlogFilesTests {
    /// A new directory under the temporary one.
    func directory() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "hm-qlog-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    @Test func `each end writes what happened on a connection to a file of its own`() async throws {
        let directory = try directory()
        defer { try? FileManager.default.removeItem(at: directory) }
        try await Pair.run(change: { $0.qlogDirectory = directory.path }) { pair in
            let stream = try await pair.stream(.unidirectional)
            async let received = collect(stream.far)
            try await stream.near.write([UInt8](repeating: 7, count: 300_000), finish: true)
            #expect(try await received.count == 300_001)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        try #require(names.count == 2)
        // One connection, so one name, and both ends.
        let prefixes = Set(names.map { String($0.prefix { $0 != "_" }) })
        #expect(prefixes.count == 1)
        #expect(prefixes.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isHexDigit) })
        #expect(names.map { String($0.drop { $0 != "_" }) } == ["_client.sqlog", "_server.sqlog"])
        for name in names {
            let bytes = try [UInt8](Data(contentsOf: directory.appending(path: name)))
            var events: Set<String> = []
            for (index, record) in bytes.split(separator: 0x1E).enumerated() {
                let object = try #require(
                    try JSONSerialization.jsonObject(with: Data(record)) as? [String: Any], "\(name) \(index)")
                if index > 0 { events.insert(try #require(object["name"] as? String)) }
            }
            #expect(events.isSuperset(of: ["quic:packet_sent", "quic:packet_received"]), "\(name)")
        }
    }

    @Test func `says once that a directory cannot be written, and goes on`() async throws {
        let notes = Notes()
        let missing = "/nonexistent-\(UUID().uuidString)"
        let server = try MeshFixture.endpoint(.server)
        let client = try MeshFixture.endpoint(.client, log: notes) { $0.qlogDirectory = missing }
        let near = try await client.connect(to: server.localAddress)
        let far = try #require(await server.sessions.first { _ in true })
        let stream = try await Pair(server: server, client: client, near: near, far: far).stream(.unidirectional)
        async let received = collect(stream.far)
        try await stream.near.write([UInt8](repeating: 7, count: 100_000), finish: true)
        #expect(try await received.count == 100_001)
        await client.shutDown()
        await server.shutDown()
        #expect(notes.all.filter { $0.contains("qlog not written") && $0.contains(missing) }.count == 1)
    }
}
