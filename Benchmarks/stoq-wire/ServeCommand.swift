import ArgumentParser
import QUIC

/// Takes one connection and reads it to its end.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Take one connection and read it to its end.")

    @Argument(help: "Where to listen: [ADDRESS]:PORT.") var address: SocketAddressKey

    func run() throws {
        try WireServer(address: address).run()
    }
}
