// Month names in the languages that pages are mostly written in: the data behind `DateText`.
//
// Origin: Unicode CLDR, through Babel 2.18.0: calendars/gregorian/months, wide and abbreviated, in
// the form for dates and the form that stands alone, in lower case and without points.
// Added by hand: what newspapers use beside it, in the lines marked `+`.

enum MonthNames {
  /// A language's twelve months, January first, parted by white space; forms of one month by `/`.
  static let byLanguage: [(language: String, names: String)] = [
    (
      "en",
      """
      january/jan february/feb march/mar april/apr may june/jun july/jul august/aug
      september/sep october/oct november/nov december/dec
      """
    ),
    (
      "de",
      """
      januar/jan februar/feb märz/mär april/apr mai juni/jun juli/jul august/aug
      september/sept/sep oktober/okt november/nov dezember/dez
      """
    ),
    (
      "fr",
      """
      janvier/janv février/févr mars avril/avr mai juin juillet/juil août septembre/sept
      octobre/oct novembre/nov décembre/déc
      """
    ),
    (
      "es",
      """
      enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago
      septiembre/sept octubre/oct noviembre/nov diciembre/dic
      """
    ),
    (
      "it",
      """
      gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug
      agosto/ago settembre/set ottobre/ott novembre/nov dicembre/dic
      """
    ),
    (
      "pt",
      """
      janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago
      setembro/set outubro/out novembro/nov dezembro/dez
      """
    ),
    (
      "nl",
      """
      januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug
      september/sep oktober/okt november/nov december/dec
      """
    ),
    (
      "sv",
      """
      januari/jan februari/feb mars april/apr maj juni juli augusti/aug september/sep
      oktober/okt november/nov december/dec
      """
    ),
    (
      "da",
      """
      januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug
      september/sep oktober/okt november/nov december/dec
      """
    ),
    (
      "nb",
      """
      januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sep
      oktober/okt november/nov desember/des
      """
    ),
    (
      "fi",
      """
      tammikuuta/tammi/tammikuu helmikuuta/helmi/helmikuu maaliskuuta/maalis/maaliskuu
      huhtikuuta/huhti/huhtikuu toukokuuta/touko/toukokuu kesäkuuta/kesä/kesäkuu
      heinäkuuta/heinä/heinäkuu elokuuta/elo/elokuu syyskuuta/syys/syyskuu
      lokakuuta/loka/lokakuu marraskuuta/marras/marraskuu joulukuuta/joulu/joulukuu
      """
    ),
    (
      "is",
      """
      janúar/jan febrúar/feb mars/mar apríl/apr maí júní/jún júlí/júl ágúst/ágú september/sep
      október/okt nóvember/nóv desember/des
      """
    ),
    (
      "pl",
      """
      stycznia/sty/styczeń lutego/lut/luty marca/mar/marzec kwietnia/kwi/kwiecień maja/maj
      czerwca/cze/czerwiec lipca/lip/lipiec sierpnia/sie/sierpień września/wrz/wrzesień
      października/paź/październik listopada/lis/listopad grudnia/gru/grudzień
      """
    ),
    (
      "cs",
      """
      ledna/led/leden února/úno/únor března/bře/březen dubna/dub/duben května/kvě/květen
      června/čvn/červen července/čvc/červenec srpna/srp/srpen září/zář října/říj/říjen
      listopadu/lis/listopad prosince/pro/prosinec
      """
    ),
    (
      "sk",
      """
      januára/jan/január februára/feb/február marca/mar/marec apríla/apr/apríl mája/máj
      júna/jún júla/júl augusta/aug/august septembra/sep/september októbra/okt/október
      novembra/nov/november decembra/dec/december
      """
    ),
    (
      "hu",
      """
      január/jan február/febr március/márc április/ápr május/máj június/jún július/júl
      augusztus/aug szeptember/szept október/okt november/nov december/dec
      """
    ),
    (
      "ro",
      """
      ianuarie/ian februarie/feb martie/mar aprilie/apr mai iunie/iun iulie/iul august/aug
      septembrie/sept octombrie/oct noiembrie/nov decembrie/dec
      """
    ),
    (
      "ru",
      """
      января/янв/январь февраля/февр/февраль марта/мар/март апреля/апр/апрель мая/май
      июня/июн/июнь июля/июл/июль августа/авг/август сентября/сент/сентябрь
      октября/окт/октябрь ноября/нояб/ноябрь декабря/дек/декабрь
      """
    ),
    (
      "uk",
      """
      січня/січ/січень лютого/лют/лютий березня/бер/березень квітня/квіт/квітень
      травня/трав/травень червня/черв/червень липня/лип/липень серпня/серп/серпень
      вересня/вер/вересень жовтня/жовт/жовтень листопада/лист/листопад грудня/груд/грудень
      """
    ),
    (
      "be",
      """
      студзеня/сту/студзень лютага/лют/люты сакавіка/сак/сакавік красавіка/кра/красавік
      мая/май чэрвеня/чэр/чэрвень ліпеня/ліп/ліпень жніўня/жні/жнівень верасня/вер/верасень
      кастрычніка/кас/кастрычнік лістапада/ліс/лістапад снежня/сне/снежань
      """
    ),
    (
      "bg",
      """
      януари/яну февруари/фев март април/апр май юни юли август/авг септември/сеп октомври/окт
      ноември/ное декември/дек
      """
    ),
    (
      "sr",
      """
      јануар/јан фебруар/феб март/мар април/апр мај јун јул август/авг септембар/сеп
      октобар/окт новембар/нов децембар/дец
      """
    ),
    (
      "hr",
      """
      siječnja/sij/siječanj veljače/velj/veljača ožujka/ožu/ožujak travnja/tra/travanj
      svibnja/svi/svibanj lipnja/lip/lipanj srpnja/srp/srpanj kolovoza/kol/kolovoz
      rujna/ruj/rujan listopada/lis/listopad studenoga/stu/studeni prosinca/pro/prosinac
      """
    ),
    (
      "sl",
      """
      januar/jan februar/feb marec/mar april/apr maj junij/jun julij/jul avgust/avg
      september/sep oktober/okt november/nov december/dec
      """
    ),
    (
      "mk",
      """
      јануари/јан февруари/фев март/мар април/апр мај јуни/јун јули/јул август/авг
      септември/сеп октомври/окт ноември/ное декември/дек
      """
    ),
    (
      "el",
      """
      ιανουαρίου/ιαν/ιανουάριος φεβρουαρίου/φεβ/φεβρουάριος μαρτίου/μαρ/μάρτιος/μάρ
      απριλίου/απρ/απρίλιος μαΐου/μαΐ/μάιος/μάι ιουνίου/ιουν/ιούνιος/ιούν
      ιουλίου/ιουλ/ιούλιος/ιούλ αυγούστου/αυγ/αύγουστος/αύγ σεπτεμβρίου/σεπ/σεπτέμβριος
      οκτωβρίου/οκτ/οκτώβριος νοεμβρίου/νοε/νοέμβριος/νοέ δεκεμβρίου/δεκ/δεκέμβριος
      """
    ),
    (
      "tr",
      """
      ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem ağustos/ağu
      eylül/eyl ekim/eki kasım/kas aralık/ara
      """
    ),
    (
      "kk",
      """
      қаңтар/қаң ақпан/ақп наурыз/нау сәуір/сәу мамыр/мам маусым/мау шілде/шіл тамыз/там
      қыркүйек/қыр қазан/қаз қараша/қар желтоқсан/жел
      """
    ),
    (
      "id",
      """
      januari/jan februari/feb maret/mar april/apr mei juni/jun juli/jul agustus/agu
      september/sep oktober/okt november/nov desember/des
      """
    ),
    (
      "ms",
      """
      januari/jan februari/feb mac april/apr mei jun julai/jul ogos/ogo september/sep
      oktober/okt november/nov disember/dis
      """
    ),
    (
      "hi",
      """
      जनवरी/जन फ़रवरी/फ़र मार्च अप्रैल मई जून जुलाई/जुल अगस्त/अग सितंबर/सित अक्टूबर/अक्टू
      नवंबर/नव दिसंबर/दिस
      """
    ),
    (
      "bn",
      """
      জানুয়ারী/জানু ফেব্রুয়ারী/ফেব মার্চ এপ্রিল/এপ্রি মে জুন জুলাই/জুল আগস্ট/আগ
      সেপ্টেম্বর/সেপ অক্টোবর/অক্টো নভেম্বর/নভে ডিসেম্বর/ডিসে
      """
    ),
    (
      "mr",
      """
      जानेवारी/जाने फेब्रुवारी/फेब्रु मार्च एप्रिल/एप्रि मे जून जुलै ऑगस्ट/ऑग सप्टेंबर/सप्टें
      ऑक्टोबर/ऑक्टो नोव्हेंबर/नोव्हें डिसेंबर/डिसें
      """
    ),
    (
      "ne",
      """
      जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर
      """
    ),
    (
      "gu",
      """
      જાન્યુઆરી/જાન્યુ ફેબ્રુઆરી/ફેબ્રુ માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર/સપ્ટે
      ઑક્ટોબર/ઑક્ટો નવેમ્બર/નવે ડિસેમ્બર/ડિસે
      """
    ),
    (
      "ta",
      """
      ஜனவரி/ஜன பிப்ரவரி/பிப் மார்ச்/மார் ஏப்ரல்/ஏப் மே ஜூன் ஜூலை ஆகஸ்ட்/ஆக செப்டம்பர்/செப்
      அக்டோபர்/அக் நவம்பர்/நவ டிசம்பர்/டிச
      """
    ),
    (
      "te",
      """
      జనవరి/జన ఫిబ్రవరి/ఫిబ్ర మార్చి ఏప్రిల్/ఏప్రి మే జూన్ జులై ఆగస్టు/ఆగ సెప్టెంబర్/సెప్టెం
      అక్టోబర్/అక్టో నవంబర్/నవం డిసెంబర్/డిసెం
      """
    ),
    (
      "ar",
      """
      يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
      """
    ),
    (
      "he",
      """
      ינואר/ינו פברואר/פבר מרץ אפריל/אפר מאי יוני יולי אוגוסט/אוג ספטמבר/ספט אוקטובר/אוק
      נובמבר/נוב דצמבר/דצמ
      """
    ),
    (
      "ca",
      """
      gener/gen febrer/febr març abril/abr maig juny juliol/jul agost/ag setembre/set
      octubre/oct novembre/nov desembre/des
      """
    ),
    (
      "eu",
      """
      urtarrila/urt otsaila/ots martxoa/mar apirila/api maiatza/mai ekaina/eka uztaila/uzt
      abuztua/abu iraila/ira urria/urr azaroa/aza abendua/abe
      """
    ),
    (
      "gl",
      """
      xaneiro/xan febreiro/feb marzo/mar abril/abr maio xuño xullo/xul agosto/ago setembro/set
      outubro/out novembro/nov decembro/dec
      """
    ),
    (
      "lt",
      """
      sausio/saus/sausis vasario/vas/vasaris kovo/kov/kovas balandžio/bal/balandis
      gegužės/geg/gegužė birželio/birž/birželis liepos/liep/liepa rugpjūčio/rugp/rugpjūtis
      rugsėjo/rugs/rugsėjis spalio/spal/spalis lapkričio/lapkr/lapkritis
      gruodžio/gruod/gruodis
      """
    ),
    (
      "lv",
      """
      janvāris/janv februāris/febr marts aprīlis/apr maijs jūnijs/jūn jūlijs/jūl augusts/aug
      septembris/sept oktobris/okt novembris/nov decembris/dec
      """
    ),
    (
      "et",
      """
      jaanuar/jaan veebruar/veebr märts aprill/apr mai juuni juuli august/aug september/sept
      oktoober/okt november/nov detsember/dets
      """
    ),
    (
      "sq",
      """
      janar/jan shkurt/shk mars/mar prill/pri maj qershor/qer korrik/korr gusht/gush
      shtator/sht tetor/tet nëntor/nën dhjetor/dhj
      """
    ),
    (
      "sw",
      """
      januari/jan februari/feb machi/mac aprili/apr mei juni/jun julai/jul agosti/ago
      septemba/sep oktoba/okt novemba/nov desemba/des
      """
    ),
    (
      "af",
      """
      januarie/jan februarie/feb maart/mrt april/apr mei junie/jun julie/jul augustus/aug
      september/sep oktober/okt november/nov desember/des
      """
    ),
    (
      "th",
      """
      มกราคม/มค กุมภาพันธ์/กพ มีนาคม/มีค เมษายน/เมย พฤษภาคม/พค มิถุนายน/มิย กรกฎาคม/กค
      สิงหาคม/สค กันยายน/กย ตุลาคม/ตค พฤศจิกายน/พย ธันวาคม/ธค
      """
    ),
    (
      "az",
      """
      yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avqust/avq sentyabr/sen
      oktyabr/okt noyabr/noy dekabr/dek
      """
    ),
    // +
    (
      "en",
      """
      - febr - - - - - - sept - - -
      """
    ),
    (
      "es",
      """
      - - - - - - - - setiembre/set/sep - - -
      """
    ),
    (
      "de",
      """
      jänner/jän/jaenner feber maerz - - - - - - - - -
      """
    ),
    (
      "ro",
      """
      - - - - - - - - sep - noi -
      """
    ),
    (
      "it",
      """
      - - - - - - - - sett - - -
      """
    ),
    (
      "fr",
      """
      jan fev/fevrier/fév mar - - - - aout - - - dec/decembre
      """
    ),
  ]
}
