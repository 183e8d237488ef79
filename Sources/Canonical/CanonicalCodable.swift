/// A value with one canonical encoding (BCS).
public protocol CanonicalEncodable {
    func encode(to encoder: inout BCSEncoder)
}

/// A value that reads its canonical encoding and refuses every other input.
public protocol CanonicalDecodable {
    init(from decoder: inout BCSDecoder) throws(BCSError)
}

/// A value with one canonical encoding that it can read back.
public typealias CanonicalCodable = CanonicalDecodable & CanonicalEncodable

extension CanonicalEncodable {
    /// The value's one encoding.
    public var canonicalBytes: [UInt8] {
        var encoder = BCSEncoder()
        encode(to: &encoder)
        return encoder.bytes
    }
}

extension CanonicalDecodable {
    /// Reads exactly one value; bytes after it are an error.
    public init(canonicalBytes bytes: [UInt8]) throws(BCSError) {
        var decoder = BCSDecoder(bytes)
        self = try Self(from: &decoder)
        try decoder.finish()
    }
}

extension UInt8: CanonicalCodable {}
extension UInt16: CanonicalCodable {}
extension UInt32: CanonicalCodable {}
extension UInt64: CanonicalCodable {}
extension UInt128: CanonicalCodable {}
extension Int32: CanonicalCodable {}
extension Int64: CanonicalCodable {}

extension CanonicalEncodable where Self: FixedWidthInteger {
    public func encode(to encoder: inout BCSEncoder) { encoder.encodeInteger(self) }
}

extension CanonicalDecodable where Self: FixedWidthInteger {
    public init(from decoder: inout BCSDecoder) throws(BCSError) { self = try decoder.decodeInteger(Self.self) }
}

extension Bool: CanonicalCodable {
    public func encode(to encoder: inout BCSEncoder) { encoder.encodeBool(self) }
    public init(from decoder: inout BCSDecoder) throws(BCSError) { self = try decoder.decodeBool() }
}

extension String: CanonicalCodable {
    public func encode(to encoder: inout BCSEncoder) { encoder.encodeString(self) }
    public init(from decoder: inout BCSDecoder) throws(BCSError) { self = try decoder.decodeString() }
}
