/// A span of time for people: seconds with two decimals.
struct Seconds: CustomStringConvertible {
    private let span: Duration

    init(_ span: Duration) {
        self.span = span
    }

    /// Seconds as a number, for machines.
    var value: Double {
        let (seconds, attoseconds) = span.components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    var description: String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
