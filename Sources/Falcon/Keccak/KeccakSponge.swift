/// The sponge construction over Keccak-f[1600] (FIPS 202 §4) with byte-aligned input.
struct KeccakSponge: BitwiseCopyable {
    /// Bytes taken in or given out between two permutations; a multiple of eight.
    let rate: Int
    /// Domain separation bits with the first padding bit (0x1F for SHAKE, 0x06 for SHA-3).
    let suffix: UInt8
    private(set) var state = KeccakState()
    /// Bytes used of the current block.
    private var position = 0
    private var squeezing = false

    init(rate: Int, suffix: UInt8) {
        self.rate = rate
        self.suffix = suffix
    }

    /// Takes in `bytes`. Input after the first output belongs to no defined function and is a caller's mistake.
    mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
        precondition(!squeezing, "a Keccak sponge takes no input after its first output")
        var index = 0
        while index < bytes.count {
            if position & 7 == 0, bytes.count - index >= 8 {
                let lane = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                state.xorLane(UInt64(littleEndian: lane), at: position >> 3)
                position &+= 8
                index &+= 8
            } else {
                state.xor(bytes[index], at: position)
                position &+= 1
                index &+= 1
            }
            if position == rate {
                state.permute()
                position = 0
            }
        }
    }

    /// Gives out the next `output.count` bytes.
    mutating func squeeze(into output: UnsafeMutableRawBufferPointer) {
        beginSqueezing()
        var index = 0
        while index < output.count {
            if position == rate { nextBlock() }
            if position & 7 == 0, output.count - index >= 8 {
                let lane = state.lanes[position >> 3].littleEndian
                output.storeBytes(of: lane, toByteOffset: index, as: UInt64.self)
                position &+= 8
                index &+= 8
            } else {
                output[index] = state.byte(at: position)
                position &+= 1
                index &+= 1
            }
        }
    }

    /// Pads the input; the first block of output is then in `state`.
    mutating func beginSqueezing() {
        guard !squeezing else { return }
        state.xor(suffix, at: position)
        state.xor(0x80, at: rate &- 1)
        state.permute()
        position = 0
        squeezing = true
    }

    /// Replaces the block in `state` by the next one.
    mutating func nextBlock() {
        state.permute()
        position = 0
    }
}
