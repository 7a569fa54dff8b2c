package func parseForLab(_ bytes: [UInt8]) throws(PageFailure) -> PageTree {
  try PageParser.parse(PageDecoder.decode(bytes).utf8, limits: ExtractionOptions.Limits())
}
package func blocksForLab(_ t: PageTree) -> BlockList { BlockBuilder.blocks(of: t) }
package func rowsForLab(_ t: PageTree, _ l: BlockList, url: String?) -> [Float] {
  FeatureExtractor(PageOutline(tree: t, list: l), url: url).rows()
}
package func scoresForLab(_ rows: [Float], _ n: Int) -> [Float] { BlockModel.shared.logOdds(rows: rows, count: n) }
package let namesForLab = FeatureExtractor.names
