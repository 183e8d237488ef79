import Glibc

/// Small files of `/proc` and `/sys`.
enum HostFile {
    /// The file's text; nil when it is not there or not readable.
    static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 20 {
            let got = read(descriptor, &buffer, buffer.count)
            guard got > 0 else { break }
            bytes.append(contentsOf: buffer.prefix(got))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The number that a file consists of.
    static func number(_ path: String) -> UInt64? {
        text(path).flatMap { UInt64($0.split(separator: "\n").first.map(String.init) ?? "") }
    }

    /// The number after `name` in a file of lines `name number`, with or without a colon.
    static func field(_ name: String, of path: String) -> UInt64? {
        for line in (text(path) ?? "").split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == ":" }
            if words.count > 1, words[0] == name { return UInt64(words[1]) }
        }
        return nil
    }

    /// Writes to an existing control file. Returns errno, 0 when it worked.
    static func write(_ text: String, to path: String) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        return Glibc.write(descriptor, bytes, bytes.count) == bytes.count ? 0 : errno
    }
}
