import ArgumentParser
import Node
import TrustChain

struct AuthorityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ca", abstract: "Look at the mesh's root authority.", subcommands: [Show.self],
        defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show the root certificate that everything in the mesh leads to.")

        @OptionGroup var options: MeshOptions

        func run() async throws {
            do {
                guard options.mesh.hasMesh else { throw NodeError.noMesh(directory: options.mesh.path) }
                let root = try Certificate(pem: try PrivateFile.readText(options.mesh.authority))
                try CertificateText(root).print(as: options.output)
            } catch {
                throw Terminal.failure(error)
            }
        }
    }
}
