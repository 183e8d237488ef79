import Testing

@testable import Node

@Suite struct OutgoingQueueTests {
    @Test func `gives messages in their order`() async {
        let queue = OutgoingQueue(limit: 10)
        for number in 0..<10 { queue.push([UInt8(number)]) }
        for number in 0..<10 { #expect(await queue.next(byteLimit: 1) == [[UInt8(number)]]) }
    }

    @Test func `gives what waits in one go, up to its limit of bytes`() async {
        let queue = OutgoingQueue(limit: 10)
        for number in 0..<5 { queue.push([UInt8](repeating: UInt8(number), count: 10)) }
        #expect(await queue.next(byteLimit: 25).map { $0[0] } == [0, 1, 2])
        #expect(await queue.next().map { $0[0] } == [3, 4])
    }

    @Test(arguments: [1, 3, 16]) func `keeps the newest when it is full`(limit: Int) async {
        let queue = OutgoingQueue(limit: limit)
        for number in 0..<100 { queue.push([UInt8(number)]) }
        for number in (100 - limit)..<100 { #expect(await queue.next(byteLimit: 1) == [[UInt8(number)]]) }
        queue.push([200])
        #expect(await queue.next() == [[200]])
    }

    @Test func `a task that waits gets the next message`() async {
        let queue = OutgoingQueue(limit: 4)
        let waiter = Task { await queue.next() }
        queue.push([1])
        #expect(await waiter.value == [[1]])
    }

    @Test func `a cancelled wait ends and takes nothing`() async {
        let queue = OutgoingQueue(limit: 4)
        let waiter = Task { await queue.next() }
        waiter.cancel()
        #expect(await waiter.value.isEmpty)
        queue.push([1])
        #expect(await queue.next() == [[1]])
    }

    @Test func `what nobody took waits for the next task`() async {
        let queue = OutgoingQueue(limit: 100)
        for round in 0..<50 {
            queue.push([UInt8(round)])
            let taker = Task { await queue.next() }
            #expect(await taker.value == [[UInt8(round)]])
        }
    }
}
