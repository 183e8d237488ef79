package import Canonical

/// Sends the numbers from 0.
package struct CounterClients: SimulatedClients {
    package static var burstMax: UInt64 { 1 }
    package static var areReplayed: Bool { false }

    package init() {}

    package mutating func makeOperation(
        number: UInt64, seenBy node: CounterApplication, random: inout SplitMix64
    ) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
