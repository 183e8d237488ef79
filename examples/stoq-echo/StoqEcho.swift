import Canonical
import Glibc
import STOQ

/// Sends text to another endpoint, which sends it back.
///
///     stoq-echo serve '[::1]:4500'          # prints its name, and echoes for whoever comes
///     stoq-echo send '[::1]:4500' NAME TEXT
@main
enum StoqEcho {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("serve", 2): try await serve(words[1])
        case ("send", 4...): try await send(words[3...].joined(separator: " "), to: words[1], named: words[2])
        default: print("stoq-echo serve [ADDRESS]:PORT\nstoq-echo send [ADDRESS]:PORT NAME TEXT")
        }
    }

    private static func serve(_ address: String) async throws {
        let me = try STOQIdentity(name: "echo")
        let endpoint = try STOQEndpoint(STOQConfiguration(identity: me, trust: .anyone, address: address))
        print("\(endpoint.localAddress.text) \(me.id)")
        fflush(nil)
        await withDiscardingTaskGroup { group in
            for await session in endpoint.sessions {
                group.addTask { await echo(session) }
            }
        }
    }

    private static func echo(_ session: Session) async {
        await withDiscardingTaskGroup { group in
            for await stream in session.incomingStreams {
                group.addTask {
                    do {
                        for try await bytes in stream { try await stream.write(bytes) }
                        try await stream.write([], finish: true)
                    } catch {
                        print("\(session.remoteAddress.text): \(error)")
                    }
                }
            }
        }
    }

    private static func send(_ text: String, to address: String, named name: String) async throws {
        guard let server = NodeID(hexadecimal: name) else { return print("'\(name)' is not a name of 64 digits") }
        let me = try STOQIdentity(name: "caller")
        let endpoint = try STOQEndpoint(STOQConfiguration(identity: me, trust: .peers([server])))
        let session = try await endpoint.connect(to: address)
        let stream = try await session.openStream()
        try await stream.write(text, finish: true)
        var answer: [UInt8] = []
        for try await bytes in stream { answer += bytes }
        print(String(decoding: answer, as: UTF8.self))
        await endpoint.shutDown()
    }
}
