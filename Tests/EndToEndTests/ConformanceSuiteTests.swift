import Foundation
import Testing

private let falcon1024 = ConformanceProgram.vector("falcon/falcon1024-KAT-first20.rsp")
private let falcon512 = ConformanceProgram.vector("falcon/falcon512-KAT-first20.rsp")
private let padded = ConformanceProgram.vector("falcon/falcon1024-padded-KAT-first20.rsp")
private let proofs = ConformanceProgram.vector("merkle/rfc6962-proofs.json")

@Suite struct ConformanceFalconTests {
    @Test(.enabled(if: falcon512 != nil))
    func `replays the published answers of Falcon-512`() throws {
        let run = try ConformanceProgram.run(["falcon-kat", try #require(falcon512)])
        #expect(run.lines == ["20 passed, 0 failed, 0 skipped"])
        #expect(run.exitCode == 0)
    }

    @Test(.enabled(if: falcon1024 != nil))
    func `replays the published answers of Falcon-1024`() throws {
        let run = try ConformanceProgram.run(["falcon-kat", try #require(falcon1024)])
        #expect(run.lines == ["20 passed, 0 failed, 0 skipped"])
        #expect(run.exitCode == 0)
    }

    @Test(.enabled(if: padded != nil))
    func `replays padded signatures of Falcon-1024`() throws {
        let run = try ConformanceProgram.run(["falcon-kat", try #require(padded)])
        #expect(run.lines == ["20 passed, 0 failed, 0 skipped"])
        #expect(run.exitCode == 0)
    }

    @Test(.enabled(if: falcon512 != nil), arguments: ["seed", "mlen", "msg", "pk", "sk", "smlen", "sm"])
    func `fails an entry when one field is changed`(field: String) throws {
        let folder = try ConformanceFolder()
        let path = try folder.file("changed.rsp", try entry { $0 == field ? Self.changed($1) : $1 })
        let run = try ConformanceProgram.run(["falcon-kat", path])
        #expect(run.summary == "0 passed, 1 failed, 0 skipped")
        #expect(run.lines.count > 1, "a failure says what differs")
        #expect(run.exitCode == 1)
    }

    @Test(.enabled(if: falcon512 != nil), arguments: ["count", "seed", "mlen", "msg", "pk", "sk", "smlen", "sm"])
    func `refuses an entry without one of its fields`(field: String) throws {
        let folder = try ConformanceFolder()
        let path = try folder.file("short.rsp", try entry { $0 == field ? nil : $1 })
        let run = try ConformanceProgram.run(["falcon-kat", path])
        #expect(run.lines == [])
        #expect(run.complaint.contains("'\(field)'"), "\(run.complaint)")
        #expect(run.exitCode == 2)
    }

    @Test(arguments: [
        ("", "no cases"), ("hello", "name = value"), ("colour = 3", "no field"), ("count = 1\ncount = 2", "twice"),
        ("count = 1\nseed = 123\nmlen = 0\nmsg =\npk =\nsk =\nsmlen = 0\nsm =", "hexadecimal"),
    ])
    func `refuses what is no response file`(text: String, reason: String) throws {
        let folder = try ConformanceFolder()
        let run = try ConformanceProgram.run(["falcon-kat", folder.file("odd.rsp", text)])
        #expect(run.complaint.contains(reason), "\(run.complaint)")
        #expect(run.lines == [])
        #expect(run.exitCode == 2)
    }

    @Test func `refuses a file that is not there`() throws {
        let run = try ConformanceProgram.run(["falcon-kat", "/nonexistent/answers.rsp"])
        #expect(run.complaint.contains("cannot read /nonexistent/answers.rsp"))
        #expect(run.exitCode == 2)
    }

    /// The first entry of Falcon-512, each field changed, or left out for nil.
    private func entry(_ change: (String, String) -> String?) throws -> String {
        let text = try String(contentsOfFile: try #require(falcon512), encoding: .utf8)
        var lines: [String] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
            if let value = change(parts[0], parts[1]) { lines.append("\(parts[0]) = \(value)") }
            if parts[0] == "sm" { break }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Another number or other bytes of the same length.
    private static func changed(_ value: String) -> String {
        String(value.dropLast()) + (value.last == "1" ? "2" : "1")
    }
}

@Suite struct ConformanceMerkleTests {
    @Test(.enabled(if: proofs != nil))
    func `judges every published log proof as published`() throws {
        let run = try ConformanceProgram.run(["merkle", try #require(proofs)])
        #expect(run.lines == ["518 passed, 0 failed, 0 skipped"])
        #expect(run.exitCode == 0)
    }

    @Test func `tells passed, failed and skipped cases apart`() throws {
        let root = Data(0..<32).base64EncodedString()
        let cases = """
            {"inclusion/1": {"desc": "one leaf", "wantErr": false, "leafIdx": 0, "treeSize": 1,
                "leafHash": "\(root)", "root": "\(root)"},
             "inclusion/2": {"desc": "said to be bad", "wantErr": true, "leafIdx": 0, "treeSize": 1,
                "leafHash": "\(root)", "root": "\(root)"},
             "consistency/1": {"desc": "lacks its sizes", "wantErr": true},
             "multiproof/1": {"desc": "unknown", "wantErr": false}}
            """
        let folder = try ConformanceFolder()
        let run = try ConformanceProgram.run(["merkle", folder.file("cases.json", cases)])
        #expect(run.summary == "1 passed, 2 failed, 1 skipped")
        #expect(run.exitCode == 1)
    }

    @Test(arguments: ["", "{}", "[1]", #"{"inclusion/1": {"desc": 3}}"#])
    func `refuses what is no file of cases`(text: String) throws {
        let folder = try ConformanceFolder()
        let run = try ConformanceProgram.run(["merkle", folder.file("odd.json", text)])
        #expect(run.lines == [])
        #expect(!run.complaint.isEmpty)
        #expect(run.exitCode == 2)
    }
}
