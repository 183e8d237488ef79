/// What the command line asks for.
struct SoakOptions {
    var minutes = 60.0
    var lossThousandths: UInt64 = 20
    var rebindSeconds = 10.0
    var bytesPerSecond = 4 << 20

    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    init(_ words: [String]) throws {
        var rest = words[...]
        while let name = rest.popFirst() {
            guard let text = rest.popFirst(), let value = Double(text), value >= 0 else {
                throw Refusal(description: "\(name) wants a number")
            }
            switch name {
            case "--minutes": minutes = value
            case "--loss": lossThousandths = UInt64(min(value, 1000))
            case "--rebind": rebindSeconds = max(value, 0.5)
            case "--rate": bytesPerSecond = max(1, Int(min(value, 100_000) * 1_048_576))
            default: throw Refusal(description: "no option \(name); there are --minutes, --loss, --rebind, --rate")
            }
        }
    }
}
