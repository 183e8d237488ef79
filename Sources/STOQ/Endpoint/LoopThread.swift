import Glibc

/// Starts the thread that owns an `EndpointLoop`.
enum LoopThread {
    static func start(_ loop: EndpointLoop) throws(STOQError) {
        let context = Unmanaged.passRetained(loop).toOpaque()
        var thread = pthread_t()
        let refusal = pthread_create(&thread, nil, LoopThread.body, context)
        guard refusal == 0 else {
            Unmanaged<EndpointLoop>.fromOpaque(context).release()
            throw .system(operation: "start a thread", errno: refusal)
        }
        pthread_detach(thread)
    }

    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        if let context { Unmanaged<EndpointLoop>.fromOpaque(context).takeRetainedValue().run() }
        return nil
    }
}
