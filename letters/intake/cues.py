"""The words by which a letter's parts are known, in the languages letters are written in.

Patterns are matched against a single line, in whatever letters; every table is a list of alternatives for the beginning
of the line, a language or two per row.
"""

from __future__ import annotations

import re


def _beginning(*rows: str, then: str = r"\b") -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(rows)}){then}", re.IGNORECASE)


COLON = r"\s*[:：]\s*"

# Enough by themselves, in a short line.
GREETING = _beginning(
    r"dear|to whom it may concern|your (?:excellenc(?:y|ies)|honou?r|majesty|(?:royal |serene )?highness|holiness)",
    r"ch(?:er|ère)s?\s|votre (?:excellence|altesse|majesté)",
    r"(?:muy )?(?:estimad|distinguid|querid|apreciad)[oa]s?|excelent[íi]sim[oa]s?|vuestra excelencia",
    r"prezad[oa]s?|excelentíssim[oa]s?|car[oa]s?\s+(?:senhor|colega|amig)|vossa excelência",
    r"sehr geehrte[rsn]?|sehr verehrte[rsn]?|liebe[r]?\s|(?:eure?|ew\.) exzellenz",
    r"gentil[ei]|egregi[oa]|illustrissim[oa]|spettabile|onorevole|vostra eccellenza|geachte|excellentie",
    r"(?:глубоко|много)?уважаем(?:ый|ая|ые)|дорог(?:ой|ая|ие)|ваше превосходительство|шановн(?:ий|а|і)"
    r"|ваша високоповажносте",
    r"تحية طيبة|السلام عليكم|عزيز(?:ي|تي)|جناب آقای|سرکار خانم|محترم",
    r"kwa mheshimiwa|mheshimiwa|mpendwa|say[ıi]n|değerli|szanown[yaei]|vážen[ýáí]|poštovan[iae]|spoštovan[iae]",
    r"bästa|kära|kære|kjære|hyvä|arvoisa|tisztelt|stimat[eăă]|stimaț?i|yang terhormat|yth\.?|kính thưa|kính gửi",
    r"αξιότιμ|αγαπητ|महोदय|महोदया|आदरणीय|प्रिय|মাননীয়|ክቡር|ክብርት|ውድ|ለክቡር|ኣኽቢረ",
    then="",
)
GREETING_CJK = re.compile(
    r"^(?:(?:尊敬|尊貴|敬爱|敬愛|亲爱|親愛)的|敬启者|敬啟者|拝啓|謹啓|親愛なる|존경하는|친애하는)"
)
# Also how the lines of an address begin: a greeting only if the line ends as one.
GREETING_TITLE = _beginning(
    r"sir|madam|sirs|ladies and gentlemen|(?:your )?excellenc(?:y|ies)|honou?rable|distinguished|esteemed|respected"
    r"|mr|ms|mrs",
    r"mesdames|messieurs|madame|monsieur|excellences?|señor(?:es|as?)?|senhor(?:es|as?)?|su excelencia|sua excelência",
    r"excelencias?|exzellenz(?:en)?|meine damen und herren|eccellenza|господин|госпожа|господа|пан(?:е|і)",
    r"سعادة|معالي|فخامة|سيادة|حضرة|صاحبة?|أصحاب|السيدة?|السادة|الدكتورة?|المفوضة?",
)
GREETING_END = re.compile(r"(?:[,!:،؛，：]|المحترم(?:ة|ون|ين|ات)?[،,:]?)\s*$")

