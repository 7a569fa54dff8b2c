import Testing

@testable import Winnow

struct GuessCase: Sendable, CustomTestStringConvertible {
  let language: String
  let encodings: [TextEncoding]
  let text: String

  var testDescription: String { language }
}

/// Writes text in an encoding by asking the decoder what each byte and pair means.
private struct ReverseDecoder {
  private var bytes: [Unicode.Scalar: [UInt8]] = [:]

  init(_ encoding: TextEncoding) {
    var sequences = (UInt8(1)...0xFF).map { [$0] }
    if encoding.singleByteRow == nil {
      sequences += (UInt8(0x81)...0xFE).flatMap { lead in
        (UInt8(0x40)...0xFE).map { [lead, $0] }
      }
    }
    // All at once, a line each: a line feed is never part of a pair.
    let newline = UInt8(ascii: "\n")
    sequences.removeAll { $0 == [newline] }
    let (lines, _) = Array(sequences.joined(separator: [newline])).withUnsafeBufferPointer {
      encoding.decode($0)
    }
    for (line, sequence) in zip(
      lines.split(separator: newline, omittingEmptySubsequences: false), sequences)
    {
      let scalars = String(decoding: line, as: UTF8.self).unicodeScalars
      guard scalars.count == 1, let scalar = scalars.first, scalar != "\u{FFFD}",
        bytes[scalar] == nil
      else { continue }
      bytes[scalar] = sequence
    }
    bytes["\n"] = [newline]
  }

  func encode(_ text: String) throws -> [UInt8] {
    try text.unicodeScalars.flatMap { scalar in
      try #require(bytes[scalar], "U+\(String(scalar.value, radix: 16)) is not in the encoding")
    }
  }
}

@Suite("The encoding of a page that names none is guessed from its text")
struct EncodingGuessTests {
  @Test(
    "A paragraph is enough, without the page's language",
    arguments: [
      .init(
        language: "English", encodings: [.windows1252],
        text:
          "The mayor’s plan — “a café on every corner” — was dropped. It’s the third naïve idea."),
      .init(
        language: "German", encodings: [.windows1252],
        text: "Die Bäckerei an der Brücke öffnet früh; süße Brötchen gibt es für größere Gäste."),
      .init(
        language: "French", encodings: [.windows1252],
        text: "L’été dernier, la forêt a brûlé près du château où les élèves s’étaient réunis."),
      .init(
        language: "Polish", encodings: [.windows1250, .iso8859_2],
        text: "Zażółć gęślą jaźń; mieszkańcy wsi twierdzą, że rzeka wystąpiła już z brzegów."),
      .init(
        language: "Czech", encodings: [.windows1250, .iso8859_2],
        text: "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl ředitel školy během čtvrteční schůze."),
      .init(
        language: "Russian", encodings: [.windows1251, .koi8r, .iso8859_5, .ibm866],
        text: "Вчера вечером над городом прошла сильная гроза, и многие улицы остались без света."),
      .init(
        language: "Ukrainian", encodings: [.koi8u],
        text: "Учора ввечері над містом пройшла сильна гроза, і її наслідки ще не усунуто."),
      .init(
        language: "Greek", encodings: [.windows1253, .iso8859_7],
        text: "Χθες το βράδυ μια ισχυρή καταιγίδα πέρασε πάνω από την πόλη και έκοψε το ρεύμα."),
      .init(
        language: "Hebrew", encodings: [.windows1255],
        text: "אתמול בערב עברה סופה חזקה מעל העיר, ורחובות רבים נשארו ללא אור עד הבוקר."),
      .init(
        language: "Arabic", encodings: [.windows1256],
        text: "مرت ليلة أمس عاصفة قوية فوق المدينة وبقيت شوارع كثيرة دون كهرباء حتى الصباح."),
      .init(
        language: "Japanese", encodings: [.shiftJIS, .eucJP],
        text: "昨日の夜、強い嵐が町の上を通り過ぎ、多くの通りが朝まで停電したままでした。"),
      .init(
        language: "Chinese", encodings: [.gb18030],
        text: "昨天晚上，一场强烈的暴风雨经过城市上空，许多街道直到早上还没有电。"),
      .init(
        language: "Chinese, traditional", encodings: [.big5],
        text: "昨天晚上，一場強烈的暴風雨經過城市上空，許多街道直到早上還沒有電。"),
      .init(
        language: "Korean", encodings: [.eucKR],
        text: "어제 저녁 강한 폭풍이 도시 위를 지나갔고 많은 거리가 아침까지 정전되었다."),
      .init(
        language: "Hungarian", encodings: [.windows1250, .iso8859_2],
        text: "Tegnap este erős vihar vonult át a város fölött, és több utca reggelig sötét maradt."
      ),
      .init(
        language: "Romanian", encodings: [.windows1250],
        text: "Aseară o furtună puternică a trecut peste oraş şi multe străzi au rămas fără lumină."
      ),
      .init(
        language: "Turkish", encodings: [.windows1254],
        text: "Dün akşam şehrin üzerinden güçlü bir fırtına geçti; birçok sokak sabaha dek ışıksız."
      ),
      .init(
        language: "Lithuanian", encodings: [.windows1257, .iso8859_13],
        text: "Vakar vakarą virš miesto praūžė smarki audra, ir daug gatvių liko be šviesos."),
      .init(
        language: "Vietnamese", encodings: [.windows1258],
        text:
          "Tô\u{301}i qua mô\u{323}t cơn ba\u{303}o lơ\u{301}n đa\u{303} đi qua tha\u{300}nh phô\u{301}."
      ),
      .init(
        language: "Thai", encodings: [.windows874],
        text: "เมื่อคืนนี้พายุแรงพัดผ่านเมืองและถนนหลายสายไม่มีไฟฟ้าจนถึงเช้า"),
      .init(
        language: "Bulgarian", encodings: [.windows1251, .iso8859_5],
        text: "Снощи над града премина силна буря и много улици останаха без ток до сутринта."),
      .init(
        language: "English with a price, a fraction and a name", encodings: [.windows1252],
        text: "Zoë paid £1½ for it – 30° outside – and the shop’s owner, José, gave her ¼ back."),
    ] as [GuessCase]
  )
  func guesses(_ each: GuessCase) throws {
    for encoding in each.encodings {
      let page = "<html><head><title>page</title></head><body><p>\(each.text)</p></body></html>"
      let decoded = PageDecoder.decode(try ReverseDecoder(encoding).encode(page))
      #expect(String(decoding: decoded.utf8, as: UTF8.self) == page, "\(encoding.rawValue)")
      #expect(decoded.encoding.source == .detector, "\(encoding.rawValue)")
    }
  }

