import ArgumentParser
import Canonical
import Foundation
import Glibc
import Node
import STOQ

struct ReceiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive",
        abstract: "Take files into a directory until stopped.",
        discussion: """
            Needs an identity with a certificate for serving:

              hypermesh cert request inbox --dns inbox --key me/key.pem --request me/request.pem
              hypermesh cert issue me/request.pem --profile service --certificate me/certificate.pem
              hypermesh receive --identity me --into incoming

            It prints where it listens and who it is; 'hypermesh send FILE ID@[address]:port' sends there. Where nobody can \
            dial it, --relay names nodes with which it keeps a session: 'hypermesh send FILE ID --via NODE' comes over it.
            """)

    @OptionGroup var options: MeshOptions
    @Option(name: .long, help: "Directory with key.pem and certificate.pem.") var identity: String
    @Option(name: .long, help: "Directory that the files go to.") var into: String
    @Option(name: .long, help: "Where to listen; port 0 lets the system choose.") var address = "[::1]:0"
    @Option(name: .long, help: "Nodes that pass on what comes for this identity, separated by commas.")
    var relay: String?
    @Option(name: .long, help: "Hours after which an unfinished transfer that brings nothing more is removed.")
    var unfinishedHours = 168
    @Option(name: .long, help: "Most megabytes that the directory may hold.") var limit: UInt64 = 1024
    @Option(name: .long, help: "Stop after this many objects.") var count: Int?

    private struct Started: Encodable {
        let id: String
        let address: String
    }

    private struct Relayed: Encodable {
        let relay: String
        let isRegistered: Bool
        let reason: String?
    }

    private struct Received: Encodable {
        let content: String
        let bytes: UInt64
        let from: String
    }

    func validate() throws {
        guard limit <= 1 << 40 else { throw ValidationError("--limit is at most 2^40 megabytes") }
        guard (1...1 << 20).contains(unfinishedHours) else { throw ValidationError("--unfinished-hours is 1 to 2^20") }
        guard count.map({ $0 > 0 }) ?? true else { throw ValidationError("--count is at least 1") }
    }

    func run() async throws {
        do {
            try PrivateFile.makeDirectory(into)
            let (objects, arrivals) = AsyncStream.makeStream(of: Received.self)
            let receiver = try Receiver(
                directory: options.mesh, identity: IdentityDirectory(path: identity), address: address,
                folder: into, limits: InboxLimits(bytesMax: limit << 20, unfinishedHoursMax: unfinishedHours),
                relays: relay.map { try MeshDescription(reading: options.mesh).route($0) } ?? [],
                logger: Terminal.quietLogger, changed: { [output = options.output] in Self.tell($0, output) }
            ) { result, peer in
                switch result {
                case .success(let summary):
                    arrivals.yield(
                        Received(content: summary.root.description, bytes: summary.size, from: peer.description))
                case .failure(let error): Terminal.note("not taken from \(peer): \(error)")
                }
            }
            let started = Started(id: receiver.id.description, address: receiver.address)
            if options.output == .json {
                try Terminal.printJSON(started)
            } else {
                Terminal.say("receiving as \(started.id)@\(started.address)")
            }
            let serving = Task { await receiver.run() }
            let waiting = Task {
                await StopSignal.wait()
                arrivals.finish()
            }
            try await report(objects)
            waiting.cancel()
            serving.cancel()
            await serving.value
        } catch {
            throw Terminal.failure(error)
        }
    }

    private func report(_ objects: AsyncStream<Received>) async throws {
        var seen = 0
        for await object in objects {
            if options.output == .json {
                try Terminal.printJSON(object)
            } else {
                Terminal.say("received \(object.bytes) bytes from \(object.from), content \(object.content)")
            }
            seen += 1
            if seen == count { return }
        }
    }

    private static func tell(_ state: RelayState, _ output: OutputForm) {
        let shown: Relayed
        let text: String
        switch state {
        case .registered(let relay):
            shown = Relayed(relay: relay, isRegistered: true, reason: nil)
            text = "reachable through \(relay)"
        case .lost(let relay, let reason):
            shown = Relayed(relay: relay, isRegistered: false, reason: reason)
            text = "not reachable through \(relay): \(reason)"
        }
        guard output == .json else { return Terminal.say(text) }
        do { try Terminal.printJSON(shown) } catch { Terminal.note("\(error)") }
    }
}
