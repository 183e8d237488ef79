import Glibc

/// The parts of OpenSSL's libssl that a measurement needs, found at run time, so that nothing has to be linked.
struct OpenSSLLibrary: @unchecked Sendable {
    let newContext: @convention(c) (OpaquePointer?) -> OpaquePointer?
    let freeContext: @convention(c) (OpaquePointer?) -> Void
    let clientMethod: @convention(c) () -> OpaquePointer?
    let serverMethod: @convention(c) () -> OpaquePointer?
    let control: @convention(c) (OpaquePointer?, Int32, Int, UnsafeMutableRawPointer?) -> Int
    let setCipherSuites: @convention(c) (OpaquePointer?, UnsafePointer<CChar>) -> Int32
    let setTicketCount: @convention(c) (OpaquePointer?, Int) -> Int32
    let useCertificate: @convention(c) (OpaquePointer?, UnsafePointer<CChar>) -> Int32
    let useKey: @convention(c) (OpaquePointer?, UnsafePointer<CChar>, Int32) -> Int32
    let new: @convention(c) (OpaquePointer?) -> OpaquePointer?
    let free: @convention(c) (OpaquePointer?) -> Void
    let setDescriptor: @convention(c) (OpaquePointer?, Int32) -> Int32
    let connect: @convention(c) (OpaquePointer?) -> Int32
    let accept: @convention(c) (OpaquePointer?) -> Int32
    let read: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer, Int32) -> Int32
    let write: @convention(c) (OpaquePointer?, UnsafeRawPointer, Int32) -> Int32
    let shutdown: @convention(c) (OpaquePointer?) -> Int32

    private static let name = "libssl.so.3"

    /// - Throws: `notInstalled` when the library is not there or lacks something.
    init() throws {
        guard let library = dlopen(Self.name, RTLD_NOW | RTLD_LOCAL) else {
            throw BenchmarkError.notInstalled(Self.name)
        }
        func symbol<Function>(_ name: String) throws -> Function {
            guard let address = dlsym(library, name) else {
                throw BenchmarkError.notInstalled("\(Self.name) with \(name)")
            }
            return unsafeBitCast(address, to: Function.self)
        }
        newContext = try symbol("SSL_CTX_new")
        freeContext = try symbol("SSL_CTX_free")
        clientMethod = try symbol("TLS_client_method")
        serverMethod = try symbol("TLS_server_method")
        control = try symbol("SSL_CTX_ctrl")
        setCipherSuites = try symbol("SSL_CTX_set_ciphersuites")
        setTicketCount = try symbol("SSL_CTX_set_num_tickets")
        useCertificate = try symbol("SSL_CTX_use_certificate_chain_file")
        useKey = try symbol("SSL_CTX_use_PrivateKey_file")
        new = try symbol("SSL_new")
        free = try symbol("SSL_free")
        setDescriptor = try symbol("SSL_set_fd")
        connect = try symbol("SSL_connect")
        accept = try symbol("SSL_accept")
        read = try symbol("SSL_read")
        write = try symbol("SSL_write")
        shutdown = try symbol("SSL_shutdown")
    }

    /// A context for TLS 1.3 with AES-256-GCM only, as STOQ prefers it.
    func makeContext(isServer: Bool) throws -> OpaquePointer {
        guard let context = newContext(isServer ? serverMethod() : clientMethod()) else {
            throw BenchmarkError.failed("libssl made no context")
        }
        let minimumVersion: Int32 = 123
        _ = control(context, minimumVersion, 0x0304, nil)
        _ = setTicketCount(context, 0)
        guard setCipherSuites(context, "TLS_AES_256_GCM_SHA384") == 1 else {
            throw BenchmarkError.failed("libssl has no AES-256-GCM")
        }
        return context
    }
}
