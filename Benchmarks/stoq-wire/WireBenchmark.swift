import ArgumentParser

/// The protocol over real sockets, for links between network namespaces (`scripts/test-links.sh`).
@main struct WireBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stoq-wire", abstract: "One connection between two processes, sending in bulk.",
        subcommands: [ServeCommand.self, SendCommand.self])
}
