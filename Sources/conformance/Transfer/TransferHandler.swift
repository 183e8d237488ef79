import Canonical
import QUIC

/// One end of the transfers, driven by a ``TransferLoop``.
protocol TransferHandler: AnyObject {
    /// Whether the loop may end once its connections are gone.
    var isFinished: Bool { get }

    func handle(_ event: ConnectionEvent, of connection: Connection, now: Timestamp)
}
