import Canonical
import Foundation
import STOQ

/// Copies files to another machine over one encrypted session, a stream a file, with progress.
///
///     stoq-copy receive '[::]:4500' FOLDER        # prints its name; takes files from whoever comes
///     stoq-copy send '[fd00::2]:4500' NAME FILE…
@main
enum StoqCopy {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("receive", 3): try await receive(at: words[1], into: words[2])
        case ("send", 4...): try await send(Array(words[3...]), to: words[1], named: words[2])
        default: print("stoq-copy receive [ADDRESS]:PORT FOLDER\nstoq-copy send [ADDRESS]:PORT NAME FILE…")
        }
    }

    private static func receive(at address: String, into folder: String) async throws {
        let me = try STOQIdentity(name: "receiver")
        let endpoint = try STOQEndpoint(STOQConfiguration(identity: me, trust: .anyone, address: address))
        print("\(endpoint.localAddress.text) \(me.id)")
        fflush(nil)
        await withDiscardingTaskGroup { group in
            for await session in endpoint.sessions {
                group.addTask { await receive(from: session, into: folder) }
            }
        }
    }

    private static func receive(from session: Session, into folder: String) async {
        for await stream in session.incomingStreams {
            do {
                let file = try await FileReceipt.take(stream, into: folder)
                print("\(session.remoteAddress.text) \(file.name) \(file.byteCount) bytes \(file.digest)")
            } catch {
                print("\(session.remoteAddress.text): \(error)")
                stream.abort(code: 1)
            }
            fflush(nil)
        }
    }

    private static func send(_ files: [String], to address: String, named name: String) async throws {
        guard let receiver = NodeID(hexadecimal: name) else { return print("'\(name)' is not a name of 64 digits") }
        let me = try STOQIdentity(name: "sender")
        let endpoint = try STOQEndpoint(STOQConfiguration(identity: me, trust: .peers([receiver])))
        let session = try await endpoint.connect(to: address)
        for file in files {
            let progress = ProgressLine(URL(filePath: file).lastPathComponent)
            let digest = try await FileSending.send(file, over: session) { progress.show($0, of: $1) }
            progress.end("\(digest)")
        }
        await endpoint.shutDown()
    }
}
