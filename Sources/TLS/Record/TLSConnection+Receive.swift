extension TLSConnection {
    mutating func processRecords() throws(TLSError) {
        while !isPeerClosed, let record = try incoming.next(isProtected: readProtection != nil) {
            try process(record.header, body: record.body)
        }
    }

    private mutating func process(_ header: RecordHeader, body: [UInt8]) throws(TLSError) {
        if header.type == .changeCipherSpec {
            try receiveChangeCipherSpec(body)
            return
        }
        guard readProtection != nil, !isUnprotectedAlert(header) else {
            guard try !skipsEarlyDataAfterRetry(header) else { return }
            try deliver(header.type, body)
            return
        }
        guard header.type == .applicationData else {
            throw .unexpectedMessage("an unprotected record under keys")
        }
        guard let inner = try open(header, body: body) else { return }
        guard let type = ContentType(rawValue: inner.type), type != .changeCipherSpec else {
            throw .unexpectedMessage("protected record of type \(inner.type)")
        }
        try deliver(type, inner.content)
    }

    /// Opens a protected record, or returns nil for one of 0-RTT data, which this server cannot open.
    private mutating func open(
        _ header: RecordHeader,
        body: [UInt8]
    ) throws(TLSError) -> (type: UInt8, content: [UInt8])? {
        guard var protection = readProtection else { return nil }
        do throws(TLSError) {
            let inner = try protection.open(body, header: header.bytes)
            readProtection = protection
            return inner
        } catch {
            guard error == .badRecordMAC, mayStillSendEarlyData, handshake.readLevel == .handshake else { throw error }
            try countEarlyData(header)
            return nil
        }
    }

    /// A client that was answered with a HelloRetryRequest may have 0-RTT records under way (RFC 8446 §4.2.10).
    private mutating func skipsEarlyDataAfterRetry(_ header: RecordHeader) throws(TLSError) -> Bool {
        guard header.type == .applicationData, mayStillSendEarlyData, handshake.state == .waitSecondClientHello else {
            return false
        }
        try countEarlyData(header)
        return true
    }

    /// True until a server whose client offered early data has opened a first record.
    private var mayStillSendEarlyData: Bool {
        handshake.role == .server && !handshake.isEarlyDataAccepted && handshake.hello?.extensions[.earlyData] != nil
            && readProtection?.sequenceNumber ?? 0 == 0
    }

    private mutating func countEarlyData(_ header: RecordHeader) throws(TLSError) {
        skippedEarlyDataByteCount += header.byteCount
        guard skippedEarlyDataByteCount <= TLSLimits.skippedEarlyDataByteCountMax else { throw .badRecordMAC }
    }

    /// A client that fails before it has handshake keys sends its alert in the clear. It can only end the connection,
    /// which whoever forges it could do as well by closing the stream.
    private func isUnprotectedAlert(_ header: RecordHeader) -> Bool {
        header.type == .alert && handshake.role == .server && handshake.readLevel == .handshake
            && readProtection?.sequenceNumber == 0
    }

    private mutating func deliver(_ type: ContentType, _ content: [UInt8]) throws(TLSError) {
        try countEmpty(type, content)
        guard type == .handshake || handshake.incoming.isEmpty else {
            throw .unexpectedMessage("a record of another type inside a handshake message")
        }
        switch type {
        case .handshake:
            guard !content.isEmpty else { throw .unexpectedMessage("an empty handshake record") }
            try handshake.receive(content, at: handshake.readLevel)
            try drainEvents()
        case .alert:
            try receiveAlert(content)
        case .applicationData:
            try deliverData(content)
        case .changeCipherSpec:
            throw .unexpectedMessage("protected ChangeCipherSpec")
        }
    }

    private mutating func deliverData(_ content: [UInt8]) throws(TLSError) {
        if handshake.role == .server, handshake.readLevel == .earlyData {
            earlyDataByteCount += content.count
            guard earlyDataByteCount <= handshake.earlyDataByteCountMax else {
                throw .unexpectedMessage("more 0-RTT data than allowed")
            }
            if !content.isEmpty { earlyPlaintext.append(content) }
            return
        }
        guard isHandshakeComplete else { throw .unexpectedMessage("application data before the handshake is done") }
        if !content.isEmpty { plaintext.append(content) }
    }

    /// Bounds what a peer can make this side do without sending data: key updates, empty records.
    private mutating func countEmpty(_ type: ContentType, _ content: [UInt8]) throws(TLSError) {
        guard isHandshakeComplete, type != .applicationData || content.isEmpty else {
            emptyRecordsInRow = 0
            return
        }
        emptyRecordsInRow += 1
        guard emptyRecordsInRow <= TLSLimits.emptyRecordsInRowMax else {
            throw .unexpectedMessage("too many records in a row without application data")
        }
    }

    /// Dropped during the handshake when it is the one byte that RFC 8446 §5 names, and fatal otherwise.
    private mutating func receiveChangeCipherSpec(_ body: [UInt8]) throws(TLSError) {
        let isDuring = handshake.state != .waitClientHello && !isHandshakeComplete
        guard isDuring, body == [1], handshake.incoming.isEmpty else { throw .unexpectedMessage("ChangeCipherSpec") }
        emptyRecordsInRow += 1
        guard emptyRecordsInRow <= TLSLimits.emptyRecordsInRowMax else {
            throw .unexpectedMessage("too many ChangeCipherSpec records")
        }
    }

    private mutating func receiveAlert(_ content: [UInt8]) throws(TLSError) {
        guard content.count == 2 else { throw .decode("alert of \(content.count) bytes") }
        switch AlertDescription(rawValue: content[1]) {
        case .closeNotify: isPeerClosed = true
        case .userCanceled: break
        case let alert: throw .peerAlert(alert)
        }
    }
}
