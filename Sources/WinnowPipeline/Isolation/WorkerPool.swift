// The worker processes of `strip`: as many as pages are worked on at once, each replaced when it
// dies.

internal import Synchronization
internal import Winnow

/// Strips pages in other processes. May be used from many threads.
final class WorkerPool: Sendable {
  private let configuration: [UInt8]
  private let limits: ExtractionOptions.Limits
  /// Processes that wait for a page.
  private let idle = Mutex<[IdleWorker]>([])

  /// Lets a process stand in an array.
  private final class IdleWorker: Sendable {
    private let process: Mutex<WorkerProcess?>

    init(_ process: consuming WorkerProcess) {
      self.process = Mutex(consume process)
    }

    func take() -> WorkerProcess? { process.withLock { $0.take() } }
  }

  init(configuration: [UInt8], limits: ExtractionOptions.Limits) {
    self.configuration = configuration
    self.limits = limits
  }

  /// - Throws: The page's failure, in its process or by its process's death.
  func document(of page: Page) throws(PageFailure) -> Document {
    let waiting = idle.withLock { $0.popLast() }
    let process: WorkerProcess
    if let known = waiting?.take() {
      process = known
    } else {
      do throws(WorkerProcess.StartFailure) {
        process = try WorkerProcess(configuration: configuration, limits: limits)
      } catch {
        // No process, no memory: as if the page could not be parsed.
        throw .outOfMemory
      }
    }
    guard let result = process.result(of: page) else { throw process.deathCause() }
    let kept = IdleWorker(process)
    idle.withLock { $0.append(kept) }
    return try result.get()
  }
}
