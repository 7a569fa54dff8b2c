package func parseForLab(_ bytes: [UInt8]) throws(PageFailure) -> PageTree {
  try PageParser.parse(bytes, limits: ExtractionOptions.Limits())
}
package func blocksForLab(_ t: PageTree) -> BlockList { BlockBuilder.blocks(of: t) }
package func rowsForLab(_ t: PageTree, _ l: BlockList, url: String?) -> [Float] {
  FeatureExtractor(PageOutline(tree: t, list: l), url: url).rows()
}
package let namesForLab = FeatureExtractor.names
