import Satchel

/// The owner's part of a measured capacity.
enum Share {
    /// Capacity × share, rounded down, by the same rule as the ledger's.
    static func lendable(_ kind: AssetKind, of measured: UInt64, basisPoints: UInt16) throws(AdapterError) -> UInt64 {
        do throws(SatchelError) {
            return try AssetCapacity(kind: kind, measured: measured, shareBasisPoints: basisPoints).lendable
        } catch {
            throw .invalidRequest("\(error)")
        }
    }
}
