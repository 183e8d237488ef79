extension PacketWriter {
    /// Writes a frame of only variable-length integers, if it fits.
    package mutating func writeFrame(_ type: UInt64, _ first: UInt64) -> Bool {
        guard remaining >= 1 + VariableLengthInteger.length(first) else { return false }
        write(UInt8(truncatingIfNeeded: type))
        writeVariableLength(first)
        return true
    }

    package mutating func writeFrame(_ type: UInt64, _ first: UInt64, _ second: UInt64) -> Bool {
        guard
            remaining >= 1 + VariableLengthInteger.length(first) + VariableLengthInteger.length(second)
        else { return false }
        write(UInt8(truncatingIfNeeded: type))
        writeVariableLength(first)
        writeVariableLength(second)
        return true
    }

    package mutating func writeFrame(_ type: UInt64, _ first: UInt64, _ second: UInt64, _ third: UInt64) -> Bool {
        guard remaining >= 25 else { return false }
        write(UInt8(truncatingIfNeeded: type))
        writeVariableLength(first)
        writeVariableLength(second)
        writeVariableLength(third)
        return true
    }

    /// Writes PATH_CHALLENGE or PATH_RESPONSE.
    package mutating func writePathFrame(_ type: UInt64, data: UInt64) -> Bool {
        guard remaining >= 9 else { return false }
        write(UInt8(truncatingIfNeeded: type))
        writeInteger(data)
        return true
    }

    package mutating func writeFrame(_ frame: NewConnectionIDFrame) -> Bool {
        guard remaining >= 1 + 8 + 8 + 1 + 20 + 16 else { return false }
        write(UInt8(FrameType.newConnectionID))
        writeVariableLength(frame.sequence)
        writeVariableLength(frame.retirePriorTo)
        write(UInt8(frame.connectionID.count))
        frame.connectionID.write(to: &self)
        writeInteger(frame.resetToken.high)
        writeInteger(frame.resetToken.low)
        return true
    }

    /// Writes ACK_FREQUENCY.
    package mutating func write(_ frame: AcknowledgementFrequencyFrame) -> Bool {
        guard remaining >= 2 + 4 * 8 else { return false }
        writeVariableLength(FrameType.acknowledgementFrequency)
        writeVariableLength(frame.sequence)
        writeVariableLength(frame.threshold)
        writeVariableLength(frame.delayMicroseconds)
        writeVariableLength(frame.reordering)
        return true
    }

    /// Writes NEW_TOKEN.
    package mutating func writeTokenFrame(_ token: [UInt8]) -> Bool {
        guard remaining >= 1 + VariableLengthInteger.length(UInt64(token.count)) + token.count else { return false }
        write(UInt8(FrameType.newToken))
        writeVariableLength(UInt64(token.count))
        write(token)
        return true
    }

    /// Writes CONNECTION_CLOSE with as much of the reason as fits.
    package mutating func writeCloseFrame(code: UInt64, frameType: UInt64?, reason: [UInt8]) -> Bool {
        guard remaining >= 1 + 8 + 8 + 2 else { return false }
        write(UInt8(frameType == nil ? FrameType.applicationClose : FrameType.connectionClose))
        writeVariableLength(code)
        if let frameType { writeVariableLength(frameType) }
        let fitting = Array(reason.prefix(min(remaining - 2, 256)))
        writeVariableLength(UInt64(fitting.count))
        write(fitting)
        return true
    }

    /// Writes a frame of an extension: its type, the payload's length and the payload.
    package mutating func writeExtensionFrame(_ type: UInt64, _ payload: [UInt8]) -> Bool {
        let length = VariableLengthInteger.length(UInt64(payload.count))
        guard remaining >= VariableLengthInteger.length(type) + length + payload.count else { return false }
        writeVariableLength(type)
        writeVariableLength(UInt64(payload.count))
        write(payload)
        return true
    }

    /// Writes DATAGRAM with its length.
    package mutating func writeDatagramFrame(_ payload: [UInt8]) -> Bool {
        guard remaining >= 1 + VariableLengthInteger.length(UInt64(payload.count)) + payload.count else { return false }
        write(UInt8(FrameType.datagramWithLength))
        writeVariableLength(UInt64(payload.count))
        write(payload)
        return true
    }
}
