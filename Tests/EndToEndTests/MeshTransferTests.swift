import Canonical
import Foundation
import Glibc
import Testing

extension MeshTests {
    @Test func `a file goes straight to a node that has opened its inbox, and to no other`() async throws {
        let path = try payload("plain.bin", count: 700_000)
        let refused = try await mesh.run("send", path, "node-3", exitCode: 2)
        #expect(refused.complaint.contains("no inbox is open"), "\(refused.complaint)")
        try await mesh.run("node", "inbox", "3", "--limit", "64")
        let report = try await mesh.run("send", path, "node-3", "--output", "json").json(SentFile.self)
        #expect(report.bytes == 700_000 && report.receiver == "node-3" && report.relays.isEmpty)
        #expect(try received(3, "plain.bin") == payloadBytes(700_000))
        try await mesh.run("node", "inbox", "3", "--close")
        try await mesh.run("send", path, "node-3", exitCode: 2)
    }

    @Test func `a file goes through relays that sign, and past a relay that is not there`() async throws {
        try await mesh.run("node", "inbox", "4")
        let path = try payload("relayed.bin", count: 300_000)
        let report = try await mesh.run("send", path, "4", "--via", "node-1,node-2", "--output", "json")
            .json(SentFile.self)
        #expect(report.relays.map(\.name) == ["node-1", "node-2"])
        #expect(report.relays.allSatisfy { $0.bytesForward > 300_000 && $0.bytesBackward > 0 })
        #expect(try received(4, "relayed.bin") == payloadBytes(300_000))

        let loop = try await mesh.run("send", path, "4", "--via", "1,2,1", exitCode: 1)
        #expect(loop.complaint.contains("loop"), "\(loop.complaint)")
        let absent = "0000000000000000000000000000000000000000000000000000000000000001@[::1]:9"
        let other = try await mesh.run(
            "send", path, "4", "--chunks", "--via", "1,\(absent)", "--via", "3", "--output", "json"
        ).json(SentFile.self)
        #expect(other.relays.map(\.name) == ["node-3"] && other.failedRoutes.count == 1)
        #expect(other.failedRoutes[0].reason.contains("not known"), "\(other.failedRoutes)")
    }

    @Test func `chunks that are there already are not sent again`() async throws {
        try await mesh.run("node", "inbox", "4")
        let path = try payload("chunked.bin", count: 900_000)
        let first = try await mesh.run("send", path, "4", "--chunks", "--chunk-size", "16", "--output", "json")
            .json(SentFile.self)
        #expect(first.bytesReused == 0 && first.pieces > 20)
        var changed = payloadBytes(900_000)
        changed.insert(contentsOf: [1, 2, 3, 4], at: 400_000)
        try Data(changed).write(to: URL(fileURLWithPath: path))
        let second = try await mesh.run("send", path, "4", "--chunks", "--chunk-size", "16", "--output", "json")
            .json(SentFile.self)
        #expect(second.bytesReused > 700_000 && second.bytesReused < 900_000)
        #expect(try received(4, "chunked.bin") == changed)
    }

