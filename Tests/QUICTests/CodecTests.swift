import Canonical
import Testing

@testable import QUIC

@Suite struct CodecTests {
    @Test(
        arguments: [
            ("c2197c5eff14e88c", 151_288_809_941_952_652), ("9d7f3e7d", 494_878_333), ("7bbd", 15_293), ("25", 37),
            ("4025", 37),
        ] as [(String, UInt64)])
    func readsTheIntegersOfRFC9000AppendixA1(text: String, value: UInt64) {
        hex(text).withUnsafeBytes { bytes in
            var reader = PacketReader(bytes)
            #expect(reader.readVariableLength() == value)
            #expect(reader.remaining == 0)
        }
    }

    @Test func writesWhatItReads() {
        for value: UInt64 in [0, 63, 64, 16_383, 16_384, 1 << 30 - 1, 1 << 30, VariableLengthInteger.maximum] {
            var bytes: [UInt8] = []
            bytes.appendVariableLength(value)
            #expect(bytes.count == VariableLengthInteger.length(value))
            var memory = [UInt8](repeating: 0, count: 8)
            let count = memory.withUnsafeMutableBytes { buffer in
                var writer = PacketWriter(buffer)
                writer.writeVariableLength(value)
                return writer.offset
            }
            #expect(Array(memory.prefix(count)) == bytes)
            bytes.withUnsafeBytes { buffer in
                var reader = PacketReader(buffer)
                #expect(reader.readVariableLength() == value)
            }
        }
    }

    @Test func decodesPacketNumbersAsRFC9000AppendixA3() {
        #expect(PacketNumber.decode(truncated: 0x9B32, length: 2, expected: 0xA82F_30EA + 1) == 0xA82F_9B32)
        #expect(PacketNumber.encodedLength(0xAC5C02, largestAcknowledged: 0xABE8B3) == 2)
        #expect(PacketNumber.encodedLength(0xACE8FE, largestAcknowledged: 0xABE8B3) == 3)
        #expect(PacketNumber.decode(truncated: 0, length: 1, expected: 0) == 0)
        var random = SplitMix64(seed: 5)
        for _ in 0..<10_000 {
            let acknowledged = random.next() >> (3 + random.next() % 60)
            let number = acknowledged + 1 + random.next() % 100_000
            let length = PacketNumber.encodedLength(number, largestAcknowledged: acknowledged)
            let truncated = number & ((1 << UInt64(8 * length)) - 1)
            #expect(PacketNumber.decode(truncated: truncated, length: length, expected: acknowledged + 1) == number)
        }
    }

