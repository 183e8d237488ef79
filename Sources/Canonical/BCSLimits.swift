/// Static limits of the encoding.
public enum BCSLimits {
    /// Largest count of a sequence, as the BCS specification sets it.
    public static let lengthMax = 0x7fff_ffff
    /// Largest vector of bytes that a decoder accepts when its caller names no limit: 16 MiB.
    public static let byteVectorMax = 16 << 20
    /// Largest count of elements that a decoder accepts when its caller names no limit.
    public static let elementsMax = 1 << 20
}
