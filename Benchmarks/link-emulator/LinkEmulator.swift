import ArgumentParser
import CLinux
import Canonical
import DequeModule
import Glibc

/// A link between two TAP devices with delay, jitter and loss, for machines whose kernel has no `netem`. Makes the devices,
/// prints `ready`, and carries frames until it is ended; frames keep their order. `scripts/test-links.sh` uses it.
@main struct LinkEmulator: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link-emulator", abstract: "A link with delay, jitter and loss between two TAP devices.")

    @OptionGroup var settings: Settings

    func run() throws {
        let first = try Self.open(settings.first)
        let second = try Self.open(settings.second)
        var directions = [
            Direction(from: first, to: second, settings: settings, seed: settings.seed &+ 1),
            Direction(from: second, to: first, settings: settings, seed: settings.seed &+ 2),
        ]
        let word = Array("ready\n".utf8)
        _ = write(STDOUT_FILENO, word, word.count)
        while true {
            let now = Self.clock()
            var due = UInt64.max
            for index in directions.indices {
                directions[index].carry(now: now)
                due = min(due, directions[index].nextTime ?? .max)
            }
            let current = Self.clock()
            let wait = due == .max ? -1 : Int64(due > current ? due - current : 0)
            let readable = hm_wait_readable(first, second, wait)
            guard readable >= 0 || readable == -EINTR else { throw Failure(what: "wait", number: -readable) }
        }
    }

    private static func open(_ name: String) throws -> Int32 {
        let descriptor = hm_tap_open(name)
        guard descriptor >= 0 else { throw Failure(what: "make TAP device \(name)", number: -descriptor) }
        return descriptor
    }

    private static func clock() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
