// Tells the thread sanitizer of the way in which Swift's `Mutex` waits on Linux.
//
// An uncontended `Mutex` is an atomic exchange, compiled into the caller, which the sanitizer sees. A
// contended one asks the kernel (FUTEX_LOCK_PI, FUTEX_UNLOCK_PI) from functions in
// libswiftSynchronization.so, which is not instrumented: that one thread's unlocking comes before
// another's locking is then unknown, and all that the mutex guards is called a race. These functions
// stand before the library's by LD_PRELOAD, call them, and say what they have done: the kernel makes
// unlocking a release and locking an acquisition. They hide nothing: accesses without the lock are
// found as before, which `Tools/sanitize/run.sh` makes sure of.
//
// Source: swift/stdlib/public/Synchronization/Mutex/LinuxImpl.swift.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

// From the sanitizer's runtime; absent in programs without it.
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

typedef SWIFT void lock_function(uint32_t thread, SELF void *handle);
typedef SWIFT void unlock_function(SELF void *handle);

static lock_function *real_lock;
static unlock_function *real_unlock;

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

// Threads may be here together; all find the same.
static void *find(const char *name) { return dlsym(RTLD_NEXT, name); }

SWIFT void lock_slow(uint32_t thread, SELF void *handle) __asm__(LOCK);
SWIFT void lock_slow(uint32_t thread, SELF void *handle) {
  lock_function *real = __atomic_load_n(&real_lock, __ATOMIC_RELAXED);
  if (real == NULL) {
    real = (lock_function *)find(LOCK);
    __atomic_store_n(&real_lock, real, __ATOMIC_RELAXED);
  }
  real(thread, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT void unlock_slow(SELF void *handle) __asm__(UNLOCK);
SWIFT void unlock_slow(SELF void *handle) {
  unlock_function *real = __atomic_load_n(&real_unlock, __ATOMIC_RELAXED);
  if (real == NULL) {
    real = (unlock_function *)find(UNLOCK);
    __atomic_store_n(&real_unlock, real, __ATOMIC_RELAXED);
  }
  if (__tsan_release) __tsan_release(handle);
  real(handle);
}
