import Canonical
import Foundation
import Node

/// What the nodes of a mesh say of themselves, asked at one moment. Heights differ by the blocks that became final
/// while they were asked; state roots are compared at the highest height that all of them know.
struct MeshSurvey: Sendable {
    struct Member: Sendable {
        let description: MeshDescription.Member
        let processID: Int32?
        let status: NodeStatus?
        /// Why there is no status.
        let problem: String?
    }

    let name: String
    let members: [Member]

    init(of mesh: LocalMesh, client: MeshClient, deadline: Duration = .seconds(3)) async {
        name = mesh.description.name
        let processes = mesh.processes
        members = await withTaskGroup(of: (Int, Member).self) { group in
            for (index, node) in mesh.description.nodes.enumerated() {
                let process = processes[index]?.processID
                group.addTask { (index, await MeshSurvey.ask(node, process, client, deadline)) }
            }
            var found: [(Int, Member)] = []
            for await entry in group { found.append(entry) }
            return found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private static func ask(
        _ node: MeshDescription.Member,
        _ process: Int32?,
        _ client: MeshClient,
        _ deadline: Duration
    ) async -> Member {
        guard process != nil else {
            return Member(description: node, processID: nil, status: nil, problem: "its process does not run")
        }
        do {
            let status = try await client.status(of: node, deadline: deadline)
            return Member(description: node, processID: process, status: status, problem: nil)
        } catch {
            return Member(description: node, processID: process, status: nil, problem: "\(error)")
        }
    }

    /// The highest height whose state root every answering node knows.
    var commonHeight: UInt64? {
        let known = members.compactMap { $0.status.map { Set($0.recentRoots.map(\.height)) } }
        guard let first = known.first else { return nil }
        return known.dropFirst().reduce(first) { $0.intersection($1) }.max()
    }

    func root(of member: Member, at height: UInt64?) -> Digest? {
        member.status?.recentRoots.first { $0.height == height }?.root
    }

    /// Whether all answering nodes have one state root at the common height.
    var agrees: Bool {
        let height = commonHeight
        return Set(members.filter { $0.status != nil }.map { root(of: $0, at: height) }).count == 1
    }

    /// Whether every node has a final block that was proposed after a time.
    func isProgressing(since start: Timestamp) -> Bool {
        members.allSatisfy { $0.status.map { $0.height > 0 && $0.blockTime > start } ?? false }
    }

    /// Why no block becomes final, from the first node that knows.
    var stall: String? { members.compactMap { $0.status?.stall }.first }
}

// MARK: Text

extension MeshSurvey {
    var text: String {
        let height = commonHeight
        var lines = ["mesh '\(name)': \(members.count { $0.status != nil }) of \(members.count) nodes answer"]
        for member in members { lines.append("  " + line(member, height)) }
        if let height {
            lines.append(agrees ? "all agree at height \(height)" : "STATE ROOTS DIFFER at height \(height)")
        }
        if let stall { lines.append("no progress: \(stall)") }
        return lines.joined(separator: "\n")
    }

    private func line(_ member: Member, _ height: UInt64?) -> String {
        let place = "\(member.description.name)  \(member.description.id.prefix(16))  \(member.description.address)"
        guard let status = member.status else { return "\(place)  not answering: \(member.problem ?? "")" }
        let root = root(of: member, at: height)?.shortDescription ?? "unknown"
        return "\(place)  process \(status.processID)  height \(status.height)  state \(root)  "
            + "peers \(status.peers.count)  \(status.residentBytes >> 20) MiB"
    }
}

// MARK: JSON

extension MeshSurvey {
    struct JSON: Encodable {
        struct Certificate: Encodable {
            let serial: String
            let notAfter: String
        }

        struct Node: Encodable {
            let name: String
            let id: String
            let address: String
            let pid: Int32?
            let isAnswering: Bool
            let problem: String?
            let height: UInt64?
            let tipHeight: UInt64?
            let stateRoot: String?
            let peers: [String]
            let certificate: Certificate?
            let residentBytes: UInt64?
            let processorSeconds: Double?
            let uptimeSeconds: Double?
            let waitingOperations: UInt32?
            let stall: String?
            let enforcement: String?
        }

        let mesh: String
        let agrees: Bool
        let height: UInt64?
        let stall: String?
        let nodes: [Node]
    }

    var json: JSON {
        let height = commonHeight
        return JSON(
            mesh: name, agrees: agrees, height: height, stall: stall,
            nodes: members.map { member in
                let status = member.status
                return JSON.Node(
                    name: member.description.name, id: member.description.id, address: member.description.address,
                    pid: member.processID, isAnswering: status != nil, problem: member.problem,
                    height: status == nil ? nil : height, tipHeight: status?.height,
                    stateRoot: root(of: member, at: height)?.description, peers: status?.peers.map(\.description) ?? [],
                    certificate: status.map {
                        JSON.Certificate(
                            serial: $0.certificateSerial, notAfter: DateText.text($0.certificateNotAfter))
                    },
                    residentBytes: status?.residentBytes,
                    processorSeconds: status.map { Double($0.processorNanoseconds) / 1e9 },
                    uptimeSeconds: status.map { Double($0.uptimeNanoseconds) / 1e9 },
                    waitingOperations: status?.waitingOperations, stall: status?.stall, enforcement: status?.enforcement
                )
            })
    }
}

/// Times for people and machines: ISO 8601, UTC.
enum DateText {
    static func text(_ time: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(time.seconds)).formatted(.iso8601)
    }
}
