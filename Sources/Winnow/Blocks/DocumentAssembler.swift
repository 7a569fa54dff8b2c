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

  /// The part a block plays, and what stands around it.
  struct Place {
    let role: Role
    let containers: [Container]
  }

  mutating func place(of index: Int) -> Place {
    let around = containers.containers(of: outline.blocks[index])
    return Place(role: roles.role(of: index, containers: around), containers: around)
  }

  func block(at index: Int, _ place: Place) -> DocumentBlock {
    let block = outline.blocks[index]
    let (text, marks) = InlineReader.read(block, in: outline.tree, options)
    return DocumentBlock(
      role: place.role, text: text, marks: marks, containers: place.containers,
      headingLevel: PageOutline.headingLevel(block, outline.tree),
      codeLanguage: place.role == .code
        ? outline.tree.codeLanguage(of: outline.tree.nodes[Int(block.firstNode)].parent) : nil)
  }
}
