#define _GNU_SOURCE
#include "CIPSecMB.h"

#include <intel-ipsec-mb.h>
#include <pthread.h>
#include <string.h>

// Written once, before anybody reads it; its functions keep no state.
static IMB_MGR *manager;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start(void) {
    const uint64_t wanted = IMB_FEATURE_VAES | IMB_FEATURE_VPCLMULQDQ | IMB_FEATURE_AVX512_SKX;
    IMB_MGR *candidate = alloc_mb_mgr(0);
    if (candidate == NULL) return;
    init_mb_mgr_auto(candidate, NULL);
    if (imb_get_errno(candidate) == 0 && (candidate->features & wanted) == wanted) {
        manager = candidate;
    } else {
        free_mb_mgr(candidate);
    }
}

bool hm_gcm_is_available(void) {
    pthread_once(&once, start);
    return manager != NULL;
}

size_t hm_gcm_key_bytes(void) { return sizeof(struct gcm_key_data); }

void hm_gcm_expand(void *expanded, const uint8_t *key, size_t key_bytes) {
    if (key_bytes == 32) {
        IMB_AES256_GCM_PRE(manager, key, expanded);
    } else {
        IMB_AES128_GCM_PRE(manager, key, expanded);
    }
}

void hm_gcm_seal(
    const void *expanded, size_t key_bytes, uint8_t *bytes, size_t count, const uint8_t nonce[12],
    const uint8_t *header, size_t header_count, uint8_t tag[16]) {
    struct gcm_context_data context;
    if (key_bytes == 32) {
        IMB_AES256_GCM_ENC(manager, expanded, &context, bytes, bytes, count, nonce, header, header_count, tag, 16);
    } else {
        IMB_AES128_GCM_ENC(manager, expanded, &context, bytes, bytes, count, nonce, header, header_count, tag, 16);
    }
}

void hm_gcm_seal_gathered(
    const void *expanded, size_t key_bytes, uint8_t *output, size_t head_count, const uint8_t *body, size_t body_count,
    const uint8_t nonce[12], const uint8_t *header, size_t header_count, uint8_t tag[16]) {
    struct gcm_context_data context;
    // Whole blocks first: the library is slow on what follows half a block.
    size_t lead = (16 - head_count % 16) % 16;
    if (lead > body_count) lead = body_count;
    memcpy(output + head_count, body, lead);
    size_t first = head_count + lead, rest = body_count - lead;
    if (key_bytes == 32) {
        IMB_AES256_GCM_INIT(manager, expanded, &context, nonce, header, header_count);
        IMB_AES256_GCM_ENC_UPDATE(manager, expanded, &context, output, output, first);
        IMB_AES256_GCM_ENC_UPDATE(manager, expanded, &context, output + first, body + lead, rest);
        IMB_AES256_GCM_ENC_FINALIZE(manager, expanded, &context, tag, 16);
    } else {
        IMB_AES128_GCM_INIT(manager, expanded, &context, nonce, header, header_count);
        IMB_AES128_GCM_ENC_UPDATE(manager, expanded, &context, output, output, first);
        IMB_AES128_GCM_ENC_UPDATE(manager, expanded, &context, output + first, body + lead, rest);
        IMB_AES128_GCM_ENC_FINALIZE(manager, expanded, &context, tag, 16);
    }
}

bool hm_gcm_open(
    const void *expanded, size_t key_bytes, uint8_t *bytes, size_t count, const uint8_t nonce[12],
    const uint8_t *header, size_t header_count, const uint8_t tag[16]) {
    struct gcm_context_data context;
    uint64_t computed[2], received[2];
    uint8_t *out = (uint8_t *)computed;
    if (key_bytes == 32) {
        IMB_AES256_GCM_DEC(manager, expanded, &context, bytes, bytes, count, nonce, header, header_count, out, 16);
    } else {
        IMB_AES128_GCM_DEC(manager, expanded, &context, bytes, bytes, count, nonce, header, header_count, out, 16);
    }
    memcpy(received, tag, 16);
    return ((computed[0] ^ received[0]) | (computed[1] ^ received[1])) == 0;
}

void hm_gcm_wipe(void *bytes, size_t count) { explicit_bzero(bytes, count); }
