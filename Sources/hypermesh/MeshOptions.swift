import ArgumentParser
import Foundation
import Logging
import Node

/// What every command about a mesh takes.
struct MeshOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where the mesh keeps its things.", discussion: "Default: $HYPERMESH_DIRECTORY or ~/.hypermesh.",
            valueName: "path"))
    var directory: String?

    @Option(name: .long, help: "How to print results: text or json (see docs/formats/output.md).")
    var output: OutputForm = .text

    var mesh: MeshDirectory {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? "."
        let path = directory ?? environment["HYPERMESH_DIRECTORY"] ?? "\(home)/.hypermesh"
        return MeshDirectory(path: path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)")
    }

    /// Runs `body` with a client of the mesh and closes it whatever happens; errors become messages and exit codes.
    func withClient<Result: Sendable>(
        as identity: IdentityDirectory? = nil,
        _ body: (MeshClient) async throws -> Result
    ) async throws -> Result {
        do {
            let client = try MeshClient(directory: mesh, as: identity, logger: Terminal.quietLogger)
            do {
                let result = try await body(client)
                await client.close()
                return result
            } catch {
                await client.close()
                throw error
            }
        } catch {
            throw Terminal.failure(error)
        }
    }
}

/// How results are printed.
enum OutputForm: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}
