import ArgumentParser

@main
struct Hypermesh: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hypermesh",
        abstract: "Turns machines that need not trust one another into one computer.",
        discussion: """
            Begin with 'hypermesh up': it founds a mesh of four nodes on this machine and starts it. Then run a Julia \
            program on it:

              hypermesh up
              hypermesh run examples/primes.jl --argument 100000
              hypermesh status
              hypermesh down

            Exit codes: 0 done, 1 failed, 2 refused by the mesh, 3 the mesh is not reachable, 64 wrong usage.
            """,
        version: Version.text,
        subcommands: [
            UpCommand.self, DownCommand.self, StatusCommand.self, DoctorCommand.self, RunCommand.self, LogsCommand.self,
            WalletCommand.self, AuthorityCommand.self, CertificateCommand.self, TransparencyCommand.self,
            SendCommand.self, ReceiveCommand.self, FetchCommand.self, STOQCommand.self, BenchCommand.self,
            VersionCommand.self, NodeCommand.self, VMCommand.self,
        ]
    )
}
