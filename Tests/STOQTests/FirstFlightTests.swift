import Testing

@testable import STOQ

@Suite struct `A first flight` {
    @Test(arguments: [(0, 0), (4000, 0), (4001, 1), (8000, 2), (16_000, 4), (1_000_000, 8)])
    func `is padded for an answer as long as the own chain`(chainBytes: Int, datagrams: Int) {
        let chain = [[UInt8](repeating: 0, count: chainBytes / 2), [UInt8](repeating: 0, count: (chainBytes + 1) / 2)]
        #expect(MeshTLS.firstFlightPadding(chain: chain) == datagrams)
    }
}
