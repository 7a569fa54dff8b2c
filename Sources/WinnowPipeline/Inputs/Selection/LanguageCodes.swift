// Names of languages in three letters (ISO 639-2 and 639-3) -> those in two (ISO 639-1), where there
// are two.

enum LanguageCodes {
  /// The primary language of a tag, in the shortest form there is: `en` for `en-GB`, `eng` and `EN`.
  static func primary(_ tag: some StringProtocol) -> String {
    let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    return primary.utf8.count == 3 ? shorter[primary] ?? primary : primary
  }

  private static let shorter = Dictionary(
    uniqueKeysWithValues: pairs.split(whereSeparator: \.isWhitespace).map {
      (String($0.prefix(3)), String($0.dropFirst(3)))
    })

  /// Three letters, then the two for them. Source: the registers of ISO 639-2 and 639-3; at last
  /// those members of macrolanguages that recognisers of languages name in their place.
  private static let pairs = """
    aaraa abkab afraf akaak albsq alssq amham araar arbar argan armhy asmas avaav aveae aymay
    azeaz azjaz bakba bambm baqeu belbe benbn bisbi bodbo bosbs brebr bulbg burmy catca cescs
    chach chece chizh chucu chvcv cmnzh corkw cosco crecr cymcy czecs danda deude divdv dutnl
    dzodz ekket ellel engen epoeo estet euseu eweee faofo fasfa fijfj finfi frafr frefr fryfy
    fulff geoka gerde glagd glega glggl glvgv greel grngn gujgu hatht hauha hbssh hebhe herhz
    hinhi hmoho hrvhr hunhu hyehy iboig iceis idoio iiiii ikuiu ileie inaia indid ipkik islis
    itait javjv jpnja kalkl kankn kasks katka kaukr kazkk khkmn khmkm kikki kinrw kirky komkv
    konkg korko kuakj kurku laolo latla lavlv limli linln litlt ltzlb lublu luglg lvslv macmk
    mahmh malml maomi marmr mayms mkdmk mlgmg mltmt monmn mrimi msams myamy nauna navnv nblnr
    ndend ndong nepne nldnl nnonn nobnb norno npine nyany ocioc ojioj orior ormom oryor ossos
    panpa perfa pesfa plipi polpl porpt pusps quequ rohrm ronro rumro runrn rusru sagsg sansa
    sinsi slksk slosk slvsl smese smosm snasn sndsd somso sotst spaes sqisq srdsc srpsr sswss
    sunsu swasw swesv swhsw tahty tamta tattt telte tgktg tgltl thath tibbo tirti tonto tsntn
    tsots tuktk turtr twitw uigug ukruk urdur uzbuz uznuz venve vievi volvo welcy wlnwa wolwo
    xhoxh yddyi yidyi yoryo zhaza zhozh zsmms zulzu
    """
}
