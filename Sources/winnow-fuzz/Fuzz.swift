// The tool behind `make fuzz`: feeds the decoder, the prefilter and the tree with pages by chance.
//
//   winnow-fuzz TARGET SECONDS SEED LAST FILE...     inputs made of the files, by chance
//   winnow-fuzz TARGET [libFuzzer's arguments]       when built with WINNOW_FUZZ=1
//
// TARGET is decoder, prefilter or tree. Each input is written to LAST before it is tried, so that
// one that traps is found there. The exit code is 1 if something does not hold.

import Glibc

#if LIBFUZZER
  import CLibFuzzer
#endif

@main
enum Fuzz {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count > 1, let target = FuzzTarget(rawValue: arguments[1]) else { usage() }
    #if LIBFUZZER
      LibFuzzer.run(target)
    #else
      guard arguments.count > 5, let seconds = Double(arguments[2]),
        let seed = UInt64(arguments[3])
      else { usage() }
      ByChance(target: target, seconds: seconds, seed: seed, last: arguments[4])
        .run(on: arguments[5...].compactMap { bytes(of: $0) })
    #endif
  }

  private static func usage() -> Never {
    say("usage: winnow-fuzz decoder|prefilter|tree SECONDS SEED LAST FILE...")
    exit(64)
  }

  static func say(_ message: String) {
    let line = message + "\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }

  private static func bytes(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = max(0, ftell(file))
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: size) { $1 = fread($0.baseAddress, 1, size, file) }
  }
}

/// Runs without coverage: fast, and the same inputs for the same seed.
struct ByChance {
  let target: FuzzTarget
  let seconds: Double
  let seed: UInt64
  let last: String

  func run(on seeds: [[UInt8]]) {
    let file = open(last, O_RDWR | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else {
      Fuzz.say("winnow-fuzz: cannot write \(last)")
      exit(1)
    }
    defer { close(file) }
    let mutator = Mutator(seeds: seeds)
    let end = Self.now() + seconds
    var runs: UInt64 = 0
    while Self.now() < end {
      var chance = Chance(state: seed &+ runs &* 0x1_0000_0001)
      let input = mutator.input(&chance)
      _ = ftruncate(file, 0)
      _ = pwrite(file, input, input.count, 0)
      let faults = input.withUnsafeBufferPointer { target.faults($0) }
      if let first = faults.first {
        Fuzz.say("winnow-fuzz \(target): seed \(seed), run \(runs): \(first); input in \(last)")
        exit(1)
      }
      runs += 1
    }
    print("winnow-fuzz \(target): \(runs) inputs by seed \(seed), nothing found")
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

#if LIBFUZZER
  /// Runs with LLVM's libFuzzer, which looks for inputs that reach new code.
  enum LibFuzzer {
    /// Set once, before the fuzzer's loop, which is of one thread.
    nonisolated(unsafe) private static var target = FuzzTarget.tree

    static func run(_ target: FuzzTarget) {
      self.target = target
      // Without the target's name, which libFuzzer would take for a folder.
      var arguments = CommandLine.arguments.map { strdup($0) }
      arguments.remove(at: 1)
      arguments.append(nil)
      arguments.withUnsafeMutableBufferPointer { buffer in
        var count = CInt(buffer.count - 1)
        var base = buffer.baseAddress
        exit(
          LLVMFuzzerRunDriver(&count, &base) { bytes, count in
            let faults = LibFuzzer.target.faults(UnsafeBufferPointer(start: bytes, count: count))
            if let first = faults.first {
              Fuzz.say("winnow-fuzz: \(first)")
              abort()
            }
            return 0
          })
      }
    }
  }
#endif
