/// A point in time in nanoseconds: since 1970-01-01T00:00:00Z where nodes agree on it (blocks, certificates), since an
/// arbitrary start where one machine measures (transport, timers). Cores get it as an argument and never ask for it.
public struct Timestamp: Sendable, Hashable, Comparable, CanonicalCodable {
    public var nanoseconds: UInt64

    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    public init(milliseconds: UInt64) {
        nanoseconds = Timestamp.product(milliseconds, 1_000_000)
    }

    public init(seconds: UInt64) {
        nanoseconds = Timestamp.product(seconds, 1_000_000_000)
    }

    public static let zero = Timestamp(nanoseconds: 0)
    /// Later than everything: a deadline that never comes.
    public static let distantFuture = Timestamp(nanoseconds: .max)

    public var milliseconds: UInt64 { nanoseconds / 1_000_000 }
    public var seconds: UInt64 { nanoseconds / 1_000_000_000 }

    /// The time `nanoseconds` later; stops at `distantFuture`.
    public func advanced(byNanoseconds span: UInt64) -> Timestamp {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(span)
        return Timestamp(nanoseconds: overflow ? .max : sum)
    }

    /// The time `milliseconds` later; stops at `distantFuture`.
    public func advanced(byMilliseconds span: UInt64) -> Timestamp {
        advanced(byNanoseconds: Timestamp.product(span, 1_000_000))
    }

    /// Nanoseconds from `earlier` to here; 0 when `earlier` is later.
    public func nanoseconds(since earlier: Timestamp) -> UInt64 {
        nanoseconds >= earlier.nanoseconds ? nanoseconds - earlier.nanoseconds : 0
    }

    private static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? .max : product
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

    public func encode(to encoder: inout BCSEncoder) { encoder.encode(nanoseconds) }
    public init(from decoder: inout BCSDecoder) throws(BCSError) { nanoseconds = try decoder.decode(UInt64.self) }
}

