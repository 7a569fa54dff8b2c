// What a container gives, in a form that tests can compare.

@testable import Winnow
@testable import WinnowPipeline

struct ContainerFinds {
  var pages: [(name: String, page: Page)] = []
  /// `NAME REASON`.
  var failures: [String] = []
  var messages: [String] = []
  var passedOver: [PassedOver: Int] = [:]

  /// The pages' bytes as text.
  var texts: [String] { pages.map { String(decoding: $0.page.bytes, as: UTF8.self) } }
  var names: [String] { pages.map(\.name) }

  /// Reads `bytes` as a file called `name`.
  init(
    _ bytes: [UInt8], called name: String, options: FetchOptions = FetchOptions(),
    limit: Int = 1 << 20
  ) throws {
    let scratch = try ScratchFolder()
    try scratch.write(bytes, to: Array(name.utf8))
    try self.init(fileIn: scratch.path, called: name, options: options, limit: limit)
  }

  init(
    fileIn folder: [UInt8], called name: String, options: FetchOptions = FetchOptions(),
    limit: Int = 1 << 20
  ) throws {
    let root = SharedDescriptor(
      try FileCalls.open(folder, in: FileCalls.currentFolder, flags: 0))
    let file = FoundFile(root: root, path: Array(name.utf8), isLink: false)
    var finds = Self()
    FetchStage(options, limit: limit).read(file, at: PagePath(Array("c".utf8))) { event in
      switch event {
      case .page(let fetched, let path):
        finds.pages.append((String(decoding: path.bytes, as: UTF8.self), fetched.page))
      case .failure(let failure, let path):
        finds.failures.append("\(EscapedPath(path.bytes)) \(failure.reason)")
        finds.messages.append(failure.description)
      case .passedOver(let kind):
        finds.passedOver[kind, default: 0] += 1
      case .end: break
      }
      return true
    }
    self = finds
  }

  private init() {}
}
