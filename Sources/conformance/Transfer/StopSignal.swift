import CLinux
import Dispatch
import Glibc

/// A descriptor that becomes readable when SIGINT or SIGTERM asks the program to end.
final class StopSignal {
    let descriptor: Int32
    private var sources: [any DispatchSourceSignal] = []

    init() throws(ConformanceError) {
        descriptor = hm_event_descriptor()
        guard descriptor >= 0 else { throw .network("no event descriptor: errno \(-descriptor)") }
        let descriptor = descriptor
        let isHeard = DispatchSemaphore(value: 0)
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                var one: UInt64 = 1
                write(descriptor, &one, MemoryLayout<UInt64>.size)
            }
            source.setRegistrationHandler { isHeard.signal() }
            source.resume()
            sources.append(source)
            // Until then the signal is ignored: one that came now would be lost.
            isHeard.wait()
        }
    }

    deinit {
        for source in sources { source.cancel() }
        close(descriptor)
    }
}
