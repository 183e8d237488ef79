/// Arithmetic of measurements.
enum Figures {
    /// The middle of the values; 0 of none.
    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// The value below which so many of a hundred lie.
    static func percentile(_ values: [Double], _ percent: Int) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * percent / 100)]
    }

    /// Two places after the point.
    static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    /// Bits a second as gigabits, rounded.
    static func gigabits(_ bitsPerSecond: Double) -> Double { rounded(bitsPerSecond / 1e9) }

    /// Seconds of a duration.
    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
