import Canonical
import Foundation
import STOQ
import Testing

@testable import Node

@Suite struct InboxTests {
    private static let sender = NodeID(publicKey: [1])
    private static let limits = InboxLimits(bytesMax: 10_000, filesMax: 4)

    /// Takes an object from a sender that behaves.
    @discardableResult
    private func take(
        _ bytes: [UInt8], as purpose: TransferOffer.Purpose, into inbox: Inbox, from peer: NodeID = sender,
        average: UInt32 = 0, pieces: Int = .max
    ) throws -> (present: [Bool], reusedBytes: UInt64) {
        let source = MemorySource(bytes)
        let list =
            average > 0
            ? try source.list(cutter: .init(average: Int(average))) : try source.list(pieceBytes: 1000)
        let offer = TransferOffer(purpose, list, resumes: true, cutAverage: average)
        let object = try inbox.open(offer, from: peer)
        let found = try object.inspect(list)
        for (index, piece) in list.pieces.enumerated().prefix(pieces)
        where !(found.present.indices.contains(index) && found.present[index]) {
            let offset = list.offsets[index]
            try object.keep(Array(bytes[Int(offset)..<Int(offset) + Int(piece.length)]), at: offset)
        }
        if pieces < list.pieces.count { object.abandon() } else { try object.commit() }
        return found
    }

