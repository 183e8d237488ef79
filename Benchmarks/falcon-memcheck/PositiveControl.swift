/// A branch on a secret, to show that the check finds one: an early exit as in a naive table look-up.
@inline(never)
func positiveControl(_ secret: UnsafeRawBufferPointer) -> Bool {
    for index in secret.indices where secret[index] & 1 == 1 { return index & 1 == 1 }
    return false
}
