extension Session {
    /// Sends several datagrams at a time, which costs little more than one; see ``sendDatagram(_:)``.
    /// - Returns: how many were queued, from the first on: all, or as many as there was room for.
    /// - Throws: as ``sendDatagram(_:)`` when not even the first was queued.
    @discardableResult
    public func sendDatagrams(_ datagrams: [[UInt8]]) async throws -> Int {
        do {
            return try await withCheckedThrowingContinuation {
                link.mailbox.post(.sendDatagrams(link.handle, datagrams, $0))
            }
        } catch {
            throw link.explain(error)
        }
    }

    /// Sends bytes that arrive at most once, in any order, or not at all (RFC 9221); returns once they are queued.
    /// - Throws: `quic(.datagramTooLarge)` with what fits now, `quic(.datagramQueueFull)`, `quic(.datagramsUnsupported)`.
    public func sendDatagram(_ bytes: [UInt8]) async throws {
        do {
            try await withCheckedThrowingContinuation { link.mailbox.post(.sendDatagram(link.handle, bytes, $0)) }
        } catch {
            throw link.explain(error)
        }
    }
}
