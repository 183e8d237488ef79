// libbpf as Debian's libbpf-dev has it (1.1 or later).
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
