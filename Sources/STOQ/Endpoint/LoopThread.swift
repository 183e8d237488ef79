import Glibc

/// Starts the thread that owns an `EndpointLoop`.
enum LoopThread {
    static func start(_ loop: EndpointLoop) throws(STOQError) {
        let context = Unmanaged.passRetained(loop).toOpaque()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let refusal = pthread_create(&thread, &attributes, LoopThread.body, context)
        guard refusal == 0 else {
            Unmanaged<EndpointLoop>.fromOpaque(context).release()
            throw .system(operation: "start a thread", errno: refusal)
        }
    }

    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        if let context { Unmanaged<EndpointLoop>.fromOpaque(context).takeRetainedValue().run() }
        return nil
    }
}
