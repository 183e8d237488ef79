import Glibc
import Logging
import QUIC

/// Writes the qlog records of an endpoint's connections into a directory, one file a connection and end, named
/// `<original destination ID>_<end>.sqlog`.
struct QlogFiles {
    private let directory: String
    private let logger: Logger
    private var descriptors: [ConnectionHandle: Int32] = [:]
    private var hasComplained = false

    init(directory: String, logger: Logger) {
        self.directory = directory
        self.logger = logger
    }

    /// Appends what the connection has recorded since the last call.
    mutating func drain(_ connection: Connection) {
        let bytes = connection.takeQlog()
        guard !bytes.isEmpty, let descriptor = descriptor(for: connection) else { return }
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress.map { $0 + offset }, $0.count - offset)
            }
            guard written > 0 else { return complain("write") }
            offset += written
        }
    }

    /// The connection is over.
    mutating func close(_ handle: ConnectionHandle) {
        if let descriptor = descriptors.removeValue(forKey: handle) { Glibc.close(descriptor) }
    }

    /// The endpoint is over.
    mutating func closeAll() {
        for descriptor in descriptors.values { Glibc.close(descriptor) }
        descriptors = [:]
    }

    private mutating func descriptor(for connection: Connection) -> Int32? {
        if let known = descriptors[connection.handle] { return known }
        let end = connection.role == .client ? "client" : "server"
        let path = "\(directory)/\(connection.qlogName)_\(end).sqlog"
        let opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            complain("open")
            return nil
        }
        descriptors[connection.handle] = opened
        return opened
    }

    /// Says once that records are lost: a full disk must not fill the log as well.
    private mutating func complain(_ operation: String) {
        guard !hasComplained else { return }
        hasComplained = true
        logger.warning(
            "qlog not written",
            metadata: ["directory": "\(directory)", "operation": "\(operation)", "errno": "\(errno)"])
    }
}
