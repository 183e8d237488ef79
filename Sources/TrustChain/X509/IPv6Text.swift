import Canonical

/// IPv6 addresses as text.
enum IPv6Text {
    /// Eight groups for an address of 16 bytes, `address/mask` for 32 bytes, else hexadecimal digits.
    static func describe(_ bytes: [UInt8]) -> String {
        switch bytes.count {
        case 16: groups(bytes[...])
        case 32: groups(bytes.prefix(16)) + "/" + groups(bytes.suffix(16))
        default: Hexadecimal.encode(bytes)
        }
    }

    private static func groups(_ bytes: ArraySlice<UInt8>) -> String {
        stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }.joined(separator: ":")
    }
}
