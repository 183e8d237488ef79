import Canonical
import Glibc
import Julia

/// The inside of a VM process: reads a request from standard input, runs it, writes the answer to standard output.
package enum VMServer {
    /// Address space for code and libraries, which are mapped but hardly touched.
    private static let addressSpaceOverheadBytes: UInt64 = 1 << 30

    /// Serves one request. Returns the exit code of the process.
    package static func serve(memoryBytes: UInt64) -> Int32 {
        let (space, overflow) = memoryBytes.addingReportingOverflow(addressSpaceOverheadBytes)
        guard !overflow, limit(RLIMIT_AS, to: space), limit(RLIMIT_CORE, to: 0),
            limit(RLIMIT_FSIZE, to: 0)
        else { return 4 }
        guard let request = try? VMRequest(canonicalBytes: readAll()) else { return 2 }
        return writeAll(answer(request).canonicalBytes) ? 0 : 3
    }

    /// Runs a request in this process.
    package static func answer(_ request: VMRequest) -> VMAnswer {
        let limits = JuliaLimits(
            fuel: request.fuel, heapBytes: Int(clamping: request.heapBytes),
            outputBytes: Int(clamping: request.outputBytes))
        do throws(JuliaError) {
            let program = try JuliaProgram(source: request.files.map { ($0.name, $0.text) })
            let outcome = program.run(entry: request.entry, arguments: request.arguments, limits: limits)
            return VMAnswer(outcome: translate(outcome.result), fuel: outcome.fuel, output: outcome.output)
        } catch {
            return VMAnswer(outcome: .trap(kind: "rejected", text: error.description), fuel: 0, output: [])
        }
    }

    private static func translate(_ result: Result<JuliaResult, JuliaFailure>) -> VMAnswer.Outcome {
        switch result {
        case .success(let value): .value(Array(value.text.utf8))
        case .failure(let trap): .trap(kind: trap.trap.kind, text: trap.description)
        }
    }

    private static func limit(_ resource: __rlimit_resource, to value: UInt64) -> Bool {
        var limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
        return setrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0
    }

    private static func readAll() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < 64 << 20 {
            let got = read(STDIN_FILENO, &buffer, buffer.count)
            guard got > 0 else { break }
            bytes.append(contentsOf: buffer.prefix(got))
        }
        return bytes
    }

    private static func writeAll(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let put = bytes.withUnsafeBytes { raw in
                raw.baseAddress.map { write(STDOUT_FILENO, $0 + written, bytes.count - written) } ?? 0
            }
            guard put > 0 else { return false }
            written += put
        }
        return true
    }
}
