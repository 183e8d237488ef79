import ArgumentParser

struct STOQCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stoq", abstract: "Look into the transport.", subcommands: [KernelCommand.self])
}
