extension TLSConnection {
    /// Carries out what the handshake wants.
    mutating func drainEvents() throws(TLSError) {
        while let event = handshake.nextEvent() {
            switch event {
            case .send(let bytes, let level):
                if handshake.role == .client, level == .initial, hasSentRecord { sendChangeCipherSpec() }
                try sendRecords(bytes, type: .handshake)
                if handshake.role == .server, level == .initial { sendChangeCipherSpec() }
            case .installWriteSecret(let secret):
                if secret.level != .application { sendChangeCipherSpec() }
                writeProtection = RecordProtection(secret)
            case .installReadSecret(let secret):
                readProtection = RecordProtection(secret)
            case .earlyDataAccepted(let isAccepted):
                if handshake.role == .client, !isAccepted { stopEarlyData() }
            case .sessionTicket(let ticket):
                tickets.append(ticket)
            case .peerTransportParameters, .serverName, .applicationProtocol, .peerCertificates, .completed,
                .earlyDataBegins:
                break
            }
        }
    }

    /// Cuts `bytes` into records and seals them under the keys in force.
    mutating func sendRecords(_ bytes: [UInt8], type: ContentType) throws(TLSError) {
        var position = 0
        while position < bytes.count {
            let end = min(bytes.count, position + TLSLimits.recordPlaintextByteCountMax)
            try sendRecord(Array(bytes[position..<end]), type: type)
            position = end
        }
    }

    mutating func sendAlert(_ alert: AlertDescription) throws(TLSError) {
        let level: UInt8 = alert == .closeNotify ? 1 : 2
        try sendRecord([level, alert.rawValue], type: .alert)
    }

    private mutating func sendRecord(_ content: [UInt8], type: ContentType) throws(TLSError) {
        if type == .applicationData, let protection = writeProtection,
            protection.sequenceNumber >= TLSLimits.recordsPerKeyMax
        {
            try handshake.updateKeys(requestPeer: false)
            try drainEvents()
        }
        let multiple = paddingMultiple
        if let record = try writeProtection?.seal(content, type: type, paddingMultiple: multiple) {
            output.append(record)
        } else {
            // Only the first ClientHello's record says 0x0301 (RFC 8446 §5.1).
            let version: UInt16 = handshake.role == .client && !hasSentRecord ? 0x0301 : 0x0303
            output.append(RecordHeader(type: type, byteCount: content.count, version: version).bytes + content)
        }
        hasSentRecord = true
    }

    /// Once, and only when the client asked for it with a session identifier (RFC 8446 §D.4).
    private mutating func sendChangeCipherSpec() {
        guard !hasSentChangeCipherSpec, handshake.hello?.sessionID.isEmpty == false else { return }
        hasSentChangeCipherSpec = true
        output.append(RecordHeader(type: .changeCipherSpec, byteCount: 1).bytes + [1])
    }
}
