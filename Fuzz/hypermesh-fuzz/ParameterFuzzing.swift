@testable import QUIC

/// Input: transport parameters as TLS hands them over, from either end.
enum ParameterFuzzing {
    static func run(_ input: FuzzInput) -> Int32 {
        var input = input
        let bytes = input.rest()
        for role in [Role.client, .server] {
            guard let parameters = try? TransportParameters(bytes, from: role) else { continue }
            precondition(parameters.activeConnectionIDLimit >= 2)
            precondition(parameters.maxUDPPayloadSize >= 1200)
            // What is written of them reads back and says the same.
            let written = parameters.encoded()
            guard let again = try? TransportParameters(written, from: role) else {
                preconditionFailure("parameters that were read are refused when written")
            }
            precondition(again.encoded() == written)
        }
        return 0
    }

    static let seeds: [[UInt8]] = [
        [0x01, 2, 0x47, 0xD0, 0x03, 2, 0x45, 0xAC, 0x04, 4, 0x80, 0x20, 0, 0, 0x08, 1, 0x10, 0x0F, 4, 1, 2, 3, 4],
        [0x00, 4, 1, 2, 3, 4, 0x02, 16] + [UInt8](repeating: 7, count: 16) + [0x10, 0, 0x0C, 0],
        [0x05, 1, 9, 0x06, 1, 9, 0x07, 1, 9, 0x09, 1, 3, 0x0A, 1, 3, 0x0B, 1, 25, 0x0E, 1, 8, 0x20, 2, 0x44, 0],
        [0x0D, 45] + [UInt8](repeating: 1, count: 24) + [4, 1, 2, 3, 4] + [UInt8](repeating: 2, count: 16),
        [0x6A, 0xB2, 0, 0x7F, 0x11, 3, 1, 2, 3],
    ]
}
