/// How a simulated node behaves. Crashes are allowed to all.
enum Conduct: Sendable, Hashable {
    /// Follows the protocol on a disk that keeps what it synced.
    case honest
    /// Says what may do harm.
    case liar
    /// Says nothing at all.
    case mute
    /// Follows the protocol on a disk that flips bits. It may lose its memory, and so its votes, but must not execute
    /// anything that is not final.
    case badDisk
}
