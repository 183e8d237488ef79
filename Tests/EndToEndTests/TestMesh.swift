import Canonical
import Foundation
import Glibc
import Testing

/// A mesh of four nodes in a directory of its own, driven through the command line alone.
struct TestMesh: Sendable {
    @TaskLocal static var current: TestMesh?

    let directory: String

    /// Runs a command about this mesh; fails unless it ends with `exitCode`.
    @discardableResult
    func run(_ arguments: String..., exitCode: Int32? = 0, seconds: Int = 120) async throws -> HypermeshProgram.Run {
        let run = try await HypermeshProgram.run(arguments + ["--directory", directory], seconds: seconds)
        if let exitCode, run.exitCode != exitCode {
            throw HypermeshProgram.Failure.failed(
                arguments, exitCode: run.exitCode, complaint: run.complaint + run.output)
        }
        return run
    }

    func status() async throws -> Status { try await run("status", "--output", "json", exitCode: nil).json() }

    /// Asks for the status until it is as wanted; the last one when the time is over.
    func status(within seconds: Int = 60, until isWanted: (Status) -> Bool) async throws -> Status {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            let status = try await status()
            if isWanted(status) || ContinuousClock.now > deadline { return status }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// All four nodes answer, are connected to one another and hold the same state.
    func whole(above height: UInt64 = 0) async throws -> Status {
        try await status { status in
            status.agrees && status.stall == nil
                && status.nodes.allSatisfy { $0.peers.count == 3 && $0.tipHeight ?? 0 > height }
        }
    }

    func wallet() async throws -> [String: Amount] {
        let rows = try await run("wallet", "balance", "--output", "json").json([WalletRow].self)
        return try Dictionary(uniqueKeysWithValues: rows.map { ($0.name, try Amount(parsing: $0.balance)) })
    }

    func transfer(_ amount: String, to node: Status.Node) async throws -> TransferReport {
        try await run("wallet", "transfer", node.id, amount, "--output", "json").json()
    }

    func log(_ node: Int) throws -> String {
        try String(contentsOfFile: "\(directory)/node-\(node)/node.log", encoding: .utf8)
    }

    /// What a node's log got after its first `start` bytes, once that is as wanted, at most 30 s later.
    func log(_ node: Int, after start: Int, until isWanted: (String) -> Bool) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            let said = String(decoding: try log(node).utf8.dropFirst(start), as: UTF8.self)
            if isWanted(said) || ContinuousClock.now > deadline { return said }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Writes a Julia program and gives its path.
    func program(_ name: String, _ source: String) throws -> String {
        let path = "\(directory)/\(name)"
        try Data(source.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}

/// What the commands print as JSON, as far as the tests look at it.
struct Status: Decodable {
    struct Node: Decodable {
        let name: String
        let id: String
        let pid: Int32?
        let isAnswering: Bool
        let problem: String?
        let tipHeight: UInt64?
        let stateRoot: String?
        let peers: [String]
        let stall: String?
    }

    let agrees: Bool
    let height: UInt64?
    let stall: String?
    let nodes: [Node]

    var tip: UInt64 { nodes.compactMap(\.tipHeight).max() ?? 0 }
}

struct WalletRow: Decodable {
    let name: String
    let id: String
    let balance: String
}

struct TransferReport: Decodable {
    let height: UInt64
    let fee: String
    let balance: String
}

/// Founds and starts a mesh around a suite, and ends it whatever happens.
struct MeshTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-\(UUID().uuidString)").path
        let mesh = TestMesh(directory: directory)
        do {
            try await mesh.run("up", seconds: 180)
            try await TestMesh.$current.withValue(mesh) { try await function() }
        } catch {
            await end(mesh)
            throw error
        }
        await end(mesh)
    }

    private func end(_ mesh: TestMesh) async {
        do {
            try await mesh.run("down")
            try FileManager.default.removeItem(atPath: mesh.directory)
        } catch {
            Issue.record("the mesh in \(mesh.directory) is left: \(error)")
        }
    }
}

extension SuiteTrait where Self == MeshTrait {
    static var mesh: MeshTrait { MeshTrait() }
}
