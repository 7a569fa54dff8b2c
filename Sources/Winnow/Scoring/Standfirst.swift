// The lines between a news article's headline and its first paragraph belong to its text.

/// Draws the standfirst of a news article to the text below it.
///
/// It stands in other elements than paragraphs do, like much that is no content; but the page's own
/// description is the same text.
enum Standfirst {
  /// Blocks between the headline and the first paragraph, at most.
  private static let distance = 12
  private static let leastWords = 5
  private static let paragraphWords = 10
  /// A probability from which on a block begins the text, and one below which the models are sure
  /// enough that a description stands here for something else.
  private static let paragraph: Float = 0.75
  private static let doubt: Float = 0.2
  /// What a standfirst has less than the paragraph, in log-odds.
  private static let below: Float = 0.5
  /// Share of a description that a block begins with, or the other way round, when one of them is
  /// cut off.
  private static let cutShare = 0.6

  /// - Complexity: O(blocks), and for pages that say they are news articles O(descriptions).
  static func settle(_ probabilities: inout [Float], _ features: FeatureExtractor) {
    guard features.page.isNews, !features.page.descriptions.isEmpty else { return }
    let outline = features.outline
    guard
      let first = probabilities.indices.first(where: {
        probabilities[$0] > paragraph && outline.blocks[$0].counts.words >= paragraphWords
      }),
      let headline = (max(0, first - distance)..<first).last(where: {
        PageOutline.headingLevel(outline.blocks[$0], outline.tree) == 1
      })
    else { return }
    var descriptions: [[UInt8]]?
    for index in headline + 1..<first {
      let block = outline.blocks[index]
      guard probabilities[index] >= doubt, block.counts.words >= leastWords,
        block.linkWords * 2 < block.counts.words
      else { continue }
      let known = descriptions ?? features.page.descriptions.map { Self.key($0) }
      descriptions = known
      let key = Self.key(outline.list.string(of: block))
      guard known.contains(where: { isSame(key, $0) }) else { continue }
      probabilities[index] = max(
        probabilities[index], logistic(logOdds(probabilities[first]) - below))
    }
  }

  private static func key(_ text: String) -> [UInt8] { Array(MetadataText.key(text).utf8) }

  private static func isSame(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    let (short, long) = a.count < b.count ? (a, b) : (b, a)
    return !short.isEmpty && Double(short.count) >= cutShare * Double(long.count)
      && long.starts(with: short)
  }
}