CLOSING = _beginning(
    r"(?:yours |very )*(?:sincerely|faithfully|truly|respectfully|cordially)(?: yours| submitted)?\W*$",
    r"(?:with |please |kindly )*(?:accept,? .*)?(?:the |our |my )*(?:renewed |kind |best |warm(?:est)? |highest )*"
    r"(?:assurances?|regards|wishes|consideration|esteem|respects?)(?: of .*)?\W*$",
    r"with (?:the |our |my )?(?:utmost|deep(?:est)?|great|much|all due|sincere|kind|best|warm|highest|renewed|thanks"
    r"|gratitude"
    r"|appreciation|respect|solidarity)\b[^.]{0,80}$|in (?:solidarity|hope|peace|anticipation)\b[^.]{0,60}$",
    r"(?:veuillez|recevez|nous vous prions|je vous prie|nous vous saurions gré)\b.*(?:salutations|considération"
    r"|sentiments|respects?"
    r"|hommages?|dévouement)",
    r"(?:bien |très )?(?:cordialement|respectueusement|sincèrement|solidairement)\W*$|avec (?:nos|notre"
    r"|l['’]expression|l['’]assurance"
    r"|toute notre)\b.{0,120}$|(?:sincères |meilleures )?salutations(?: distinguées)?\W*$",
    r"(?:muy |les saluda(?:mos)? |le saluda(?:mos)? )*(?:atentamente|respetuosamente|cordialmente|sinceramente)\W*$"
    r"|sin otro particular"
    r"|(?:les?|la|lo) saluda[mn]?(?:os)?\b|(?:reciba|aprovechamos)\b.*(?:consideración|saludo)"
    r"|saludos(?: cordiales)?\W*$"
    r"|con (?:nuestr[oa]|la|el|tod[oa])\b.{0,80}(?:consideración|estima|respeto)",
    r"(?:mui )?(?:atenciosamente|respeitosamente|cordialmente|atentamente)\W*$|com (?:os|as|a|o|noss[oa]s?|elevad"
    r"|protest)"
    r".{0,80}(?:cumprimentos|consideração|estima|respeito)|subscrev|em solidariedade",
    r"mit (?:freundlich|best|herzlich|solidarisch|vorzüglich|ausgezeichnet|kolle|dem ausdruck|respekt"
    r"|hochachtung).{0,80}$"
    r"|hochachtungsvoll|freundliche grüße",
    r"(?:cordiali|distinti|cordialmente|con i migliori) ?(?:saluti)?\W*$|con osservanza|hoogachtend"
    r"|met (?:vriendelijke|de meeste|hoogacht)"
    r".{0,60}$",
    r"с (?:глубоким |искренним |неизменным )*уважением|искренне ваш|с наилучшими|з (?:глибокою )?повагою"
    r"|z (?:poważaniem|wyrazami"
    r"|szacunkiem)|s (?:úctou|pozdravem|poštovanjem)",
    r"(?:و?(?:تفضلوا|تقبلوا|نرجو|وختاما)).{0,80}(?:الاحترام|التقدير|التحيات)|(?:و?مع|ولكم) (?:فائق|خالص|أطيب|وافر"
    r"|بالغ|كل|أسمى|جزيل|التقدير)"
    r"|با (?:احترام|تقدیم|سپاس)",
    r"saygılar(?:ımızla|ımla)|med (?:vänlig|venlig|vennlig)|kunnioittavasti|ystävällisin|tisztelettel|cu (?:stimă"
    r"|deosebit|respect)"
    r"|hormat kami|salam hormat|wako (?:mwaminifu|mtiifu)|wenu (?:waaminifu|watiifu)|kwa heshima|trân trọng|kính thư",
    r"με (?:εκτίμηση|τιμή|σεβασμό)|בכבוד רב|בברכה|सादर|भवदीय|বিনীত|ከአክብሮት|ከሰላምታ|ምስ ኣኽብሮት",
    then="",
)
CLOSING_CJK = re.compile(r"^(?:此致|敬[礼禮]|顺致|順致|谨致|謹致|谨启|謹啟|敬具|謹白|敬白|草々|올림|드림|삼가)")