    private static func bytes(_ count: Int, seed: UInt64 = 5) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return random.bytes(count)
    }

    private func refusal(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch STOQError.transfer(.refused(let code, _)) {
            return code
        } catch {
            return "\(error)"
        }
    }

    @Test func `a file becomes visible when it is whole, in its sender's directory`() throws {
        let folder = try TemporaryFolder()
        let inbox = Inbox(folder.path, separatesSenders: true) { Self.limits }
        try take(Self.bytes(2500), as: .file(name: "a.txt"), into: inbox, pieces: 1)
        #expect(!PrivateFile.exists("\(folder.path)/\(Self.sender)/a.txt"))
        try take(Self.bytes(2500), as: .file(name: "a.txt"), into: inbox)
        #expect(try PrivateFile.read("\(folder.path)/\(Self.sender)/a.txt") == Self.bytes(2500))
        try take([], as: .file(name: "empty"), into: inbox)
        #expect(try PrivateFile.read("\(folder.path)/\(Self.sender)/empty").isEmpty)
    }

    @Test func `a broken transfer goes on with the pieces that are whole`() throws {
        let folder = try TemporaryFolder()
        let inbox = Inbox(folder.path, separatesSenders: false) { Self.limits }
        let bytes = Self.bytes(5000)
        try take(bytes, as: .file(name: "a"), into: inbox, pieces: 3)
        let partial = try #require(
            try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/.partial").first)
        // A bit of the second piece turns over on the disk.
        let file = try PlacedFile("\(folder.path)/.partial/\(partial)")
        try file.write([bytes[1500] ^ 1], at: 1500)
        let found = try take(bytes, as: .file(name: "a"), into: inbox)
        #expect(found.present == [true, false, true, false, false] && found.reusedBytes == 2000)
        #expect(try PrivateFile.read("\(folder.path)/a") == bytes)
    }

    @Test func `pieces of an older file of the same name are not needed again`() throws {
        let folder = try TemporaryFolder()
        let inbox = Inbox(folder.path, separatesSenders: false) { InboxLimits(bytesMax: 1 << 20) }
        let old = Self.bytes(60_000)
        try take(old, as: .file(name: "a"), into: inbox, average: 1024)
        var new = old
        new.insert(contentsOf: [1, 2, 3], at: 30_000)
        let found = try take(new, as: .file(name: "a"), into: inbox, average: 1024)
        #expect(found.reusedBytes > 50_000 && found.present.contains(false))
        #expect(try PrivateFile.read("\(folder.path)/a") == new)
    }

    @Test func `limits hold, also for transfers under way`() throws {
        let folder = try TemporaryFolder()
        let inbox = Inbox(folder.path, separatesSenders: true) { Self.limits }
        #expect(refusal { try take(Self.bytes(10_001), as: .file(name: "a"), into: inbox) } == "inbox.full")
        let list = try MemorySource(Self.bytes(6000)).list(pieceBytes: 1000)
        let offer = TransferOffer(.file(name: "b"), list, resumes: false)
        let under = try inbox.open(offer, from: Self.sender)
        #expect(refusal { try take(Self.bytes(5000, seed: 6), as: .file(name: "c"), into: inbox) } == "inbox.full")
        #expect(refusal { _ = try inbox.open(offer, from: Self.sender) } == "inbox.full")
        under.abandon()
        try take(Self.bytes(5000, seed: 6), as: .file(name: "c"), into: inbox)
        for number in 0..<3 { try take([UInt8(number)], as: .file(name: "n\(number)"), into: inbox) }
        #expect(refusal { try take([9], as: .file(name: "n9"), into: inbox) } == "inbox.full")
    }

    @Test(arguments: ["", ".", "..", ".hidden", "a/b", "../a", "/etc/passwd", "a\u{0}b", "line\nbreak"])
    func `names that are not plain are refused`(name: String) throws {
        let folder = try TemporaryFolder()
        let inbox = Inbox(folder.path, separatesSenders: true) { Self.limits }
        #expect(refusal { try take([1], as: .file(name: name), into: inbox) } == "inbox.name")
    }

    @Test func `nothing is taken without limits`() throws {
        let folder = try TemporaryFolder()
        let inbox = Inbox(folder.path, separatesSenders: true) { nil }
        #expect(refusal { try take([1], as: .file(name: "a"), into: inbox) } == "inbox.closed")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `unfinished transfers go when they are older than allowed, and others stay`() throws {
        let folder = try TemporaryFolder()
        let limits = InboxLimits(bytesMax: 1 << 20, unfinishedHoursMax: 2)
        let inbox = Inbox(folder.path, separatesSenders: true) { limits }
        let bytes = Self.bytes(5000)
        try take(bytes, as: .file(name: "a"), into: inbox, pieces: 2)
        try take(Self.bytes(5000, seed: 6), as: .file(name: "b"), into: inbox, pieces: 2)
        let partials = "\(folder.path)/.partial"
        func age(_ names: [String], hours: Double) throws {
            for name in names {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -3600 * hours)], ofItemAtPath: "\(partials)/\(name)")
            }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: partials)
        #expect(names.count == 2)
        try age(names, hours: 1.9)
        #expect(inbox.removeAbandoned(limits) == 0)
        try age(names, hours: 2.1)
        // The one that goes on now is kept, whatever its age, and finds its pieces again.
        let found = try take(bytes, as: .file(name: "a"), into: inbox)
        #expect(found.present.prefix(2) == [true, true])
        #expect(try FileManager.default.contentsOfDirectory(atPath: partials).isEmpty)
        try take(Self.bytes(5000, seed: 7), as: .file(name: "c"), into: inbox, pieces: 2)
        try age(FileManager.default.contentsOfDirectory(atPath: partials), hours: 3)
        #expect(inbox.removeAbandoned(limits) == 2000)
    }

    @Test func `limits of an inbox that say nothing of unfinished transfers are read`() throws {
        let folder = try TemporaryFolder()
        try PrivateFile.write("bytesMax: 5\nfilesMax: 6\n", to: "\(folder.path)/inbox.yaml")
        #expect(InboxLimits(reading: "\(folder.path)/inbox.yaml") == InboxLimits(bytesMax: 5, filesMax: 6))
    }

    @Test func `the name of an object is read as it is written`() throws {
        let name = ObjectName(object: Digest(sha256: [1]), key: Array(0..<32))
        #expect(ObjectName(name.description) == name)
        for text in ["", ":", "\(name.object)", "\(name.object):00", "\(name):00"] { #expect(ObjectName(text) == nil) }
    }

    @Test func `shards are found by object and owner`() throws {
        let folder = try TemporaryFolder()
        let inbox = Inbox(folder.path, separatesSenders: true) { InboxLimits(bytesMax: 1 << 20) }
        let code = try ReedSolomon(dataShards: 2, parityShards: 1)
        let object = MemorySource(Self.bytes(1500))
        let (set, _) = try Sharding.describe(object, code: code)
        for index in [0, 2] {
            let shard = try ShardSource(index, of: object, code: code).read(offset: 0, length: 750)
            try take(shard, as: .shard(set, index: UInt8(index)), into: inbox)
        }
        #expect(try inbox.holdings(of: set.id, owner: Self.sender) == ShardHoldings(set: set, indices: [0, 2]))
        #expect(try inbox.holdings(of: set.id, owner: NodeID(publicKey: [2])) == nil)
        #expect(try inbox.holdings(of: .zero, owner: Self.sender) == nil)
        let kept = try inbox.shard(2, of: set.id, owner: Self.sender)
        #expect(
            try kept.read(offset: 0, length: 750) == ShardSource(2, of: object, code: code).read(offset: 0, length: 750)
        )
        #expect(throws: STOQError.self) { _ = try inbox.shard(1, of: set.id, owner: Self.sender) }
    }
}
