import Foundation

/// What libFuzzer offers to a program with a `main` of its own.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// `hypermesh-fuzz TARGET [libFuzzer's arguments]` feeds a part of the product with bytes that libFuzzer makes up;
/// `hypermesh-fuzz seeds TARGET FOLDER` writes what to start from.
@main
enum HypermeshFuzz {
    static func main() throws {
        let words = CommandLine.arguments
        if words.count == 4, words[1] == "seeds", let target = FuzzTarget(rawValue: words[2]) {
            return try writeSeeds(target.seeds(), to: words[3])
        }
        guard words.count > 1, let target = FuzzTarget(rawValue: words[1]) else {
            let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " | ")
            print("hypermesh-fuzz \(names) [libFuzzer's arguments]\nhypermesh-fuzz seeds TARGET FOLDER")
            exit(64)
        }
        exit(run(target, [words[0]] + words.dropFirst(2)))
    }

    private static func writeSeeds(_ seeds: [[UInt8]], to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (index, seed) in seeds.enumerated() {
            try Data(seed).write(to: URL(filePath: "\(folder)/\(index)"))
        }
        print("\(seeds.count) seeds in \(folder)")
    }

    private static func run(_ target: FuzzTarget, _ words: [String]) -> Int32 {
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var count = Int32(words.count)
        return pointers.withUnsafeMutableBufferPointer { buffer in
            var base = buffer.baseAddress
            return runDriver(&count, &base, target.body)
        }
    }
}
