import LinkSimulator
import QUIC
import STOQ

/// The protocol over real sockets, for links between network namespaces (`scripts/test-links.sh`):
/// `stoq-wire serve [ADDRESS]:PORT` takes one connection and reads it to its end; `stoq-wire send [ADDRESS]:PORT SECONDS
/// ALGORITHM BITS_PER_SECOND` sends in bulk, and prints one line of JSON: the class found and when, what was delivered,
/// and how much of the rate that is, leaving the first three seconds out.
@main struct WireBenchmark {
    /// A command line that means nothing here.
    struct Usage: Error {}

    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("serve", 2): try WireServer(address: SocketAddressKey(parsing: words[1])).run()
        case ("send", 5):
            guard let seconds = UInt64(words[2]), (4...600).contains(seconds),
                let algorithm = CongestionAlgorithm(rawValue: words[3]), let rate = UInt64(words[4]), rate > 0
            else { throw Usage() }
            let sender = try WireSender(
                target: SocketAddressKey(parsing: words[1]), algorithm: algorithm, seconds: seconds)
            print(try sender.run().line(rate: rate))
        default: throw Usage()
        }
    }
}
