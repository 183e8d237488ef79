import Canonical
import Testing

@testable import STOQ

/// The two cores of a transfer against each other, without a network.
@Suite struct TransferCoreTests {
    /// What a receiver kept, by place.
    struct Outcome {
        var object: [UInt8]
        var sent: [Int] = []
        var summary: TransferSummary?
    }

    /// Runs a transfer.
    /// - Parameter corrupt: may change a piece on its way; the number counts pieces sent.
    private func run(
        _ bytes: [UInt8], present: Set<Int> = [], corrupt: (Int, [UInt8]) -> [UInt8] = { $1 }
    ) throws -> Outcome {
        let source = MemorySource(bytes)
        let list = try source.list(pieceBytes: 100)
        var sender = TransferSender(TransferOffer(.file(name: "x"), list, resumes: true), list)
        var receiver = TransferReceiver()
        var outcome = Outcome(object: bytes.indices.map { present.contains($0 / 100) ? bytes[$0] : 0 })
        var answers: [TransferMessage] = []
        while true {
            guard let step = sender.nextStep() else {
                try #require(!answers.isEmpty, "both ends wait")
                try sender.receive(answers.removeFirst())
                continue
            }
            var message: TransferMessage
            switch step {
            case .finished(let summary):
                outcome.summary = summary
                return outcome
            case .send(let told): message = try TransferMessage(canonicalBytes: told.canonicalBytes)
            case .sendPiece(let index, let offset, let length):
                let read = try source.read(offset: offset, length: length)
                message = .piece(index: UInt32(index), bytes: corrupt(outcome.sent.count, read))
                outcome.sent.append(index)
            }
            switch try receiver.receive(message) {
            case .decide: receiver.accept()
            case .inspect(let list):
                let there = list.pieces.indices.map { present.contains($0) }
                if let need = receiver.begin(present: there, reusedBytes: 0) { answers.append(need) }
            case .keep(_, let offset, let bytes, _):
                outcome.object.replaceSubrange(Int(offset)..<Int(offset) + bytes.count, with: bytes)
            case .answer(let answer): answers.append(answer)
            case .wait: break
            }
            if let summary = receiver.summary { answers.append(.done(summary)) }
        }
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        var random = SplitMix64(seed: UInt64(count))
        return random.bytes(count)
    }

    @Test(arguments: [0, 1, 99, 100, 101, 2050])
    func `an object arrives whole`(count: Int) throws {
        let outcome = try run(Self.bytes(count))
        #expect(outcome.object == Self.bytes(count))
        #expect(outcome.sent == Array(0..<(count + 99) / 100))
        #expect(outcome.summary?.size == UInt64(count))
    }

    @Test func `what is there already is not sent`() throws {
        let outcome = try run(Self.bytes(1000), present: [0, 3, 4, 9])
        #expect(outcome.object == Self.bytes(1000))
        #expect(outcome.sent == [1, 2, 5, 6, 7, 8])
        #expect(outcome.summary?.piecesReused == 4)
        #expect(try run(Self.bytes(1000), present: Set(0..<10)).sent.isEmpty)
    }

    @Test func `a corrupt piece is not kept but asked for again`() throws {
        let outcome = try run(Self.bytes(1000)) { number, piece in
            guard number == 2 || number == 5 else { return piece }
            return [piece[0] ^ 1] + piece.dropFirst()
        }
        #expect(outcome.object == Self.bytes(1000))
        #expect(outcome.summary?.piecesCorrupt == 2)
        #expect(outcome.sent.count == 12)
    }

    @Test func `a sender of nothing but corrupt pieces is given up`() throws {
        #expect(throws: STOQError.transfer(.corruptPieces(ExtensionLimits.corruptPiecesMax + 1))) {
            try run(Self.bytes(3000)) { _, piece in piece.map { $0 ^ 0x55 } }
        }
    }

    @Test func `words out of turn, false lists and unasked pieces are refused`() throws {
        let list = try MemorySource(Self.bytes(300)).list(pieceBytes: 100)
        let offer = TransferOffer(.file(name: "x"), list, resumes: false)
        var fresh = TransferReceiver()
        #expect(throws: STOQError.self) { try fresh.receive(.piece(index: 0, bytes: [1])) }
        var listing = TransferReceiver()
        #expect(try listing.receive(.offer(offer)) == .decide(offer))
        #expect(throws: STOQError.self) { try listing.receive(.offer(offer)) }
        listing.accept()
        var short = listing
        #expect(throws: STOQError.self) { try short.receive(.list([])) }
        var false_ = listing
        #expect(throws: STOQError.self) { try false_.receive(.list(Array(list.pieces.reversed()))) }
        guard case .inspect = try listing.receive(.list(list.pieces)) else {
            Issue.record("the true list was not taken")
            return
        }
        _ = listing.begin(present: [true, false, false], reusedBytes: 100)
        #expect(throws: STOQError.self) { try listing.receive(.piece(index: 0, bytes: Self.bytes(100))) }
        #expect(throws: STOQError.self) { try listing.receive(.piece(index: 3, bytes: [])) }
    }

    @Test func `a receiver that asks for what does not exist, or without end, is given up`() throws {
        let list = try MemorySource(Self.bytes(300)).list(pieceBytes: 100)
        let start = TransferSender(TransferOffer(.file(name: "x"), list, resumes: false), list)
        for spans in [
            [TransferMessage.Span(first: 3, count: 1)], [.init(first: 0, count: 4)], [.init(first: 1, count: 0)],
            [.init(first: .max, count: .max)],
            [TransferMessage.Span](repeating: .init(first: 0, count: 3), count: 8),
        ] {
            var sender = start
            #expect(throws: STOQError.self) { try sender.receive(.need(spans)) }
        }
        var sender = start
        let other = TransferSummary(root: .zero, size: 300, pieces: 3)
        #expect(throws: STOQError.self) { try sender.receive(.done(other)) }
        let refusal = ServiceFailure(code: "inbox.full", message: "full")
        #expect(throws: STOQError.transfer(.refused(code: "inbox.full", text: "full"))) {
            try sender.receive(.refused(refusal))
        }
    }

    @Test func `messages of chance never trap and never come back otherwise`() {
        let seed: UInt64 = 4711
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        for _ in 0..<2000 {
            let bytes = [UInt8(random.next() % 7)] + random.bytes(Int(random.next() % 80))
            guard let message = try? TransferMessage(canonicalBytes: bytes) else { continue }
            #expect(message.canonicalBytes == bytes)
        }
    }
}
