// The clocks a run reads: elapsed time, a thread's CPU time, the date for reports and logs.

internal import CLinux
internal import Glibc

package enum Clock {
  /// Nanoseconds that only grow, whatever happens to the date.
  package static func monotonic() -> UInt64 { read(CLOCK_MONOTONIC) }

  /// Nanoseconds since 1970, as the machine's clock says, which may be set at any time.
  package static func wall() -> Int64 { Int64(bitPattern: read(CLOCK_REALTIME)) }

  /// Nanoseconds of CPU the calling thread has used.
  package static func threadCPU() -> UInt64 { read(CLOCK_THREAD_CPUTIME_ID) }

  /// The date and time now, as ISO 8601 in UTC with milliseconds.
  package static func timestamp() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var parts = tm()
    gmtime_r(&now.tv_sec, &parts)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let milliseconds = String(1000 + now.tv_nsec / 1_000_000).dropFirst()
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
      + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(milliseconds)Z"
  }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}

/// The machine, as far as it decides how many workers a stage has.
package enum Machine {
  /// Cores that this process may run on, at least 1: those of the machine, or of the container or
  /// `taskset` around it.
  package static var cores: Int {
    var processors = [UInt64](repeating: 0, count: 128)
    let bytes = sched_getaffinity(
      0, UInt(processors.count * MemoryLayout<UInt64>.size), &processors)
    guard bytes >= 0 else { return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
    return max(1, processors.reduce(0) { $0 + $1.nonzeroBitCount })
  }

  /// Most descriptors this process may have open.
  static var descriptorLimit: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 256 }
    return Int(clamping: limit.rlim_cur)
  }
}
