// Residue counted in texts that somebody already has.

import Testing
import Winnow
import WinnowPipeline

struct ResidueSurveyTests {
  private let prose =
    "The council voted on Tuesday evening to keep the old bridge open for two years."

  @Test("Lines are counted by kind, by site and by how often they stand")
  func counts() {
    var survey = ResidueSurvey()
    let residue = "\(prose)\\n\\nLeave a Reply"
    let lines = """
      {"text": "\(residue)", "url": "https://News.example/a"}
      {"text": "\(residue)", "metadata": {"url": "https://news.example:80/b"}}
      {"text": "\(prose)", "url": "https://news.example/c"}
      {"text": "\(prose)"}
      {"no": "text"}
      no JSON

      """
    #expect(survey.add(file: Array(lines.utf8), isJSONLines: true) == 2)
    #expect(survey.documents == 4)
    #expect(survey.documentsWithResidue == 2)
    #expect(survey.kinds == ["comments": 2])
    #expect(survey.sites["news.example"]?.documents == 3)
    #expect(survey.sites["news.example"]?.withResidue == 2)
    #expect(survey.mostFrequentLines(5).map(\.line) == ["Leave a Reply"])
    #expect(survey.mostFrequentLines(5).map(\.count) == [2])
  }

  @Test("A file that is not JSON Lines is one text")
  func text() {
    var survey = ResidueSurvey()
    #expect(survey.add(file: Array("\(prose)\n\nLeave a Reply\n".utf8), isJSONLines: false) == 0)
    #expect(survey.documents == 1)
    #expect(survey.documentsWithResidue == 1)
  }

  @Test(
    "Files called *.txt hold text, packed or not",
    arguments: [
      ("a.txt", SavedPage.Form.text), ("A/B.TXT.GZ", .text), ("a.html", .html),
      ("a.txt.html", .html),
      (".txt", .text), ("txt", .html),
    ])
  func formats(_ name: String, _ format: SavedPage.Form) {
    #expect(SavedPage.Form(path: Array(name.utf8)) == format)
  }
}
