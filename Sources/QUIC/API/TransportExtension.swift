/// A private extension of QUIC: a transport parameter that offers it and frames of its own (RFC 9000 sections 7.4.2 and
/// 19.21). It holds on a connection when both ends offer it; an end that does not know the parameter ignores it, and a
/// frame of an extension that does not hold ends the connection.
///
/// Its frames are reliable and unordered: what is lost is sent again, so a frame may come twice.
public struct TransportExtension: Hashable, Sendable {
    /// The numbers that parameters and frame types of extensions are taken from.
    public static let block: ClosedRange<UInt64> = 0x48_4D00...0x48_4DFF
    /// The longest value of a parameter, bytes.
    public static let valueBytesMax = 256
    /// The longest payload of a frame, bytes: it fits the smallest datagram.
    public static let payloadBytesMax = 1024

    /// The transport parameter's number.
    public var parameter: UInt64
    /// What the parameter says; its meaning is the extension's.
    public var value: [UInt8]
    /// The types of the extension's frames.
    public var frameTypes: Set<UInt64>

    public init(parameter: UInt64, value: [UInt8] = [], frameTypes: Set<UInt64> = []) {
        self.parameter = parameter
        self.value = value
        self.frameTypes = frameTypes
    }

    static func validate(_ extensions: [TransportExtension]) throws(QUICError) {
        guard extensions.count <= Limits.extensionsMax else {
            throw .invalidConfiguration("at most \(Limits.extensionsMax) extensions")
        }
        var parameters: Set<UInt64> = []
        var types: Set<UInt64> = []
        for offered in extensions {
            guard block.contains(offered.parameter), offered.frameTypes.allSatisfy(block.contains) else {
                throw .invalidConfiguration("an extension's numbers are in 0x484D00...0x484DFF")
            }
            guard offered.value.count <= valueBytesMax else {
                throw .invalidConfiguration("an extension's value has at most \(valueBytesMax) bytes")
            }
            guard parameters.insert(offered.parameter).inserted, types.isDisjoint(with: offered.frameTypes) else {
                throw .invalidConfiguration("two extensions share a number")
            }
            types.formUnion(offered.frameTypes)
        }
    }
}
