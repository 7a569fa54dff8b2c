// The lines between an article's headline and its first paragraph belong to its text.

/// Draws the standfirst of an article to the text below it.
///
/// It stands in other elements than paragraphs do, like much that is no content; but the element's
/// name tells it, or, of news articles, the page's own description, which is the same text.
enum Standfirst {
  /// Blocks before the first paragraph among which it is looked for.
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
    let outline = features.outline
    guard
      let first = probabilities.indices.first(where: {
        probabilities[$0] > paragraph && outline.blocks[$0].counts.words >= paragraphWords
      })
    else { return }
    let start = max(0, first - distance)
    let headline = (start..<first).last {
      PageOutline.headingLevel(outline.blocks[$0], outline.tree) == 1
    }
    var descriptions: [[UInt8]]?
    for index in start..<first {
      let block = outline.blocks[index]
      guard probabilities[index] >= doubt, block.counts.words >= leastWords,
        block.linkWords * 2 < block.counts.words
      else { continue }
      let isNews = features.page.isNews
      var isStandfirst = StandfirstNames.isNamed(block, outline.tree, isNews: isNews)
      if !isStandfirst, isNews, let headline, index > headline {
        let known = descriptions ?? features.page.descriptions.map { Self.key($0) }
        descriptions = known
        let key = Self.key(outline.list.string(of: block))
        isStandfirst = known.contains { isSame(key, $0) }
      }
      guard isStandfirst else { continue }
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
