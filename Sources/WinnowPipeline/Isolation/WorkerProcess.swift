// One worker process as its parent sees it: a page in; its document, its failure, or what the
// process died of, out.

internal import CLinux
internal import Glibc
internal import Winnow

/// A child of the same binary that strips pages, one after another. For one thread at a time.
struct WorkerProcess: ~Copyable, Sendable {
  private let process: pid_t
  private let channel: Descriptor
  private let limits: ExtractionOptions.Limits

  /// Why a process could not be started.
  struct StartFailure: Error {
    let error: SystemError
  }

  /// - Parameter configuration: A configuration's text, which the checker has passed.
  init(
    configuration: [UInt8], limits: ExtractionOptions.Limits
  ) throws(StartFailure) {
    let started: (process: pid_t, socket: CInt)
    do throws(SystemError) {
      started = try Self.start()
    } catch {
      throw StartFailure(error: error)
    }
    process = started.process
    channel = Descriptor(owning: started.socket)
    self.limits = limits
    // If it is gone already, the first page meets that.
    _ = FrameCalls.send(configuration, to: channel.raw, until: Self.deadline(after: 30))
  }

  /// Ends the process, whatever it does.
  deinit {
    kill(process, SIGKILL)
    while waitpid(process, nil, 0) < 0 && errno == EINTR {}
  }

  /// What came of a page; `nil` when the process is of no more use: `deathCause` says why.
  borrowing func result(of page: Page) -> Result<Document, PageFailure>? {
    var wire = WireWriter()
    page.encode(to: &wire)
    let deadline = Self.deadline(after: limits.pageSeconds)
    guard FrameCalls.send(wire.bytes, to: channel.raw, until: deadline),
      let answer = FrameCalls.receive(from: channel.raw, until: deadline)
    else { return nil }
    return try? WireAnswer.result(answer)
  }

  /// Ends the process and tells why it did not answer.
  consuming func deathCause() -> PageFailure {
    // Should it still run, it took too long.
    var status: Int32 = 0
    var usage = rusage()
    var patience = 50
    var ended = wait4(process, &status, WNOHANG, &usage)
    // The socket of a dying process closes a little before it can be waited for.
    while ended == 0, patience > 0, FrameCalls.isClosed(channel.raw) {
      usleep(2000)
      patience -= 1
      ended = wait4(process, &status, WNOHANG, &usage)
    }
    guard ended == process else { return .overran(seconds: limits.pageSeconds) }
    let signal = status & 0x7F
    if signal == SIGALRM { return .overran(seconds: limits.pageSeconds) }
    // An allocation that the limit refuses ends a Swift program with a trap. Arrays double, so a
    // quarter of the limit may be in use then.
    let used = usage.ru_maxrss << 10
    return used > limits.memoryBytes / 4
      ? .tooMuchMemory(bytes: max(used, limits.memoryBytes), limit: limits.memoryBytes)
      : .crashed(signal: signal)
  }

  private static func deadline(after seconds: Double) -> UInt64 {
    Clock.monotonic() + UInt64(seconds * 1e9)
  }

  private static func start() throws(SystemError) -> (process: pid_t, socket: CInt) {
    let ends = try FileCalls.socketPair()
    let theirs = Descriptor(owning: ends.theirs)
    do throws(SystemError) {
      return (try spawn(over: theirs.raw), ends.ours)
    } catch {
      close(ends.ours)
      throw error
    }
  }

  /// Starts this program as `winnow strip-worker`, with the socket as its input and output.
  private static func spawn(over socket: CInt) throws(SystemError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO)
    // What a crash prints is told in our own words.
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var process = pid_t()
    var arguments = ["winnow", StripWorker.command].map { (text: String) in strdup(text) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // The running file itself, even if another has taken its name.
    let code = posix_spawn(&process, "/proc/self/exe", &actions, nil, &arguments, environ)
    guard code == 0 else { throw SystemError(code: code) }
    return process
  }
}
