import Synchronization
import Testing

@testable import STOQ

@Suite struct DeadlineClockTests {
    @Test func actionsComeInTheirOrderAndRemovedOnesNever() async {
        let clock = DeadlineClock()
        let order = Mutex<[Int]>([])
        await withCheckedContinuation { continuation in
            _ = clock.add(afterNanoseconds: 60_000_000) {
                order.withLock { $0.append(3) }
                continuation.resume()
            }
            let removed = clock.add(afterNanoseconds: 40_000_000) { order.withLock { $0.append(9) } }
            // Earlier than what the clock sleeps for already.
            _ = clock.add(afterNanoseconds: 20_000_000) { order.withLock { $0.append(2) } }
            _ = clock.add(afterNanoseconds: 0) { order.withLock { $0.append(1) } }
            clock.remove(removed)
            clock.remove(removed)
        }
        #expect(order.withLock { $0 } == [1, 2, 3])
    }

    @Test func anActionAddedByAnActionIsCalled() async {
        let clock = DeadlineClock()
        await withCheckedContinuation { continuation in
            _ = clock.add(afterNanoseconds: 1) {
                _ = clock.add(afterNanoseconds: 1) { continuation.resume() }
            }
        }
    }

    @Test func workInTimeGivesItsValueAndLateWorkIsCancelled() async throws {
        #expect(try await Deadline.run(.seconds(60)) { 7 } == 7)
        let seen = await failure {
            try await Deadline.run(.milliseconds(1)) { while !Task.isCancelled { await Task.yield() } }
        }
        #expect(seen == .deadlineExceeded)
        await #expect(throws: STOQError.endpointClosed) {
            try await Deadline.run(.seconds(60)) { throw STOQError.endpointClosed }
        }
    }
}
