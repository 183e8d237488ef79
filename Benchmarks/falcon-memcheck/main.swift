// Runs the secret part of signing with the expanded key and the sampler's randomness marked as undefined, so that
// valgrind reports every branch and address that depends on them. With `--control` it then branches on a secret byte
// on purpose, which must be reported too.
import CValgrind
import Falcon
import Glibc

guard valgrind_is_running() != 0 else {
    print("this program only means something under valgrind")
    exit(2)
}
let key = try Falcon1024.PrivateKey(seed: [UInt8](repeating: 7, count: 48))
let salt = [UInt8](repeating: 9, count: 40)
let probe = SecretSigningProbe(key, message: Array("memcheck".utf8), salt: salt)
for region in probe.secrets { valgrind_mark_secret(region.baseAddress, region.count) }
let result = probe.sample()
if CommandLine.arguments.contains("--control") {
    print(positiveControl(result) ? "control: odd" : "control: even")
}
for region in probe.secrets { valgrind_mark_public(region.baseAddress, region.count) }
valgrind_mark_public(result.baseAddress, result.count)
print("sampled a signature with secrets marked")
