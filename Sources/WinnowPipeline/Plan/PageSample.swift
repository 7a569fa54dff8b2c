// A sample of the inputs: the folders in, some of their pages out, always the same ones.
//
// A file is in the sample when the hash of its path is among the smallest. So the sample does not
// depend on the order of the disk, hardly changes when files are added, and is spread over all
// folders. Of a container, which may hold millions of pages, those in its first part are looked at.

internal import Winnow

/// Which pages a configuration is tried on.
struct PageSample {
  /// A file that was chosen.
  struct File {
    let file: FoundFile
    let page: PagePath
    let rank: UInt64
    /// Pages to take of it.
    fileprivate(set) var pages = 1
  }

  /// A page of the sample, as it was read.
  enum Reading {
    case page(FetchedPage)
    case failure(FetchFailure)
  }

  /// In the order of their paths.
  let files: [File]
  /// Files that were met.
  let found: Int

  /// Of a container, so many pages are read for each that is taken.
  private static let pagesRead = 20

  /// Walks the inputs; opens no page.
  ///
  /// - Parameters:
  ///   - size: About how many pages.
  ///   - output: The output folder, if it is there already; it is not looked into.
  ///   - isWanted: Which files to choose among.
  /// - Throws: `InputError`, and what `isWanted` throws.
  init(
    of fetch: FetchOptions, size: Int, output: FileIdentity?,
    isWanted: (FoundFile, PagePath) throws -> Bool = { _, _ in true }
  ) throws {
    let rules = PathRules(include: fetch.include, exclude: fetch.exclude)
    var chosen = LeastRanks<File>(size)
    var found = 0
    for root in try InputRoot.open(fetch) {
      var failure: (any Error)?
      withoutActuallyEscaping(isWanted) { isWanted in
        var walk = FolderWalk(root, rules: rules, output: output) { event in
          guard case .page(let file, let page) = event else { return true }
          found += 1
          do {
            if try isWanted(file, page) {
              let rank = ContentHash(page.bytes).first
              chosen.add(File(file: file, page: page, rank: rank), rank: rank)
            }
            return true
          } catch {
            failure = error
            return false
          }
        }
        _ = walk.run()
      }
      if let failure { throw failure }
    }
    self.found = found
    var files = chosen.elements
    let containers = files.count { $0.file.container != nil }
    if containers > 0 {
      let pages = max(1, (size - files.count + 2 * containers - 1) / containers)
      for index in files.indices where files[index].file.container != nil {
        files[index].pages = pages
      }
    }
    self.files = files.sorted { $0.page.bytes.lexicographicallyPrecedes($1.page.bytes) }
  }

  /// The pages of a file that are in the sample, by path.
  static func pages(of file: File, by chain: PageChain) -> [(page: PagePath, reading: Reading)] {
    var chosen = LeastRanks<(page: PagePath, reading: Reading)>(file.pages)
    var read = 0
    chain.read(file.file, at: file.page) { event in
      switch event {
      case .page(let fetched, let page):
        chosen.add((page, .page(fetched)), rank: ContentHash(page.bytes).first)
        read += 1
      case .failure(let failure, let page):
        chosen.add((page, .failure(failure)), rank: ContentHash(page.bytes).first)
        read += 1
      case .passedOver, .end: break
      }
      return read < file.pages * pagesRead
    }
    return chosen.elements.sorted { $0.page.bytes.lexicographicallyPrecedes($1.page.bytes) }
  }
}

/// Keeps the elements of the least ranks, the memory for no more.
struct LeastRanks<Element> {
  private let count: Int
  /// A heap, the greatest rank first.
  private var heap: [(rank: UInt64, element: Element)] = []

  init(_ count: Int) {
    self.count = count
  }

  /// In no order.
  var elements: [Element] { heap.map(\.element) }

  /// - Complexity: O(log count).
  mutating func add(_ element: Element, rank: UInt64) {
    if heap.count < count {
      heap.append((rank, element))
      rise(heap.count - 1)
    } else if let first = heap.first, rank < first.rank {
      heap[0] = (rank, element)
      sink()
    }
  }

  private mutating func rise(_ start: Int) {
    var index = start
    while index > 0, heap[(index - 1) / 2].rank < heap[index].rank {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  private mutating func sink() {
    var index = 0
    while true {
      let children = [2 * index + 1, 2 * index + 2].filter { $0 < heap.count }
      guard let greatest = children.max(by: { heap[$0].rank < heap[$1].rank }),
        heap[greatest].rank > heap[index].rank
      else { return }
      heap.swapAt(index, greatest)
      index = greatest
    }
  }
}
