/// What simulated nodes keep their records on.
package enum DiskChoice: String, Sendable, Hashable, CaseIterable {
    /// A list of records; a crash keeps the synced ones and some more.
    case records
    /// Real segment logs on disks that tear and lose writes; nodes with bad disks also find flipped bits.
    case segments
}
