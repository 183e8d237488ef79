extension STOQStream: AsyncSequence {
    /// Reads a stream to its end, some bytes at a time.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: STOQStream

        /// The next bytes; nil at the stream's end. Cancelling the task aborts the stream.
        public mutating func next() async throws -> [UInt8]? {
            try await stream.read()
        }
    }

    /// Begins to read. Only one task may read a stream at a time.
    public func makeAsyncIterator() -> Iterator {
        Iterator(stream: self)
    }

    /// Sends text as UTF-8; see ``write(_:finish:)-([UInt8],_)``.
    public func write(_ text: String, finish: Bool = false) async throws {
        try await write(Array(text.utf8), finish: finish)
    }
}
