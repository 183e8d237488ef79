import Foundation
import Glibc

/// A running program that is the other end, its input and everything it prints.
final class PeerProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private(set) var text = ""

    init(_ program: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    func type(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data(line.utf8))
    }

    /// Reads what it prints until `needle` comes.
    func wait(for needle: String) throws {
        while !text.contains(needle) {
            let more = try readSome()
            guard !more.isEmpty else { throw SocketFailure(call: "peer ended without \(needle): \(text)", code: 0) }
            text += String(decoding: more, as: UTF8.self)
        }
    }

    func waitForSuccess() throws {
        while case let more = try readSome(), !more.isEmpty {
            text += String(decoding: more, as: UTF8.self)
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw SocketFailure(call: "peer failed: \(text)", code: process.terminationStatus)
        }
    }

    func end() {
        // It inherits the blocked signals of the thread that started it, SIGTERM among them.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Some output within ten seconds; empty at the end.
    private func readSome() throws -> [UInt8] {
        let descriptor = output.fileHandleForReading.fileDescriptor
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 10_000) == 1 else { throw SocketFailure(call: "peer is silent: \(text)", code: 0) }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw SocketFailure(call: "read", code: errno) }
        return Array(buffer.prefix(count))
    }
}
