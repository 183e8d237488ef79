import Canonical

/// First message on a stream: which service is meant, how it is used, and the request itself.
struct ServiceRequest: CanonicalCodable {
    enum Style: UInt32 {
        /// One answer.
        case call = 0
        /// Any number of answers until one side ends the stream.
        case subscribe = 1
        /// A one-way run of messages on a unidirectional stream.
        case channel = 2
        /// Messages both ways, of the service's own, after one answer that accepts or refuses.
        case exchange = 3
    }

    var service: String
    var style: Style
    /// The requester gives up after this long; 0 for never.
    var deadlineMilliseconds: UInt32
    var body: [UInt8]

    init(service: String, style: Style, deadlineMilliseconds: UInt32, body: [UInt8]) {
        self.service = service
        self.style = style
        self.deadlineMilliseconds = deadlineMilliseconds
        self.body = body
    }

    func encode(to encoder: inout BCSEncoder) {
        encoder.encode(service)
        encoder.encodeVariant(style.rawValue)
        encoder.encode(deadlineMilliseconds)
        encoder.encodeBytes(body)
    }

    init(from decoder: inout BCSDecoder) throws(BCSError) {
        service = try decoder.decodeString(limit: STOQLimits.serviceNameBytesMax)
        let start = decoder.offset
        let index = try decoder.decodeVariant()
        guard let style = Style(rawValue: index) else {
            throw .unknownVariant(offset: start, type: "ServiceRequest.Style", index: index)
        }
        self.style = style
        deadlineMilliseconds = try decoder.decode()
        body = try decoder.decodeBytes(limit: STOQLimits.messageBytesMax)
    }
}

/// An answer of a service.
enum ServiceReply: CanonicalCodable {
    case value([UInt8])
    case failure(ServiceFailure)

    func encode(to encoder: inout BCSEncoder) {
        switch self {
        case .value(let bytes):
            encoder.encodeVariant(0)
            encoder.encodeBytes(bytes)
        case .failure(let failure):
            encoder.encodeVariant(1)
            encoder.encode(failure)
        }
    }

    init(from decoder: inout BCSDecoder) throws(BCSError) {
        let start = decoder.offset
        let index = try decoder.decodeVariant()
        switch index {
        case 0: self = .value(try decoder.decodeBytes(limit: STOQLimits.messageBytesMax))
        case 1: self = .failure(try decoder.decode())
        default: throw .unknownVariant(offset: start, type: "ServiceReply", index: index)
        }
    }
}
