import ArgumentParser

/// Runs published test suites through the product's own code.
@main
struct Conformance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Runs published test suites through HyperMesh's own code.",
        discussion: """
            Every run ends with one line 'N passed, N failed, N skipped'.
            Exit codes: 0 nothing failed, 1 something failed, 2 unusable input, 64 wrong usage.
            """,
        subcommands: [FalconKATCommand.self, MerkleCommand.self, QUICTransferCommand.self])
}
