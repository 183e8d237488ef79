import Foundation

/// The certificate of the TLS peer: P-256, self-signed, made by OpenSSL's program.
enum TLSCertificate {
    /// Leaves `tls.key` and `tls.pem` in a directory.
    static func make(in directory: URL) throws {
        let make = Process()
        make.executableURL = URL(filePath: "/usr/bin/env")
        make.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
            "-subj", "/CN=bench", "-keyout", "tls.key", "-out", "tls.pem",
        ]
        make.currentDirectoryURL = directory
        make.standardInput = FileHandle.nullDevice
        make.standardOutput = FileHandle.nullDevice
        make.standardError = FileHandle.nullDevice
        try make.run()
        make.waitUntilExit()
        switch make.terminationStatus {
        case 0: break
        case 127: throw BenchmarkError.notInstalled("openssl")
        default: throw BenchmarkError.failed("openssl req ended with code \(make.terminationStatus)")
        }
    }
}
