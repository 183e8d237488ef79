public import ArgumentParser
public import QUIC
import STOQ

extension SocketAddressKey: ExpressibleByArgument {
    public init?(argument: String) {
        guard let address = try? SocketAddressKey(parsing: argument) else { return nil }
        self = address
    }
}