    @Test func keepsRangesAsASetWould() {
        let seed: UInt64 = 77
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            var ranges = RangeSet()
            var model: Set<UInt64> = []
            for _ in 0..<60 {
                let low = random.next() % 100
                let range = low..<low + random.next() % 12
                if random.next() % 3 == 0 {
                    ranges.remove(range)
                    model.subtract(range)
                } else {
                    ranges.insert(range)
                    model.formUnion(range)
                }
                #expect(ranges.flatMap { Array($0) } == model.sorted())
                #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
                #expect(ranges.contains(low) == model.contains(low))
                #expect(ranges.contains(range) == model.isSuperset(of: range))
            }
        }
    }

    @Test func writesAcknowledgementsThatReadBack() throws {
        var random = SplitMix64(seed: 78)
        for _ in 0..<500 {
            var ranges = RangeSet()
            for _ in 0..<1 + random.next() % 20 {
                let low = random.next() % 5000
                ranges.insert(low..<low + 1 + random.next() % 50)
            }
            var memory = [UInt8](repeating: 0, count: 200)
            let ecn = ECNCounts(capable0: random.next() % 2 * 70, capable1: 0, congestionExperienced: 0)
            let count = memory.withUnsafeMutableBytes { buffer in
                var writer = PacketWriter(buffer)
                #expect(AcknowledgementFrame.write(ranges: ranges, delay: 9, ecn: ecn, to: &writer))
                return writer.offset
            }
            try memory.prefix(count).withUnsafeBytes { bytes in
                var reader = PacketReader(bytes)
                guard case .acknowledgement(let frame) = try Frame.read(from: &reader, in: bytes).frame else {
                    Issue.record("not an ACK")
                    return
                }
                var read: [ClosedRange<UInt64>] = []
                frame.forEachRange { read.append($0) }
                #expect(read == ranges.reversed().map { $0.lowerBound...$0.upperBound - 1 })
                #expect(frame.delay == 9)
                #expect((frame.ecn ?? ECNCounts()) == ecn)
            }
        }
    }

    @Test func reassemblesBytesInAnyOrder() {
        var random = SplitMix64(seed: 79)
        for _ in 0..<50 {
            var buffer = ReceiveBuffer()
            let whole = pattern(0, 20_000)
            var pieces = stride(from: 0, to: 20_000, by: 700).map {
                ($0, min(20_000, $0 + 700 + Int(random.next() % 300)))
            }
            pieces.shuffle(using: &random)
            var read: [UInt8] = []
            for (start, end) in pieces {
                whole[start..<end].withUnsafeBytes { buffer.insert($0, at: UInt64(start)) }
                read += buffer.read(maximum: Int(random.next() % 3000)).bytes
            }
            read += buffer.read(maximum: 20_000).bytes
            #expect(read == whole)
            #expect(buffer.gapCount == 0)
        }
    }

    @Test func carriesTransportParametersBothWays() throws {
        var parameters = TransportParameters()
        parameters.originalDestinationConnectionID = ConnectionID([1, 2, 3, 4, 5, 6, 7, 8])
        parameters.initialSourceConnectionID = ConnectionID()
        parameters.retrySourceConnectionID = ConnectionID([9])
        parameters.statelessResetToken = StatelessResetToken(high: 1, low: 2)
        parameters.maxIdleTimeoutMilliseconds = 30_000
        parameters.initialMaxData = 1 << 40
        parameters.initialMaxStreamsBidirectional = 1 << 60
        parameters.maxDatagramFrameSize = 65_535
        parameters.disableActiveMigration = true
        parameters.greaseQuicBit = true
        let bytes = parameters.encoded()
        #expect(try TransportParameters(bytes, from: .server) == parameters)
        #expect(throws: QUICError.self) { try TransportParameters(bytes, from: .client) }
    }

    @Test(arguments: [
        "030244af",  // max_udp_payload_size 1199
        "0a0115",  // ack_delay_exponent 21
        "0b0480004000",  // max_ack_delay 2^14
        "0e0101",  // active_connection_id_limit 1
        "0808d000000000000001",  // more than 2^60 streams
        "010480007530010480007530",  // repeated
        "0202aabb",  // reset token of two bytes
        "0c0100",  // flag with a value
        "010580007530ff",  // trailing bytes in an integer
        "0d0100",  // preferred address too short
        "0104",  // cut short
        "0f15" + "000102030405060708090a0b0c0d0e0f1011121314",  // connection ID of 21 bytes
    ])
    func refusesTransportParameters(text: String) {
        #expect {
            try TransportParameters(hex(text), from: .server)
        } throws: { error in
            guard case .violation(let code, _, _) = error as? QUICError else { return false }
            return code == .transportParameterError
        }
    }

    @Test func neverTrapsOnRandomFramesHeadersAndParameters() {
        let seed: UInt64 = 80
        print("seed \(seed)")
        var random = SplitMix64(seed: seed)
        for _ in 0..<30_000 {
            var bytes = random.bytes(Int(random.next() % 80))
            if !bytes.isEmpty, random.next() % 2 == 0 { bytes[0] = UInt8(random.next() % 0x32) }
            bytes.withUnsafeBytes { buffer in
                var reader = PacketReader(buffer)
                while reader.remaining > 0, let (frame, _) = try? Frame.read(from: &reader, in: buffer) {
                    if case .acknowledgement(let ack) = frame {
                        ack.forEachRange { #expect($0.upperBound <= ack.largest) }
                    }
                }
                if let header = try? PacketHeader.parse(buffer, localIDLength: 8) {
                    #expect(header.length <= buffer.count && header.packetNumberOffset <= header.length)
                }
            }
            _ = try? TransportParameters(bytes, from: .server)
        }
    }
}