  @Test(
    "A few words are enough when the page says its language",
    arguments: [
      .init(language: "hu", encodings: [.windows1250], text: "őszi tűz"),
      .init(language: "tr", encodings: [.windows1254], text: "ağaç ışık"),
      .init(language: "lt", encodings: [.windows1257], text: "ąžuolas"),
      .init(language: "is", encodings: [.windows1252], text: "það er góð veðurspá"),
      .init(language: "he", encodings: [.windows1255], text: "שלום"),
      .init(language: "th", encodings: [.windows874], text: "สวัสดี"),
    ] as [GuessCase]
  )
  func language(_ each: GuessCase) throws {
    for encoding in each.encodings {
      let page = "<html lang=\(each.language)><p>\(each.text)</p>"
      let decoded = PageDecoder.decode(try ReverseDecoder(encoding).encode(page))
      #expect(String(decoding: decoded.utf8, as: UTF8.self) == page, "\(encoding.rawValue)")
    }
  }

  @Test(
    "The detector sees the words beyond ASCII and not the markup, and never more than its bound")
  func sample() {
    let markup = String(repeating: "<div class=a>", count: 100)
    let page = Array((markup + "said ").utf8) + [0xE9] + Array((" twice" + markup).utf8)
    let (text, _) = TextEncoding.windows1252.text(DetectorSample.text(of: page))
    #expect(text.contains("said é twice"))
    #expect(!text.contains("class"))

    let long = [UInt8](repeating: 0xE9, count: 1 << 20)
    let room = DetectorSample.bound + 2 * DetectorSample.margin
    #expect((1...room).contains(DetectorSample.text(of: long).count))
    let sparse = Array(repeating: page, count: 1 << 10).flatMap { $0 }
    #expect((1...room).contains(DetectorSample.text(of: sparse).count))
    #expect(DetectorSample.text(of: [0, 0x61, 0, 0xE9, 0, 0]) == [0, 0x61, 0, 0xE9, 0, 0, 0x0A])
    #expect(DetectorSample.text(of: []).isEmpty)
  }
}
