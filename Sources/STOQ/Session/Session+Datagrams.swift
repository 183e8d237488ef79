extension Session {
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
