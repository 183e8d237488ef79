// AES-GCM by Intel's Multi-Buffer Crypto library, for processors with vector AES (VAES, VPCLMULQDQ and AVX-512).
#ifndef CIPSECMB_H
#define CIPSECMB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Whether the processor has what it takes. The first call sets the library up; any thread may make it.
bool hm_gcm_is_available(void);

// Bytes of an expanded key, which is to lie on a multiple of 64.
size_t hm_gcm_key_bytes(void);

// Expands a key of 16 or 32 bytes.
void hm_gcm_expand(void *expanded, const uint8_t *key, size_t key_bytes);

// Encrypts `count` bytes in place and writes the 16-byte tag.
void hm_gcm_seal(
    const void *expanded, size_t key_bytes, uint8_t *bytes, size_t count, const uint8_t nonce[12],
    const uint8_t *header, size_t header_count, uint8_t tag[16]);

// The same for plain text in two pieces: `head_count` bytes where the cipher text goes, and `body_count` after them from
// `body`, which are not copied first.
void hm_gcm_seal_gathered(
    const void *expanded, size_t key_bytes, uint8_t *output, size_t head_count, const uint8_t *body, size_t body_count,
    const uint8_t nonce[12], const uint8_t *header, size_t header_count, uint8_t tag[16]);

// Decrypts `count` bytes in place and compares the tag in constant time.
bool hm_gcm_open(
    const void *expanded, size_t key_bytes, uint8_t *bytes, size_t count, const uint8_t nonce[12],
    const uint8_t *header, size_t header_count, const uint8_t tag[16]);

// Overwrites a secret.
void hm_gcm_wipe(void *bytes, size_t count);

#endif
