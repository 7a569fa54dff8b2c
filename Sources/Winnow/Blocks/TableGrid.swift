// Which column of its table each cell stands in: a table's nodes in, a number for each cell out.

/// The columns of one table's cells, from 0, with the cells that reach into them from the left and
/// from above.
///
/// Source: HTML Standard, 4.9.12.1 (forming a table).
struct TableGrid {
  /// By the cell's node.
  private(set) var columns: [Int32: Int] = [:]

  /// A page may claim any width for one cell; no more columns than this are counted.
  static let widest = 100
  /// Rows that a cell may reach down.
  private static let tallest = 1000

  init(of table: Int32, in tree: PageTree) {
    // For each column, the rows still covered by a cell from above.
    var covered: [Int] = []
    var column = 0
    var isFirst = true
    for index in Int(table) + 1..<Int(tree.nodes[Int(table)].end) {
      switch tree.nodes[index].tag {
      case .tr:
        if !isFirst { covered = covered.map { max($0 - 1, 0) } }
        isFirst = false
        column = 0
      case .td, .th:
        while column < covered.count, covered[column] > 0 { column += 1 }
        guard column < Self.widest else { continue }
        columns[Int32(index)] = column
        let width = Self.number(.colspan, of: index, in: tree, limit: Self.widest - column)
        let height = Self.number(.rowspan, of: index, in: tree, limit: Self.tallest)
        while covered.count < column + width { covered.append(0) }
        for each in column..<(column + width) { covered[each] = height }
        column += width
      default: break
      }
    }
  }

  private static func number(
    _ name: AttributeName, of node: Int, in tree: PageTree, limit: Int
  ) -> Int {
    max(1, min(tree.string(name, of: node).flatMap { Int($0) } ?? 1, limit))
  }
}
