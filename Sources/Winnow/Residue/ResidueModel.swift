// The learned model of residue: a line in, how much it looks like residue and which kind out. Its
// tables are in the binary.
//
// Linear over the places that `ResidueFeatures` gives: a sum over the line's form, and a sum over its
// words and their parts divided by the root of their number, so that long lines are judged as mildly
// as short ones. Weights are signed bytes.

package struct ResidueModel: Sendable {
  /// Log-odds that one unit of a weight adds.
  private let step: Float
  private let bias: Float
  private let weights: [Int8]
  private let kinds: [ResidueKind]
  private let kindStep: Float
  private let kindBiases: [Float]
  /// For each bucket a weight for each kind.
  private let kindWeights: [Int8]
  private let kindBuckets: Int

  /// The shipped model.
  package static let shared: ResidueModel = {
    do { return try ResidueModel(Base64Text.bytes(of: ResidueTables.text)) } catch {
      // The tables are part of the binary, and a test loads them.
      fatalError("the tables of residue are damaged: \(error)")
    }
  }()

  enum TableError: Error, Equatable { case truncated, wrongMagic, outOfRange }

  /// Reads tables as `Training/residue_model.py` writes them.
  init(_ bytes: [UInt8]) throws(TableError) {
    var at = 0
    func word() throws(TableError) -> UInt32 {
      guard at + 4 <= bytes.count else { throw .truncated }
      defer { at += 4 }
      return (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
    }
    func float() throws(TableError) -> Float { Float(bitPattern: try word()) }
    func signedBytes(_ count: Int) throws(TableError) -> [Int8] {
      guard at + count <= bytes.count else { throw .truncated }
      defer { at += count }
      return bytes[at..<at + count].map { Int8(bitPattern: $0) }
    }
    guard try word() == 0x3152_4E57 else { throw .wrongMagic }
    let buckets = Int(try word())
    kindBuckets = Int(try word())
    let kindCount = Int(try word())
    guard buckets > ResidueFeatures.formBuckets, buckets <= 1 << 20, kindBuckets > 0,
      kindBuckets <= 1 << 20, kindCount > 0, kindCount <= ResidueKind.allCases.count
    else { throw .outOfRange }
    step = try float()
    bias = try float()
    kindStep = try float()
    var kinds: [ResidueKind] = []
    var kindBiases: [Float] = []
    for _ in 0..<kindCount {
      let place = Int(try word())
      guard place < ResidueKind.allCases.count else { throw .outOfRange }
      kinds.append(ResidueKind.allCases[place])
      kindBiases.append(try float())
    }
    self.kinds = kinds
    self.kindBiases = kindBiases
    weights = try signedBytes(buckets)
    kindWeights = try signedBytes(kindBuckets * kindCount)
    guard at == bytes.count else { throw .outOfRange }
  }

  /// The log-odds that a line is residue, by its text alone.
  package func score(_ features: ResidueFeatures) -> Float {
    var form: Int32 = 0
    for place in features.form { form &+= Int32(weights[Int(place)]) }
    var sum: Int32 = 0
    let open = UInt64(weights.count - ResidueFeatures.formBuckets)
    weights.withUnsafeBufferPointer { weights in
      for hash in features.lexical {
        // Below `open`, as the hash is below 2^32.
        let place = Int((UInt64(hash) &* open) >> 32) &+ ResidueFeatures.formBuckets
        sum &+= Int32(weights[place])
      }
    }
    let root = Float(max(1, features.lexical.count)).squareRoot()
    return bias + step * (Float(form) + Float(sum) / root)
  }

  /// The likeliest kind of a line that is residue.
  package func kind(_ features: ResidueFeatures) -> ResidueKind {
    var sums = [Int32](repeating: 0, count: kinds.count)
    for hash in features.lexical {
      let place = Int((UInt64(hash) &* UInt64(kindBuckets)) >> 32) * kinds.count
      for kind in kinds.indices { sums[kind] &+= Int32(kindWeights[place + kind]) }
    }
    let root = Float(max(1, features.lexical.count)).squareRoot()
    var best = 0
    var bestScore = -Float.infinity
    for kind in kinds.indices {
      let score = kindBiases[kind] + kindStep * Float(sums[kind]) / root
      if score > bestScore {
        bestScore = score
        best = kind
      }
    }
    return kinds[best]
  }
}
