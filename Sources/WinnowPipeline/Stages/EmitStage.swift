// `emit`: a document in, its files in the output folder out.

package import Winnow

/// Writes documents, one file for each format.
package struct EmitStage: Stage {
  package static let name = "emit"
  private let formats: [OutputFormat]
  private let folder: OutputFolder

  package init(formats: [OutputFormat], folder: OutputFolder) {
    self.formats = formats
    self.folder = folder
  }

  /// - Returns: Bytes written.
  package func process(_ input: EmitInput) throws(OutputError) -> Int {
    var written = 0
    for format in formats {
      let bytes = format.render(input.document)
      let path = OutputPath(page: input.page, fileExtension: format.fileExtension)
      try folder.write(bytes, to: path)
      written += bytes.count
    }
    return written
  }
}

/// A document and the page it was made of, whose path decides where it is written.
package struct EmitInput: Sendable {
  package let page: PagePath
  package let document: Document
}