    @Test func `shards over three nodes restore the file when one node's are gone`() async throws {
        for number in ["1", "2", "4"] { try await mesh.run("node", "inbox", number) }
        let path = try payload("sharded.bin", count: 500_000)
        let report = try await mesh.run("send", path, "1,2,4", "--shards", "4+2", "--output", "json")
            .json(ShardedFile.self)
        #expect(report.shards.map(\.holder) == ["node-1", "node-2", "node-4", "node-1", "node-2", "node-4"])
        for number in [1, 2, 4] {
            let owners = try FileManager.default.contentsOfDirectory(atPath: "\(inbox(number))/.shards")
            #expect(owners.count == 1)
            if number == 2 { try FileManager.default.removeItem(atPath: "\(inbox(number))/.shards") }
        }
        let target = "\(mesh.directory)/restored.bin"
        let name = "\(report.object):\(report.key)"
        let fetched = try await mesh.run("fetch", name, target, "--from", "1,2,3,4", "--output", "json")
            .json(FetchedFile.self)
        #expect(Set(fetched.used) == [0, 2, 3, 5])
        #expect(Set(fetched.losses.map(\.holder)) == ["node-2", "node-3"])
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: target))) == payloadBytes(500_000))
        let wrong = try await mesh.run("fetch", "\(report.object):\(report.object)", target, exitCode: 1)
        #expect(wrong.complaint.contains("does not open"), "\(wrong.complaint)")
    }

    @Test func `shards go through a relay, and come back through it`() async throws {
        for number in ["2", "3"] { try await mesh.run("node", "inbox", number) }
        let path = try payload("far.bin", count: 200_000)
        let report = try await mesh.run("send", path, "2,3", "--shards", "2+1", "--via", "1,2", "--output", "json")
            .json(ShardedFile.self)
        // Node 2 stands on the way to node 3, and is reached by the part of the way before it.
        #expect(report.shards.map(\.relays) == [["node-1"], ["node-1", "node-2"], ["node-1"]])
        let note = "\(mesh.directory)/far.name"
        try Data("\(report.object):\(report.key)\n".utf8).write(to: URL(fileURLWithPath: note))
        let target = "\(mesh.directory)/far.restored"
        try await mesh.run("fetch", note, target, "--from", "2,3", "--via", "1")
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: target))) == payloadBytes(200_000))
    }

    /// A directory with a key and a certificate for serving, and whose it is.
    private func receivingIdentity(_ name: String) async throws -> (directory: String, id: String) {
        let me = "\(mesh.directory)/\(name)"
        try FileManager.default.createDirectory(atPath: me, withIntermediateDirectories: true)
        let certificate = "\(me)/certificate.pem"
        let asked = try await HypermeshProgram.run(
            ["cert", "request", "inbox", "--dns", "inbox", "--key", "\(me)/key.pem", "--request", "\(me)/r.pem"])
        #expect(asked.exitCode == 0, "\(asked.complaint)")
        try await mesh.run("cert", "issue", "\(me)/r.pem", "--profile", "service", "--certificate", certificate)
        let shown = try await mesh.run("cert", "show", certificate, "--output", "json").json(ShownCertificate.self)
        return (me, shown.id)
    }

    @Test func `a receiving process that nobody can dial takes files through a relay`() async throws {
        let (me, id) = try await receivingIdentity("hidden")
        let path = try payload("hidden.bin", count: 100_000)
        // Without its address nobody could dial it.
        let unknown = try await mesh.run("send", path, id, "--via", "node-2", exitCode: 2)
        #expect(unknown.complaint.contains("not known"), "\(unknown.complaint)")
        async let receiving = mesh.run(
            "receive", "--identity", me, "--into", "\(me)/incoming", "--relay", "node-1,node-2", "--count", "1")
        var sent: HypermeshProgram.Run?
        for _ in 0..<40 where sent?.exitCode != 0 {
            sent = try await mesh.run("send", path, id, "--via", "node-2", "--output", "json", exitCode: nil)
        }
        let report = try #require(sent).json(SentFile.self)
        #expect(report.relays.map(\.name) == ["node-2"] && report.bytes == 100_000)
        #expect(try await receiving.output.contains("received 100000 bytes"))
        let file = URL(fileURLWithPath: "\(me)/incoming/hidden.bin")
        #expect(try Array(Data(contentsOf: file)) == payloadBytes(100_000))
    }

    @Test func `a receiving process takes files for a member`() async throws {
        let (me, id) = try await receivingIdentity("receiver")
        let path = try payload("taken.bin", count: 100_000)
        let port = try #require(freePort())
        async let receiving = mesh.run(
            "receive", "--identity", me, "--into", "\(me)/incoming", "--address", "[::1]:\(port)", "--count", "1")
        var sent: HypermeshProgram.Run?
        for _ in 0..<40 where sent?.exitCode != 0 {
            sent = try await mesh.run("send", path, "\(id)@[::1]:\(port)", exitCode: nil)
        }
        #expect(sent?.exitCode == 0, "\(sent?.complaint ?? "not sent")")
        #expect(try await receiving.output.contains("received 100000 bytes"))
        let file = URL(fileURLWithPath: "\(me)/incoming/taken.bin")
        #expect(try Array(Data(contentsOf: file)) == payloadBytes(100_000))
    }

    /// A UDP port of `[::1]` that nobody uses now.
    private func freePort() -> UInt16? {
        let descriptor = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_addr = in6addr_loopback
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let isNamed = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        return isNamed ? UInt16(bigEndian: address.sin6_port) : nil
    }

    // MARK: Files

    private func payloadBytes(_ count: Int) -> [UInt8] {
        var random = SplitMix64(seed: UInt64(count))
        return random.bytes(count)
    }

    private func payload(_ name: String, count: Int) throws -> String {
        let path = "\(mesh.directory)/\(name)"
        try Data(payloadBytes(count)).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func inbox(_ node: Int) -> String { "\(mesh.directory)/node-\(node)/inbox" }

    /// A file in the inbox of a node, from the only sender that there is.
    private func received(_ node: Int, _ name: String) throws -> [UInt8] {
        let senders = try FileManager.default.contentsOfDirectory(atPath: inbox(node)).filter { !$0.hasPrefix(".") }
        let sender = try #require(senders.first)
        return try Array(Data(contentsOf: URL(fileURLWithPath: "\(inbox(node))/\(sender)/\(name)")))
    }
}

/// What the commands print as JSON, as far as the tests look at it.
private struct SentFile: Decodable {
    struct Relay: Decodable {
        let name: String
        let bytesForward: UInt64
        let bytesBackward: UInt64
    }

    struct Route: Decodable {
        let relays: [String]
        let reason: String
    }

    let receiver: String
    let bytes: UInt64
    let pieces: Int
    let bytesReused: UInt64
    let relays: [Relay]
    let failedRoutes: [Route]
}

private struct ShardedFile: Decodable {
    struct Shard: Decodable {
        let index: Int
        let holder: String
        let relays: [String]
    }

    let object: String
    let key: String
    let shards: [Shard]
}

private struct FetchedFile: Decodable {
    struct Loss: Decodable {
        let holder: String
        let reason: String
    }

    let used: [Int]
    let losses: [Loss]
}

private struct ShownCertificate: Decodable {
    let id: String
}
