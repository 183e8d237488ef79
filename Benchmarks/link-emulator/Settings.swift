import ArgumentParser

/// What the command line says.
struct Settings: ParsableArguments {
    @Argument(help: "The name of one device.") var first: String
    @Argument(help: "The name of the other device.") var second: String
    @Option(name: .long, help: "Microseconds that each frame takes.") var delayUs: UInt64 = 0
    @Option(name: .long, help: "Microseconds that it may take longer.") var jitterUs: UInt64 = 0
    @Option(name: .long, help: "Frames of a million that are lost.") var lossPpm: UInt64 = 0
    @Option(name: .long, help: "What chance begins with.") var seed: UInt64 = 1

    /// Longer names are cut by the system (IFNAMSIZ).
    private static let nameBytesMax = 15

    func validate() throws {
        guard [first, second].allSatisfy({ (1...Self.nameBytesMax).contains($0.utf8.count) }) else {
            throw ValidationError("a device's name has 1 to \(Self.nameBytesMax) bytes")
        }
        guard first != second else { throw ValidationError("the two devices have one name, '\(first)'") }
        guard max(delayUs, jitterUs) <= 1_000_000_000, lossPpm <= 1_000_000 else {
            throw ValidationError("delays are below 1000 seconds, and at most all of a million frames are lost")
        }
    }

    var delayNanoseconds: UInt64 { delayUs * 1000 }
    var jitterNanoseconds: UInt64 { jitterUs * 1000 }
    var lossPerMillion: UInt64 { lossPpm }
}
