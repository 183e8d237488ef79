import ArgumentParser
import Canonical
import QUIC
import STOQ
import TLS

struct QUICTransferClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client", abstract: "Downloads from a QUIC server, or uploads to it.")

    @Option(help: ArgumentHelp("The server.", valueName: "[address]:port"))
    var connect: String

    @Option(help: "The application protocol to ask for.")
    var alpn = "hq-interop"

    @Option(help: "How many bytes to move.")
    var bytes: Int

    @Flag(help: "Send the bytes instead of fetching them.")
    var upload = false

    @Option(help: "The name to ask the server for.")
    var serverName = "localhost"

    @Option(
        name: .customLong("ca"),
        help: ArgumentHelp("The certificate or public key that the server must have.", valueName: "PEM"),
        completion: .file(extensions: ["pem"]))
    var pinned: String?

    @Flag(help: "Take any certificate.")
    var insecure = false

    func validate() throws {
        guard (pinned != nil) != insecure else { throw ValidationError("Give either --ca or --insecure.") }
        guard (0...TransferLimits.bytesMax).contains(bytes) else {
            throw ValidationError("--bytes takes 0 to \(TransferLimits.bytesMax).")
        }
        guard (1...255).contains(alpn.utf8.count) else { throw ValidationError("--alpn takes 1 to 255 bytes.") }
    }

    func run() async throws {
        try await Suite.run {
            var tls = TLSConfiguration()
            tls.groups = TransferLimits.groups
            tls.signatureSchemes = [.ecdsaSecp256r1SHA256, .ed25519]
            tls.applicationProtocols = [Array(alpn.utf8)]
            tls.verifier = PinnedVerifier(trust: try pinned.map(PinnedVerifier.Trust.init(path:)) ?? .anyone)
            let address = try TransferLoop.address(connect)
            let loop = try TransferLoop(on: SocketAddressKey(addressHigh: 0, addressLow: 0, port: 0), server: nil)
            let client = TransferClient(byteCount: bytes, uploads: upload)
            try loop.connect(to: address, configuration: ClientConfiguration(tls: tls), serverName: serverName)
            try loop.run(client)
            var tally = Tally()
            tally.note(upload ? "upload" : "download", complaints: client.complaints)
            return tally
        }
    }
}
