public import ArgumentParser
public import QUIC

extension CongestionAlgorithm: ExpressibleByArgument {}

/// Sends in bulk, and prints one line of JSON: the class found and when, what was delivered, and how much of the rate that
/// is, leaving the first three seconds out.
struct SendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Send in bulk and print what was measured as a line of JSON.")

    @Argument(help: "Where the server listens: [ADDRESS]:PORT.") var target: SocketAddressKey
    @Argument(help: "How long to send, seconds, 4 to 600.") var seconds: UInt64
    @Argument(help: "The congestion controller.") var algorithm: CongestionAlgorithm
    @Argument(help: "The rate of the link, bits a second.") var rate: UInt64

    func validate() throws {
        guard (4...600).contains(seconds), rate > 0 else {
            throw ValidationError("it sends for 4 to 600 seconds, and the link's rate is above 0")
        }
    }

    func run() throws {
        print(try WireSender(target: target, algorithm: algorithm, seconds: seconds).run().line(rate: rate))
    }
}
