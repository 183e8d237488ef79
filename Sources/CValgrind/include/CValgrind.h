#ifndef C_VALGRIND_H
#define C_VALGRIND_H

#include <stddef.h>
#include <valgrind/memcheck.h>

/* Client requests are macros, which Swift does not import. */

/* Marks memory as undefined: memcheck then reports every branch or address that depends on it. */
static inline void valgrind_mark_secret(const void *start, size_t count) {
    VALGRIND_MAKE_MEM_UNDEFINED(start, count);
}

/* Marks memory as defined again. */
static inline void valgrind_mark_public(const void *start, size_t count) {
    VALGRIND_MAKE_MEM_DEFINED(start, count);
}

/* Whether the program runs under valgrind. */
static inline int valgrind_is_running(void) { return RUNNING_ON_VALGRIND; }

#endif
