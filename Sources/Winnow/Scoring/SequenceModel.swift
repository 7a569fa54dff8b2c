// The second model: a small convolutional network over the page's blocks in their order. It reads
// the names of elements and words that the trees cannot, and the blocks around each.
//
// A block comes in as some of the trees' features, each cut into bins, and as the mean of what the
// table holds for the tokens of its element, of the elements around it, of its own words, of those of
// its heading and of what its first link leads to. `CScores` does the arithmetic. Made by `make train`.
//
// Sources: separable dilated convolutions, Chollet, CVPR 2017, and Yu and Koltun, ICLR 2016, as
// boundaries of content depend on what stands before and after (Vogels et al., ECIR 2018).

import CScores

/// The network's weights, and what it knows of tokens.
package struct SequenceModel: Sendable {
  /// Kinds of tokens that a block has; see `SequenceInput`.
  static let groups = 8
  static let width = SEQUENCE_WIDTH

  /// Features that it reads, and where their bins begin.
  let columns: [block_scores_column]
  let borders: [Float]
  /// What makes of a feature's bin a number of -1 to 1, once 1 is taken off.
  let scales: [Float]
  /// Numbers a token.
  let depth: Int
  let names: TokenTable
  let words: TokenTable
  /// The sums of each tag's token alone, by the tags' numbers.
  let tags: TagSums
  /// What one unit of the tables' numbers is.
  let step: Float
  /// What the trees' and this model's log-odds count in their sum, and what is added to it.
  let treeShare: Float
  let ownShare: Float
  let bias: Float
  private let weights: [Float]

  /// For each tag SEQUENCE_TOKEN_LANES numbers, and whether the table has it, as 1 or 0.
  struct TagSums: Sendable {
    let sums: [Int32]
    let known: [Int32]

    init(_ names: TokenTable) {
      var known: [Int32] = []
      sums = NameTokens.ofTags.flatMap { token in
        var sums = [Int32](repeating: 0, count: SEQUENCE_TOKEN_LANES)
        known.append(
          sums.withUnsafeMutableBufferPointer { sums in
            withUnsafePointer(to: token) { token in
              sums.baseAddress.map {
                names.add(0..<1, of: UnsafeBufferPointer(start: token, count: 1), to: $0)
              } ?? 0
            }
          })
        return sums
      }
      self.known = known
    }
  }

  /// Numbers that come in for a block.
  var inputs: Int { columns.count + Self.groups * depth }

  /// The shipped model.
  package static let shared: SequenceModel = {
    do { return try SequenceModel(.sequence) } catch {
      // The tables are part of the binary, and a test loads them.
      fatalError("the sequence model's tables are damaged: \(error)")
    }
  }()

  /// Reads tables as `Training/sequence_tables.py` writes them, and checks every number that is
  /// an index or a size.
  package init(_ tables: TableBytes) throws(TableError) {
    var reader = TableReader(tables)
    try reader.readHeader(0x3153_4E57)
    guard Int(try reader.uint8()) == SEQUENCE_WIDTH, Int(try reader.uint8()) == SEQUENCE_KERNEL,
      Int(try reader.uint8()) == SEQUENCE_LAYERS
    else { throw .outOfRange }
    depth = Int(try reader.uint8())
    treeShare = try reader.float()
    ownShare = try reader.float()
    bias = try reader.float()

    var columns: [block_scores_column] = []
    var borders: [Float] = []
    for _ in 0..<(try reader.uint16()) {
      let feature = try reader.uint16()
      let count = UInt16(try reader.uint8())
      guard Int(feature) < FeatureExtractor.names.count, count > 0 else { throw .outOfRange }
      columns.append(
        block_scores_column(
          feature: feature, border_count: count, first_border: UInt32(borders.count)))
      for _ in 0..<count { borders.append(try reader.float()) }
    }
    self.columns = columns
    self.borders = borders
    scales = columns.map { 2 / Float($0.border_count) }

    let nameCount = Int(try reader.uint32())
    let wordCount = Int(try reader.uint32())
    guard depth <= SEQUENCE_TOKEN_LANES else { throw .outOfRange }
    guard depth > 0, (nameCount + wordCount) * (4 + depth) <= tables.bytes.count else {
      throw .truncated
    }
    var tokens: [UInt32] = []
    tokens.reserveCapacity(nameCount + wordCount)
    for _ in 0..<nameCount + wordCount { tokens.append(try reader.uint32()) }
    step = try reader.float()
    let numbers = try reader.bytes((nameCount + wordCount) * depth)
    let firstOfWords = numbers.startIndex + nameCount * depth
    names = try TokenTable(tokens[..<nameCount], numbers: numbers[..<firstOfWords], depth: depth)
    words = try TokenTable(tokens[nameCount...], numbers: numbers[firstOfWords...], depth: depth)
    tags = TagSums(names)

    let needed = Self.sizes(inputs: columns.count + Self.groups * depth).reduce(0, +)
    var weights: [Float] = []
    weights.reserveCapacity(needed)
    for size in Self.sizes(inputs: columns.count + Self.groups * depth) {
      let unit = try reader.float()
      for _ in 0..<size {
        weights.append(Float(Int16(bitPattern: try reader.uint16())) * unit)
      }
    }
    self.weights = weights
  }

  /// Numbers of each matrix and vector, in the order of `sequence_weights`.
  private static func sizes(inputs: Int) -> [Int] {
    let layer = [SEQUENCE_KERNEL * width, width, width * width, width]
    return [inputs * width, width, width, width]
      + (0..<SEQUENCE_LAYERS).flatMap { _ in layer }
      + [width * width, width, width * width, width, width, 1]
  }

  /// The log-odds of a page's blocks by this model alone.
  ///
  /// - Complexity: O(blocks x (inputs + layers x width) x width).
  func logOdds(of input: SequenceInput) -> [Float] {
    logOdds(rows: input.rows, shares: input.shares)
  }

  /// - Parameters:
  ///   - rows: `inputs` numbers a block.
  ///   - shares: For each block, what it counts on the page.
  func logOdds(rows: [Float], shares: [Float]) -> [Float] {
    let count = shares.count
    precondition(rows.count == count * inputs)
    return [Float](unsafeUninitializedCapacity: count) { scores, initialized in
      initialized = count
      guard count > 0 else { return }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: count * SEQUENCE_SCRATCH) { scratch in
        weights.withUnsafeBufferPointer { weights in
          guard let base = weights.baseAddress else { return }
          var next = base
          let starts = Self.sizes(inputs: inputs).map { size in
            defer { next += size }
            return next
          }
          var all = sequence_weights()
          all.inputs = inputs
          all.input = starts[0]
          all.input_bias = starts[1]
          all.norm_scale = starts[2]
          all.norm_shift = starts[3]
          func layer(_ index: Int, _ part: Int) -> UnsafePointer<Float> {
            starts[4 + index * 4 + part]
          }
          all.spread = (layer(0, 0), layer(1, 0), layer(2, 0), layer(3, 0))
          all.spread_bias = (layer(0, 1), layer(1, 1), layer(2, 1), layer(3, 1))
          all.mix = (layer(0, 2), layer(1, 2), layer(2, 2), layer(3, 2))
          all.mix_bias = (layer(0, 3), layer(1, 3), layer(2, 3), layer(3, 3))
          let rest = 4 + 4 * SEQUENCE_LAYERS
          all.page = starts[rest]
          all.page_bias = starts[rest + 1]
          all.last = starts[rest + 2]
          all.last_bias = starts[rest + 3]
          all.output = starts[rest + 4]
          all.output_bias = starts[rest + 5]
          sequence_scores(
            &all, rows, shares, count, scratch.baseAddress, scores.baseAddress)
        }
      }
    }
  }
}
