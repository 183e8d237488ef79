import ArgumentParser
import Foundation
import Logging
import Node
import STOQ

/// What the command line says and how it ends.
enum Terminal {
    /// Results go to standard output.
    static func say(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// Progress goes to standard error, so that results can be piped.
    static func note(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    static func printJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        say(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// A client says what it has to say through its result.
    static var quietLogger: Logger {
        Logger(label: "hypermesh") { _ in SwiftLogNoOpLogHandler() }
    }

    /// Prints why a command failed and chooses its exit code.
    static func failure(_ error: any Error) -> any Error {
        if error is ExitCode || error is ValidationError { return error }
        note("hypermesh: \(error)")
        return ExitCode(code(of: error))
    }

    private static func code(of error: any Error) -> Int32 {
        switch error {
        case NodeError.refused, NodeError.refusedEnvelope, NodeError.mempool, STOQError.refused,
            STOQError.transfer(.refused):
            2
        case NodeError.unreachable, NodeError.noMesh, STOQError.sessionClosed, STOQError.deadlineExceeded: 3
        default: 1
        }
    }
}

/// The path of this program, from which nodes and job processes are started.
enum ThisProgram {
    static var path: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }
}

/// What this program is.
enum Version {
    static let number = "0.1.0"
    static let text = "hypermesh \(number) (Falcon-1024 round 3 padded, X25519MLKEM768, QUIC v1)"
}
