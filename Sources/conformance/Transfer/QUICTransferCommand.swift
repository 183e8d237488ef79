import ArgumentParser

struct QUICTransferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quic-transfer",
        abstract: "Moves data to or from a stock QUIC peer, with classical certificates, over IPv6.",
        discussion: """
            On one bidirectional stream the client either sends 'GET /N' and expects N bytes, or sends N bytes and \
            expects the hexadecimal SHA-256 of what the server received. A transfer is one case.
            """,
        subcommands: [QUICTransferClientCommand.self, QUICTransferServerCommand.self])
}
