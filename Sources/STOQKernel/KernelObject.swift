#if HYPERMESH_EBPF
    import CLibbpf
    import Foundation
    import Glibc

    /// A loaded set of programs and maps. The kernel lets go of all that is not attached when this is let go of, also when
    /// the process is killed: nothing is pinned.
    final class KernelObject {
        private let object: OpaquePointer
        private var links: [OpaquePointer] = []

        /// Loads an object in base64; the kernel's verifier has then accepted its programs.
        init(base64 text: String) throws(KernelError) {
            // Complaints come back as errors; libbpf would print them.
            _ = libbpf_set_print(nil)
            guard let data = Data(base64Encoded: text) else { throw .damaged(part: "object") }
            let opened = data.withUnsafeBytes { bpf_object__open_mem($0.baseAddress, $0.count, nil) }
            guard let opened else { throw KernelObject.refusal("read the compiled program") }
            guard bpf_object__load(opened) == 0 else {
                let error = KernelObject.refusal("load the programs")
                bpf_object__close(opened)
                throw error
            }
            object = opened
        }

        deinit {
            for link in links { bpf_link__destroy(link) }
            bpf_object__close(object)
        }

        /// The descriptor of a map.
        func map(_ name: String) throws(KernelError) -> Int32 {
            let descriptor = bpf_object__find_map_fd_by_name(object, name)
            guard descriptor >= 0 else { throw .damaged(part: name) }
            return descriptor
        }

        func program(_ name: String) throws(KernelError) -> OpaquePointer {
            guard let program = bpf_object__find_program_by_name(object, name) else { throw .damaged(part: name) }
            return program
        }

        /// Attaches a program to a control group until this object is let go of.
        func attach(_ name: String, toGroup descriptor: Int32) throws(KernelError) {
            guard let link = bpf_program__attach_cgroup(try program(name), descriptor) else {
                throw KernelObject.refusal("attach '\(name)' to the control group")
            }
            links.append(link)
        }

        /// Attaches a program where its section says.
        func attach(_ name: String) throws(KernelError) {
            guard let link = bpf_program__attach(try program(name)) else {
                throw KernelObject.refusal("attach '\(name)'")
            }
            links.append(link)
        }

        /// The error of the last step, with what is missing on this machine.
        static func refusal(_ step: String) -> KernelError {
            .refused(step: step, errno: errno, missing: KernelSupport.probe().missing)
        }
    }
#endif
