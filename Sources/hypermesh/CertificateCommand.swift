import ArgumentParser
import Canonical
import Ledger
import Node
import TrustChain

struct CertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cert", abstract: "List, show, verify, renew and revoke certificates.",
        subcommands: [List.self, Show.self, Verify.self, Request.self, Issue.self, Renew.self, Revoke.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the certificates of the mesh in this directory.")

        @OptionGroup var options: MeshOptions

        func run() async throws {
            do {
                let mesh = try LocalMesh(directory: options.mesh)
                let directories = [options.mesh.user] + mesh.nodes.map(\.identity)
                let texts = try directories.map {
                    try CertificateText(CertificateCommand.leaf(of: $0.certificate))
                }
                if options.output == .json { return try Terminal.printJSON(texts) }
                for text in texts { Terminal.say("\(text.serial)  \(text.subject)  until \(text.notAfter)") }
            } catch {
                throw Terminal.failure(error)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show a certificate file, or that of node N or of the user.")

        @OptionGroup var options: MeshOptions
        @Argument(help: "A PEM file, 'user', or the number of a node.") var what: String

        func run() async throws {
            do {
                let certificate = try CertificateCommand.leaf(of: CertificateCommand.path(what, options.mesh))
                try CertificateText(certificate).print(as: options.output)
            } catch {
                throw Terminal.failure(error)
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Check a certificate against the mesh's root: chain, dates, key, names, revocation on the ledger."
        )

        @OptionGroup var options: MeshOptions
        @Argument(help: "PEM files, 'user', or numbers of nodes; without any: every node and the user.")
        var what: [String] = []
        @Flag(name: .long, help: "Do not ask the ledger about revocation; works while the mesh is down.")
        var offline = false

        private struct Report: Encodable {
            let certificate: String
            let serial: String
            let isValid: Bool
            let reason: String?
        }

        func run() async throws {
            var reports: [Report] = []
            do {
                let mesh = try LocalMesh(directory: options.mesh)
                let all = what.isEmpty ? ["user"] + mesh.nodes.indices.map { "\($0 + 1)" } : what
                for name in all { reports.append(try await check(name)) }
            } catch {
                throw Terminal.failure(error)
            }
            if options.output == .json {
                try Terminal.printJSON(reports)
            } else {
                for report in reports {
                    Terminal.say("\(report.certificate): \(report.reason ?? "valid") (serial \(report.serial))")
                }
            }
            guard reports.allSatisfy(\.isValid) else { throw ExitCode(1) }
        }

        private func check(_ name: String) async throws -> Report {
            let chain = try Certificate.chain(
                pem: try PrivateFile.readText(CertificateCommand.path(name, options.mesh)))
            let root = try Certificate(pem: try PrivateFile.readText(options.mesh.authority))
            guard let leaf = chain.first else { throw NodeError.noCertificate }
            var reason: String?
            do throws(TrustChainError) {
                _ = try ChainVerifier(anchors: [root]).verify(
                    leaf, purpose: .client, now: CertificateTime(WallClock().now), presented: Array(chain.dropFirst()))
            } catch {
                reason = error.description
            }
            if reason == nil, !offline { reason = try await revocation(of: leaf) }
            return Report(
                certificate: name, serial: leaf.serialNumber.description, isValid: reason == nil, reason: reason)
        }

        private func revocation(of leaf: Certificate) async throws -> String? {
            let standing = try await options.withClient { try await $0.standing(of: leaf.fingerprint) }
            guard standing.isRecorded else { return "not in the certificate log" }
            return standing.isRevoked ? "revoked" : nil
        }
    }

    static func path(_ what: String, _ mesh: MeshDirectory) -> String {
        if what == "user" { return mesh.user.certificate }
        if let number = Int(what) { return mesh.node(number).identity.certificate }
        return what
    }

    static func leaf(of path: String) throws -> Certificate {
        guard let leaf = try Certificate.chain(pem: try PrivateFile.readText(path)).first else {
            throw NodeError.noCertificate
        }
        return leaf
    }
}
