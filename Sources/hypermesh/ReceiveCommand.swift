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

            It prints where it listens and who it is; 'hypermesh send FILE ID@[address]:port' sends there.
            """)

    @OptionGroup var options: MeshOptions
    @Option(name: .long, help: "Directory with key.pem and certificate.pem.") var identity: String
    @Option(name: .long, help: "Directory that the files go to.") var into: String
    @Option(name: .long, help: "Where to listen; port 0 lets the system choose.") var address = "[::1]:0"
    @Option(name: .long, help: "Most megabytes that the directory may hold.") var limit: UInt64 = 1024
    @Option(name: .long, help: "Stop after this many objects.") var count: Int?

    private struct Started: Encodable {
        let id: String
        let address: String
    }

    private struct Received: Encodable {
        let content: String
        let bytes: UInt64
        let from: String
    }

    func validate() throws {
        guard limit <= 1 << 40 else { throw ValidationError("--limit is at most 2^40 megabytes") }
        guard count.map({ $0 > 0 }) ?? true else { throw ValidationError("--count is at least 1") }
    }

    func run() async throws {
        do {
            try PrivateFile.makeDirectory(into)
            let (objects, arrivals) = AsyncStream.makeStream(of: Received.self)
            let receiver = try Receiver(
                directory: options.mesh, identity: IdentityDirectory(path: identity), address: address,
                folder: into, limits: InboxLimits(bytesMax: limit << 20), logger: Terminal.quietLogger
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
}
