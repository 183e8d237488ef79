/// Numbers the records that consensus asks to have stored, ascending from 1 after each start.
package struct WriteID: Sendable, Hashable, Comparable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package static func < (left: WriteID, right: WriteID) -> Bool { left.rawValue < right.rawValue }
}
