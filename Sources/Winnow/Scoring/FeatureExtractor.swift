// The numbers by which the model knows a block: a page's outline in, a row of features a block out.
//
// Each group of features is a file: its names and, in the same order, what it puts in the row.
// `make train` reads the names from here; changing a feature means training again.

/// Takes a row's features one after the other.
struct FeatureRow {
  private var next: UnsafeMutablePointer<Float>
  private let stride: Int
  private(set) var count = 0

  /// - Parameter stride: How far a feature stands from the one before.
  init(_ base: UnsafeMutablePointer<Float>, stride: Int = 1) {
    next = base
    self.stride = stride
  }

  @inline(__always)
  mutating func put(_ value: Float) {
    next.pointee = value
    next += stride
    count += 1
  }

  /// Passes over features that nobody reads.
  @inline(__always)
  mutating func skip(_ features: Int) {
    next += features * stride
    count += features
  }

  @inline(__always)
  mutating func put(_ value: Bool) { put(value ? 1 : 0) }

  @inline(__always)
  mutating func put(_ value: Int) { put(Float(value)) }
}

/// Features of all blocks of one page.
struct FeatureExtractor {
  // Sums of so many arrays cost the compiler five seconds wherever they are used.
  static let names: [String] = [
    ownNames, placeNames, lexiconNames, ancestorNames, containerNames, neighbourNames,
    repetitionNames, headingNames, linkNames, pageNames,
  ].flatMap { $0 }

  let outline: PageOutline
  let containers: [Int?]
  let page: PageFacts
  let repeats: Repeats
  let headings: HeadingIndex
  let links: LinkIndex
  let needs: FeatureNeeds

  init(_ outline: PageOutline, url: String?, _ needs: FeatureNeeds = .all) {
    self.needs = needs
    self.outline = outline
    containers = [0.3, 0.5, 0.8].map { outline.container(ofShare: $0) }
    page = PageFacts(outline, url: url)
    repeats = Repeats(outline)
    headings = HeadingIndex(outline, title: page.title, needs)
    links = LinkIndex(outline, repeats, url: url, needs)
  }

  /// All rows, block after block; `Self.names.count` numbers each, 0 for those that are not needed.
  ///
  /// - Complexity: O(blocks x (depth + features)).
  func rows() -> [Float] {
    let width = Self.names.count
    let count = outline.blocks.count
    return [Float](unsafeUninitializedCapacity: width * count) { buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      buffer.initialize(repeating: 0)
      for block in 0..<count {
        var row = FeatureRow(base + block * width)
        put(block, into: &row)
        precondition(row.count == width, "names and numbers of the features differ")
      }
      initialized = width * count
    }
  }

  /// One block's row.
  func put(_ block: Int, into row: inout FeatureRow) {
    putOwn(block, into: &row)
    putPlace(block, into: &row)
    putLexicon(block, into: &row)
    putAncestors(block, into: &row)
    putContainers(block, into: &row)
    putNeighbours(block, into: &row)
    putRepetition(block, into: &row)
    putHeadings(block, into: &row)
    putLinks(block, into: &row)
    putPage(into: &row)
  }
}
