import ArgumentParser
import Dispatch
import Foundation
import Glibc
import Logging
import Node

struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "Run one node in this terminal, or start and stop single nodes.",
        subcommands: [Run.self, Start.self, Stop.self, Inbox.self])

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run", abstract: "Run a node until it is told to stop (SIGTERM, SIGINT).")

        @Option(name: .long, help: "The node's directory.")
        var directory: String

        @Option(name: .long, help: "How much to log: trace, debug, info, notice, warning, error.")
        var logLevel: String = "info"

        func run() async throws {
            signal(SIGPIPE, SIG_IGN)
            let level = Logger.Level(rawValue: logLevel) ?? .info
            LoggingSystem.bootstrap { label in
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = level
                return handler
            }
            let logger = Logger(label: "node")
            do {
                let node = try MeshNode(
                    directory: NodeDirectory(path: directory), program: ThisProgram.path, logger: logger)
                logger.info("node listens", metadata: ["address": "\(node.address)", "id": "\(node.id)"])
                await run(node)
                logger.info("node stopped")
            } catch {
                logger.critical("node cannot start", metadata: ["reason": "\(error)"])
                throw ExitCode(1)
            }
        }

        private func run(_ node: MeshNode) async {
            let task = Task { await node.run() }
            var sources: [any DispatchSourceSignal] = []
            for number in [SIGTERM, SIGINT] {
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number)
                source.setEventHandler { task.cancel() }
                // Until the source is registered the signal is ignored: one that came then would be lost.
                await withCheckedContinuation { continuation in
                    source.setRegistrationHandler { continuation.resume() }
                    source.resume()
                }
                sources.append(source)
            }
            await task.value
            for source in sources { source.cancel() }
        }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "start", abstract: "Start one node of the mesh.")

        @OptionGroup var options: MeshOptions
        @Argument(help: "Number of the node, from 1.") var number: Int

        func run() async throws {
            do {
                let started = try LocalMesh(directory: options.mesh).start(program: ThisProgram.path, only: [number])
                Terminal.say(started.isEmpty ? "node-\(number) already runs" : "started node-\(number)")
            } catch {
                throw Terminal.failure(error)
            }
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "stop", abstract: "Stop one node of the mesh.")

        @OptionGroup var options: MeshOptions
        @Argument(help: "Number of the node, from 1.") var number: Int

        func run() async throws {
            do {
                let stopped = await (try LocalMesh(directory: options.mesh)).stop(only: [number])
                Terminal.say(stopped.isEmpty ? "node-\(number) does not run" : "stopped node-\(number)")
            } catch {
                throw Terminal.failure(error)
            }
        }
    }

    struct Inbox: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "inbox",
            abstract: "Let a node of this machine take files from members of the mesh, or stop it.",
            discussion: "A running node heeds this at once. Files go into the node's directory, under inbox.")

        @OptionGroup var options: MeshOptions
        @Argument(help: "Number of the node, from 1.") var number: Int
        @Option(name: .long, help: "Most megabytes that the inbox may hold.") var limit: UInt64 = 1024
        @Option(name: .long, help: "Hours after which an unfinished transfer that brings nothing more is removed.")
        var unfinishedHours = 168
        @Flag(name: .long, help: "Take nothing more. What is there stays.") var close = false
        @Flag(
            name: .long,
            help: "Remove unfinished transfers that have brought nothing for an hour, and change nothing else.")
        var clean = false

        func validate() throws {
            guard limit <= 1 << 40 else { throw ValidationError("--limit is at most 2^40 megabytes") }
            guard (1...1 << 20).contains(unfinishedHours) else {
                throw ValidationError("--unfinished-hours is 1 to 2^20")
            }
            guard !clean || !close else { throw ValidationError("--clean or --close") }
        }

        func run() async throws {
            do {
                let directory = options.mesh.node(number)
                guard PrivateFile.exists(directory.genesis) else {
                    throw NodeError.file(path: directory.path, problem: "there is no node here")
                }
                if clean {
                    let freed = Node.Inbox.removeAbandoned(in: directory)
                    Terminal.say("removed \(freed) bytes of unfinished transfers to node-\(number)")
                } else if close {
                    InboxLimits.remove(from: directory)
                    Terminal.say("node-\(number) takes no files")
                } else {
                    try InboxLimits(bytesMax: limit << 20, unfinishedHoursMax: unfinishedHours).write(to: directory)
                    Terminal.say("node-\(number) takes files into \(directory.inbox), at most \(limit) megabytes")
                }
            } catch {
                throw Terminal.failure(error)
            }
        }
    }
}
