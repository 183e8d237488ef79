import ArgumentParser
import Canonical
import QUIC
import STOQ
import TLS

struct QUICTransferServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server",
        abstract: "Answers downloads and uploads of QUIC clients.",
        discussion: "Ends with the summary on SIGINT or SIGTERM, or with --once after the first connection.")

    @Option(help: ArgumentHelp("Where to listen; port 0 takes a free one.", valueName: "[address]:port"))
    var listen: String

    @Option(help: "The application protocol to agree on.")
    var alpn = "hq-interop"

    @Option(
        help: ArgumentHelp("The server's certificate and those above it.", valueName: "PEM"),
        completion: .file(extensions: ["pem"]))
    var certificate: String

    @Option(
        help: ArgumentHelp("Its P-256 private key, PKCS#8 or SEC1.", valueName: "PEM"),
        completion: .file(extensions: ["pem"]))
    var key: String

    @Flag(help: "End after the first connection.")
    var once = false

    func validate() throws {
        guard (1...255).contains(alpn.utf8.count) else { throw ValidationError("--alpn takes 1 to 255 bytes.") }
    }

    func run() async throws {
        try await Suite.run {
            var tls = TLSConfiguration()
            tls.groups = TransferLimits.groups
            tls.applicationProtocols = [Array(alpn.utf8)]
            tls.signer = try ClassicalSigner(certificatePath: certificate, keyPath: key)
            let loop = try TransferLoop(on: try TransferLoop.address(listen), server: ServerConfiguration(tls: tls))
            let server = TransferServer(endsAfterFirst: once)
            TransferProgress.say("listening on \(loop.boundAddress.text)")
            try loop.run(server)
            guard server.tally.passed + server.tally.failed > 0 else { throw ConformanceError.noTransfers }
            return server.tally
        }
    }
}
