// `emit`: a document in, its files in the output folder out, complete but for their names.

package import Winnow

/// Writes documents, one file for each format.
package struct EmitStage: Stage {
  package static let name = "emit"
  private let formats: [OutputFormat]
  private let frontMatter: Bool
  private let folder: OutputFolder

  package init(_ options: EmitOptions, folder: OutputFolder) {
    formats = options.formats
    frontMatter = options.frontMatter
    self.folder = folder
  }

  /// - Returns: The files, to be published together with those of other pages.
  package func process(_ input: EmitInput) throws(OutputError) -> [StagedFile] {
    var staged: [StagedFile] = []
    do throws(OutputError) {
      for format in formats {
        let path = OutputPath(page: input.page, fileExtension: format.fileExtension)
        staged.append(
          try folder.stage(format.render(input.document, frontMatter: frontMatter), as: path))
      }
    } catch {
      folder.discard(staged)
      throw error
    }
    return staged
  }
}

/// A document and the page it was made of, whose path decides where it is written.
package struct EmitInput: Sendable {
  package let page: PagePath
  package let document: Document
}
