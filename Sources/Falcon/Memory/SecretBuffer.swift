internal import Glibc

/// Manually allocated memory for secrets, wiped before it is returned to the allocator.
///
/// Arrays are not used for secrets: copies on write would leave traces which nobody wipes.
/// Whoever takes `pointer` keeps the buffer alive with `extendLifetime`.
final class SecretBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
    /// The first element.
    let pointer: UnsafeMutablePointer<Element>
    /// Number of elements.
    let count: Int

    /// Allocates `count` elements, each equal to `value`.
    init(repeating value: Element, count: Int) {
        pointer = .allocate(capacity: max(count, 1))
        pointer.initialize(repeating: value, count: count)
        self.count = count
    }

    deinit {
        explicit_bzero(pointer, count &* MemoryLayout<Element>.stride)
        pointer.deallocate()
    }

    /// The same memory as a collection.
    var elements: UnsafeMutableBufferPointer<Element> { .init(start: pointer, count: count) }

    /// The same memory as bytes.
    var bytes: UnsafeMutableRawBufferPointer { .init(elements) }

    /// The element at `index`; the caller answers for the bounds, which debug builds check.
    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            assert(index >= 0 && index < count)
            return pointer[index]
        }
        set {
            assert(index >= 0 && index < count)
            pointer[index] = newValue
        }
    }
}
