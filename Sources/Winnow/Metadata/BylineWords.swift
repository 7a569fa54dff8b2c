// The words around authors' names in the languages that pages are mostly written in: data behind
// `AuthorNames` and `VisibleClaims`. Written down from how newspapers and blogs put them.

enum BylineWords {
  /// What stands before the names; in lower case. Longer ones first where one starts another.
  static let prefixes = [
    "written by", "posted by", "published by", "reported by", "story by", "article by",
    "text by", "words by", "reviewed by", "authored by", "created by", "submitted by",
    "contributed by", "by:", "by", "author:", "authors:", "author", "from",
    "geschrieben von", "verfasst von", "ein artikel von", "ein gastbeitrag von",
    "eine analyse von", "ein kommentar von", "von:", "von", "autor:", "autorin:", "autoren:",
    "text:",
    "écrit par", "publié par", "rédigé par", "par:", "par", "auteur :", "auteur:",
    "escrito por", "publicado por", "por:", "por", "autor", "autores:", "redacción:",
    "scritto da", "a cura di", "pubblicato da", "di:", "di", "da", "autore:",
    "door:", "door", "geschreven door", "auteur",
    "av:", "av", "af:", "af", "skrevet av", "skrevet af", "tekst:", "teksti:", "kirjoittaja:",
    "autor:", "napisał:", "autorzy:", "autorka:", "szerző:", "írta:", "de", "scris de", "autor :",
    "автор:", "авторы:", "автор", "текст:", "от", "автори:", "συντάκτης:", "του", "από",
    "yazar:", "yazan:", "haber:", "penulis:", "oleh:", "oleh", "tác giả:", "bởi",
    "作者：", "作者:", "作者", "文／", "文/", "文：", "文:", "撰文：", "記者", "记者", "執筆：", "文＝", "取材・文：",
    "글:", "بقلم:", "بقلم", "كتب:", "كتبت:", "מאת:", "מאת", "लेखक:", "द्वारा", "โดย",
  ]

  /// What stands between two names, with white space around it; in lower case.
  static let conjunctions: Set<String> = [
    "and", "&", "und", "et", "y", "e", "en", "og", "och", "ja", "i", "a", "ve", "и", "і", "及",
    "und:",
    "with", "mit", "avec", "con", "と", "dan", "και", "ו", "و", "+", "•", "·", "|", "/", "//", "-",
    "–", "—",
  ]

  /// Words of a part that tells what somebody is, not who.
  static let roles: Set<String> = [
    "editor", "editors", "reporter", "writer", "correspondent", "journalist", "contributor",
    "columnist", "author", "producer", "photographer", "director", "manager", "founder",
    "cofounder", "co-founder", "ceo", "cto", "cmo", "president", "analyst", "strategist",
    "specialist", "expert", "consultant", "redakteur", "redakteurin", "korrespondent",
    "korrespondentin", "journaliste", "rédacteur", "rédactrice", "redactor", "redactora",
    "periodista", "giornalista", "redattore", "redacteur", "verslaggever", "dziennikarz",
    "redaktor", "корреспондент", "редактор", "обозреватель", "muhabir", "editör", "staff",
    "associate", "senior", "marketing", "professor", "researcher", "attorney", "engineer",
    "fotograf", "coach", "head",
  ]

  /// Letters after a name that belong to it; in lower case, points dropped.
  static let credentials: Set<String> = [
    "phd", "md", "jr", "sr", "ii", "iii", "iv", "rn", "mba", "cpa", "cfp", "cfa", "rd", "rdn",
    "ms", "msc", "ma", "mph", "jd", "esq", "dds", "dmd", "do", "dvm", "psyd", "lcsw", "lmft",
    "lpc", "edd", "bsc", "ba", "bs", "pe", "cissp", "pmp", "np", "fnp", "pharmd", "dpt", "cscs",
    "ccsp", "ldn", "cdces", "facs", "faap", "ea", "med", "mfa", "aprn", "msn", "dnp", "phr", "sphr",
    "rph", "cpt", "mlis", "aicp", "aia", "nasm-cpt", "ma", "mscp", "dc", "lac", "od", "fach",
  ]

  /// Authors that are nobody: names of accounts and offices; `MetadataText.key` of them.
  static let nobodies: Set<String> = [
    "admin", "administrator", "author", "staff", "staffwriter", "staffreporter", "editor",
    "editors", "editorial", "editorialteam", "editorialstaff", "theeditors", "theeditorialteam",
    "guest", "guestauthor", "guestcontributor", "guestpost", "unknown", "anonymous", "anonym",
    "user", "null", "none", "undefined", "na", "webmaster", "root", "team", "theteam", "default",
    "redaktion", "redaction", "laredaction", "redaccion", "redazione", "redactie", "redakcja",
    "redaktor", "редакция", "редакція", "редактор", "администратор", "админ", "newsdesk",
    "webdesk", "onlinedesk", "newsstaff", "contributor", "contributors", "marketing", "blog",
    "wordpress", "website", "webteam", "contentteam", "contentwriter", "writer", "publisher",
    "siteadmin", "superadmin", "adminuser", "postedby", "post", "posts", "by", "name", "twitter",
    "facebook",
    "instagram", "linkedin", "email", "follow", "share", "test", "demo", "system", "home",
    "編集部", "编辑", "管理员", "見出し", "관리자", "編輯", "news", "topstories", "readmore", "byline",
    "viewallposts", "viewprofile", "seeallposts", "authorname", "profile",
  ]
}