RE = _beginning(
    r"re|ref|reference|subject|object|objet|concerne|asunto|betreff|betr\.?|betrifft|assunto|oggetto|onderwerp"
    r"|betreft|тема|кас\.?",
    r"предмет|الموضوع|موضوع|主题|主題|事由|件名|題目|제목|konu|ämne|emne|asia|perihal|hal|yah|mada|dotyczy|temat|věc"
    r"|vec|tárgy",
    r"subiect(?:ul)?|zadeva|predmet|θέμα|הנדון|विषय|বিষয়|ጉዳዩ|v/v|về việc",
    then=COLON,
)
TO = _beginning(
    r"to|attn\.?|attention|addressed to|an|à|a|al|ao|para|destinataires?|destinatari[oa]s?|dirigid[oa] a|кому|إلى|الى"
    r"|致|收件人|宛先|宛て|수신",
    r"kime|kepada(?: yth\.?)?|kwa|till|til|aan|do|pro|pre|címzett|către|προς|אל|सेवा में|ለ|kính gửi|به",
    then=COLON,
)
TO_PHRASE = _beginning(
    r"(?:for the )?attention of|à l['’](?:attention|intention) d[eu]s?(?: la| l['’])?|a la atención de"
    r"|à atenção d[eoa]s?"
    r"|zu händen(?: von)?|z\.\s?hd\.|alla cortese attenzione d[ei]l?(?:la)?|t\.a\.v\.|вниманию|لعناية|عناية",
    then=r"\s*[:：]?\s+",
)
CC = _beginning(
    r"c\.?\s?c\.?|copy(?: to)?|copies(?: to)?|copie(?: à)?|copies à|con copia(?: a)?|c/c|c/|com cópia(?: para)?"
    r"|cópia(?: para)?",
    r"kopie(?: an)?|in kopie(?: an)?|nachrichtlich|копия|копии|копія|نسخة(?: إلى)?|صورة(?: إلى)?|رونوشت|抄送|抄报"
    r"|写し|참조|bilgi|dağıtım",
    r"tembusan|nakala(?: kwa)?|kopia(?: till)?|kopi(?: til)?|do wiadomości|na vědomí|p\.? ?c\.?|per conoscenza"
    r"|κοιν\.?|העתק(?:ים)?|ግልባጭ",
    then=COLON,
)
SIGNED = re.compile(
    r"^\W*(?:(?:list of |the |the undersigned |undersigned |supporting |endorsing |signatory |co-?)*"
    r"(?:signator(?:y|ies)|signatures|signed(?: by| on behalf of)?|signers|undersigned|undersigning|endorsed by"
    r"|endorse(?:rs|ments)"
    r"|supported by|supporters)"
    r"(?: (?:organi[sz]ations|groups|ngos|by|list|to date|in alphabetical order|and supporters))*"
    r"|(?:the |all |supporting |signing |undersigned |endorsing |\d+ )+(?:civil society )?(?:organi[sz]ations|groups"
    r"|ngos)"
    r"|(?:liste des |les |premiers )*(?:organisations |associations |ong )*(?:co-?)?(?:signataires|soussignée?s"
    r"|signé(?: par)?|signatures?)"
    r"|(?:lista de |las |los )*(?:organizaciones |entidades )*(?:firmantes|abajo firmantes|firman|firmas|suscriben"
    r"|adherentes|signatari[oa]s)"
    r"|(?:lista de |as |os )*(?:organizações |entidades )*(?:signatári[oa]s|assinam|assinaturas|subscrevem"
    r"|subscritoras|que assinam)"
    r"|(?:die |liste der )*(?:mit)?(?:unterzeichn(?:er(?:innen)?|ende[nr]?|et von)|zeichnend?e?n?)(?: organisationen"
    r"| verbände)?"
    r"|(?:le )?(?:organizzazioni )?(?:firmatari[eo]?|firmato da|sottoscrivono)|ondertekenaars|ondertekend door"
    r"|ondertekenende organisaties"
    r"|подписали|подписавшиеся(?: организации)?|подписи|подписанты|подписант[ыи]|підписали|підписанти|sygnatariusze"
    r"|podpisani|podpisy"
    r"|الموقعو?ي?ن(?: أدناه)?|المنظمات الموقعة(?: أدناه)?|الجمعيات والمنظمات الموقعة|الجهات الموقعة|الجمعيات الموقعة"
    r"|الإمضاءات|المنظمات الممضية"
    r"|الممضو?ي?ن|التوقيعات|المنظمات الموق[ّ]?عة على.*|امضاکنندگان|امضا ?کنندگان|签署(?:机构|组织|方|团体)?|签名"
    r"|联署(?:机构|组织|团体)?|簽署.{0,4}|連署.{0,4}"
    r"|賛同団体.{0,4}|署名団体.{0,4}|呼びかけ団体|連名団体.{0,4}|賛同者.{0,4}|서명.{0,6}|연명.{0,6}|참여 ?단체.{0,4}"
    r"|imzac[ıi]lar|imzalayan.{0,20}|imzalayanlar"
    r"|undertecknat av|underskrevet av|undertegnere|allekirjoittajat|aláírók|semnatari|potpisnici|potpisnice"
    r"|waliotia saini|mashirika yaliyosaini"
    r"|penandatangan|ditandatangani oleh|các tổ chức ký tên|ký tên|हस्ताक्षरकर्ता|স্বাক্ষরকারী.{0,20}|ፈራሚዎች|ፈራሚ ድርጅቶች"
    r"|υπογράφουν|החתומים.{0,10})"
    r"\s*(?:\([^()]{0,60}\)|\[[^\]]{0,60}\]|[,–—-] ?\d[\d ,.]*)?\W*$",
    re.IGNORECASE,
)

ORGANIZATIONS = (
    r"(?:organi[sz]ations?|organisations|ngos?|groups|associations?|ong|organizaciones|entidades|organizações"
    r"|organisationen|verbände"
    r"|organizzazioni|организаци[йи]|организаций|asociaciones|associações|osc|csos?|mashirika|منظمة|منظمات|جمعية"
    r"|个组织|個組織|団体|단체)"
)
COUNT = re.compile(
    rf"^\W*(?:(?:more than|over|nearly|almost|about|around|some|plus de|près de|más de|cerca de|mais de|über|mehr als"
    rf"|rund|fast|oltre"
    rf"|più di|более|свыше|почти|أكثر من"
    rf"|zaidi ya)\s+)?\d[\d.,  ’']*\+?\s*(?:[^\W\d]+[\s-]+){{0,6}}?{ORGANIZATIONS}(?!\w)\s+\S",
    re.IGNORECASE,
)
_KINDS = r"(?:letter|statement|appeal|declaration|call|petition|submission)"
DOCUMENT = re.compile(
    rf"(?:(?:Joint|Open|Public|Collective|Civil Society|NGO|Common|Global)\s(?:[\w-]+\s){{0,3}}?{_KINDS}\b"
    r"|(?:Lettre|Déclaration|Communiqué|Appel)\s(?:ouverte?|conjointe?|commune?|collective?|publique)"
    r"|(?:Carta|Declaración|Comunicado)\s(?:abierta|conjunt[ao]|pública)|(?:Carta|Declaração|Nota)\s(?:aberta"
    r"|conjunta|pública)"
    r"|(?:Offener|Gemeinsamer)\s(?:Brief|Appell)|Gemeinsame\s(?:Erklärung|Stellungnahme)|Lettera\s(?:aperta|congiunta)"
    r"|(?:Открытое|Совместное|Коллективное)\s(?:письмо|заявление|обращение)|(?:رسالة|بيان|نداء)\s(?:مفتوح|مشترك"
    r"|جماعي)ة?)",
    re.IGNORECASE,
)
