import ArgumentParser
import Canonical
import Node
import TrustChain

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look for faults and name their remedies; works while the mesh is down.")

    @OptionGroup var options: MeshOptions

    struct Finding: Encodable {
        let isFault: Bool
        let subject: String
        let text: String
        let remedy: String?
    }

    func run() async throws {
        var findings: [Finding] = []
        do {
            let mesh = try LocalMesh(directory: options.mesh)
            findings += certificates(mesh)
            findings += logs(mesh)
            findings += try await processes(mesh)
        } catch let error as NodeError {
            findings.append(Finding(isFault: true, subject: "mesh", text: "\(error)", remedy: "hypermesh up"))
        } catch {
            throw Terminal.failure(error)
        }
        if options.output == .json {
            try Terminal.printJSON(findings)
        } else {
            for finding in findings {
                let remedy = finding.remedy.map { "\n      remedy: \($0)" } ?? ""
                Terminal.say("\(finding.isFault ? "fault" : "ok   ") \(finding.subject): \(finding.text)\(remedy)")
            }
        }
        guard !findings.contains(where: \.isFault) else { throw ExitCode(1) }
    }

    private func certificates(_ mesh: LocalMesh) -> [Finding] {
        let named = [("user", options.mesh.user)] + mesh.nodes.enumerated().map { ("node-\($0 + 1)", $1.identity) }
        return named.map { name, directory in
            do {
                let files = try IdentityFiles(reading: directory)
                let root = try Certificate(pem: try PrivateFile.readText(options.mesh.authority))
                guard let leaf = files.chain.first else { throw NodeError.noCertificate }
                _ = try ChainVerifier(anchors: [root]).verify(
                    leaf, purpose: .client, expecting: .node(files.id), now: CertificateTime(WallClock().now),
                    presented: Array(files.chain.dropFirst()))
                return Finding(
                    isFault: false, subject: name, text: "certificate valid until \(leaf.validity.notAfter)",
                    remedy: nil)
            } catch {
                return Finding(
                    isFault: true, subject: name, text: "certificate: \(error)",
                    remedy:
                        "issue a new one: hypermesh cert renew \(name == "user" ? "user" : String(name.dropFirst(5)))")
            }
        }
    }

    /// What running nodes refused, and what kept a node from starting, from their logs.
    private func logs(_ mesh: LocalMesh) -> [Finding] {
        mesh.nodes.enumerated().compactMap { index, node in
            guard NodeProcess(running: node) == nil, let text = try? PrivateFile.readText(node.log),
                let line = text.split(separator: "\n").last(where: { $0.contains("cannot start") })
            else { return nil }
            return Finding(
                isFault: true, subject: "node-\(index + 1)", text: "its last start failed: \(line)",
                remedy: "mend what it names, then: hypermesh node start \(index + 1)")
        }
    }

    private func processes(_ mesh: LocalMesh) async throws -> [Finding] {
        let client = try MeshClient(directory: options.mesh, logger: Terminal.quietLogger)
        let survey = await MeshSurvey(of: mesh, client: client)
        await client.close()
        var findings = survey.members.enumerated().flatMap { index, member -> [Finding] in
            let name = member.description.name
            guard let status = member.status else {
                return [
                    Finding(
                        isFault: true, subject: name, text: member.problem ?? "does not answer",
                        remedy: "hypermesh node start \(index + 1); then look at hypermesh logs \(index + 1)")
                ]
            }
            let alive = Finding(
                isFault: false, subject: name,
                text: "height \(status.height), \(status.peers.count) peers, jobs held by \(status.enforcement)",
                remedy: nil)
            let refused = status.refusals.last.map {
                Finding(
                    isFault: true, subject: name, text: "refused a peer's certificate: \($0)",
                    remedy: "the peer needs a certificate of this mesh: hypermesh cert verify, hypermesh cert renew")
            }
            return [alive] + (refused.map { [$0] } ?? [])
        }
        if let stall = survey.stall {
            findings.append(
                Finding(
                    isFault: true, subject: "agreement", text: stall, remedy: "start the missing nodes: hypermesh up"))
        } else if !survey.agrees, survey.members.contains(where: { $0.status != nil }) {
            findings.append(
                Finding(
                    isFault: true, subject: "agreement", text: "state roots differ",
                    remedy: "keep all logs and report it"))
        }
        return findings
    }
}
