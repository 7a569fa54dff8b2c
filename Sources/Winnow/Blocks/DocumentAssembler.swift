// The chosen blocks of a page in, the document's blocks out, with their structure.

/// Makes document blocks of text blocks.
struct DocumentAssembler {
  private let outline: PageOutline
  private let options: ExtractionOptions
  private let roles: RoleReader
  private var containers: ContainerReader

  init(_ outline: PageOutline, headings: HeadingIndex, _ options: ExtractionOptions) {
    self.outline = outline
    self.options = options
    roles = RoleReader(outline, headings: headings)
    containers = ContainerReader(tree: outline.tree, list: outline.list)
  }

  mutating func role(of index: Int) -> Role {
    roles.role(of: index, containers: containers.containers(of: outline.blocks[index]))
  }

  mutating func block(at index: Int) -> DocumentBlock {
    let block = outline.blocks[index]
    let around = containers.containers(of: block)
    let role = roles.role(of: index, containers: around)
    let (text, marks) = InlineReader.read(block, in: outline.tree, options)
    return DocumentBlock(
      role: role, text: text, marks: marks, containers: around,
      headingLevel: PageOutline.headingLevel(block, outline.tree),
      codeLanguage: role == .code
        ? outline.tree.codeLanguage(of: outline.tree.nodes[Int(block.firstNode)].parent) : nil)
  }
}
