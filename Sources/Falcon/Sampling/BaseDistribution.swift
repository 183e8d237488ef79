/// The reverse cumulative distribution table of the half-Gaussian with σ0 = 1.8205, scaled by 2⁷² (Falcon 1.2,
/// table 3.1), as 24-bit limbs: all low limbs, all middle limbs, all high limbs.
struct BaseDistribution: @unchecked Sendable {
    /// Entries of the table, two zeros behind the 18 of the specification so that whole vectors are compared.
    static let count = 20
    /// The one table, never freed.
    static let table = BaseDistribution()

    /// 3 × `count` limbs.
    let pointer: UnsafePointer<Int32>

    private static let entries: [(high: Int32, middle: Int32, low: Int32)] = [
        (10_745_844, 3_068_844, 3_741_698), (5_559_083, 1_580_863, 8_248_194), (2_260_429, 13_669_192, 2_736_639),
        (708_981, 4_421_575, 10_046_180), (169_348, 7_122_675, 4_136_815), (30_538, 13_063_405, 7_650_655),
        (4_132, 14_505_003, 7_826_148), (417, 16_768_101, 11_363_290), (31, 8_444_042, 8_086_568),
        (1, 12_844_466, 265_321), (0, 1_232_676, 13_644_283), (0, 38_047, 9_111_839), (0, 870, 6_138_264),
        (0, 14, 12_545_723), (0, 0, 3_104_126), (0, 0, 28_824), (0, 0, 198), (0, 0, 1),
    ]

    private init() {
        let limbs = UnsafeMutablePointer<Int32>.allocate(capacity: 3 * Self.count)
        limbs.initialize(repeating: 0, count: 3 * Self.count)
        for (index, entry) in Self.entries.enumerated() {
            limbs[index] = entry.low
            limbs[index + Self.count] = entry.middle
            limbs[index + 2 * Self.count] = entry.high
        }
        pointer = UnsafePointer(limbs)
    }
}
