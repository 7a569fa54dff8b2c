// The entry of LLVM's libFuzzer, which comes with the Swift toolchain (-sanitize=fuzzer).
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *count, char ***arguments,
                        int (*test_one_input)(const uint8_t *bytes, size_t count));
