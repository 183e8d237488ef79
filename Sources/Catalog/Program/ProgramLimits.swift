package import Canonical

/// The most that a job may ask for one run of a program.
package struct ProgramLimits: Sendable, Hashable {
    package let fuelMax: UInt64
    package let memoryBytesMax: UInt64
    package let outputBytesMax: UInt64

    package init(fuelMax: UInt64, memoryBytesMax: UInt64, outputBytesMax: UInt64) {
        self.fuelMax = fuelMax
        self.memoryBytesMax = memoryBytesMax
        self.outputBytesMax = outputBytesMax
    }
}

extension ProgramLimits: CanonicalCodable {
    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(fuelMax)
        encoder.encode(memoryBytesMax)
        encoder.encode(outputBytesMax)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        fuelMax = try decoder.decode(UInt64.self)
        memoryBytesMax = try decoder.decode(UInt64.self)
        outputBytesMax = try decoder.decode(UInt64.self)
    }
}
