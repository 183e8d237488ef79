import Canonical
import Testing

@testable import STOQ

@Suite struct `A budget of lines` {
    @Test func `leaves out what is too much in a minute and says how much`() {
        var budget = LineBudget(perMinute: 2)
        let minute: UInt64 = 60_000_000_000
        let first = (0..<5).map { _ in budget.admits(Timestamp(nanoseconds: 10 * minute)) }
        #expect(first == [true, true, false, false, false])
        let later = budget.admits(Timestamp(nanoseconds: 11 * minute))
        #expect(later)
        let leftOut = budget.takeLeftOut()
        #expect(leftOut == 3)
        let again = budget.takeLeftOut()
        #expect(again == 0)
    }
}
