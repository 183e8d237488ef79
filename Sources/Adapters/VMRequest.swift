package import Canonical

/// What a node asks of a VM process, over its standard input.
package struct VMRequest: Sendable, Hashable, CanonicalCodable {
    package struct File: Sendable, Hashable, CanonicalCodable {
        package var name: String
        package var text: [UInt8]

        package init(name: String, text: [UInt8]) {
            self.name = name
            self.text = text
        }

        package func encode(to encoder: inout BCSEncoder) {
            encoder.encode(name)
            encoder.encodeBytes(text)
        }

        package init(from decoder: inout BCSDecoder) throws(BCSError) {
            name = try decoder.decode()
            text = try decoder.decodeBytes()
        }
    }

    package var files: [File]
    package var entry: String
    package var arguments: [String]
    package var fuel: UInt64
    package var heapBytes: UInt64
    package var outputBytes: UInt64

    package init(
        files: [File], entry: String, arguments: [String], fuel: UInt64, heapBytes: UInt64, outputBytes: UInt64
    ) {
        self.files = files
        self.entry = entry
        self.arguments = arguments
        self.fuel = fuel
        self.heapBytes = heapBytes
        self.outputBytes = outputBytes
    }

    package func encode(to encoder: inout BCSEncoder) {
        encoder.encode(files)
        encoder.encode(entry)
        encoder.encode(arguments)
        encoder.encode(fuel)
        encoder.encode(heapBytes)
        encoder.encode(outputBytes)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        files = try decoder.decodeArray(limit: 1024)
        entry = try decoder.decode()
        arguments = try decoder.decodeArray(limit: 1024)
        fuel = try decoder.decode()
        heapBytes = try decoder.decode()
        outputBytes = try decoder.decode()
    }
}

/// What a VM process answers, over its standard output: the same bytes on every node.
package struct VMAnswer: Sendable, Hashable, CanonicalCodable {
    package enum Outcome: Sendable, Hashable {
        /// The value as Julia prints it.
        case value([UInt8])
        /// Which trap, and a text with the place in the source.
        case trap(kind: String, text: String)
    }

    package var outcome: Outcome
    package var fuel: UInt64
    package var output: [UInt8]

    package init(outcome: Outcome, fuel: UInt64, output: [UInt8]) {
        self.outcome = outcome
        self.fuel = fuel
        self.output = output
    }

    package func encode(to encoder: inout BCSEncoder) {
        switch outcome {
        case .value(let text):
            encoder.encodeVariant(0)
            encoder.encodeBytes(text)
        case .trap(let kind, let text):
            encoder.encodeVariant(1)
            encoder.encode(kind)
            encoder.encode(text)
        }
        encoder.encode(fuel)
        encoder.encodeBytes(output)
    }

    package init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0: outcome = .value(try decoder.decodeBytes())
        case 1: outcome = .trap(kind: try decoder.decode(), text: try decoder.decode())
        default: throw .unknownVariant(offset: start, type: "VMAnswer.Outcome", index: index)
        }
        fuel = try decoder.decode()
        output = try decoder.decodeBytes()
    }
}
