"""Letters as people have them in hand, all invented: circulated, published, from a PDF file, in many languages."""

CIRCULATED = (
    """Civil Society Letter to the New Commissioner for Rivers, Amina Example

March 2024
Dear Commissioner Example,

As river, lake and coast organizations from every valley of the country, we offer warm congratulations on your
appointment as Commissioner for Rivers.

You take up office at a time when many rivers run dry. We look to you to be “an unwavering voice” in the defence of
clean water, of those who fish, and of rivers themselves.

We urge you to call out those who pollute, and to publish the measurements of every station that the country has paid
for since 2011. We also encourage you to work with the organizations that have measured the water for twenty years.

With assurances of our highest consideration,
""".replace("\nappointment", " appointment")
    .replace("\nclean", " clean")
    .replace("\nfor since", " for since")
)

PUBLISHED = """**120+** organizations urge the Commissioner to call out polluters Joint NGO letter to the new \
Commissioner for Rivers Amina Example – 5 March 2024

As river, lake and coast organizations from every valley of the country, we offer warm congratulations on your \
appointment as Commissioner for Rivers.

You take up office at a time when many rivers run dry. We look to you to be "an unwavering voice" in the defence of \
clean water, of those who fish, and of rivers themselves.

We urge you to call out those who pollute, and to

publish the measurements of every station that the country has paid \
for since 2011. We also encourage you to work with the organizations that have measured the water for twenty years.
"""

FORMAL = """Nairobi, 3 March 2024

To:
H.E. Dr Amina Example
Minister of Water
Ministry of Water and Sanitation
PO Box 100, Capital City
minister@example.org

cc: Office of the President
Permanent Mission of Examplia to the United Nations

Re: Access to clean water in the
northern valleys

Your Excellency,

We write to you about clean water. [1] The wells of the northern valleys have been closed since January, and nobody has
been told why.

What we ask

We call on you to:

- open the wells;
- publish the tests. [2]

We remain at your disposal.

Yours sincerely,

Signatories (as of 2 March):

Water for All
Centre for Rivers, Kenya
جمعية الماء
epicenter.rivers – for running water
Association of Wells (AoW) e.V.

[1] Report of the Valley Council, 2023.
[2] See Wells, page 4.
""".replace("nobody has\nbeen", "nobody has been")

FROM_PDF = """Open letter on the closing of the wells

Dear Minister,

We write to you as organizations that have worked in the north-
ern valleys for twenty years, and that have seen what the clo-
sure of a well does to a village. The wells of the valleys were
dug by the people who live there, and the tests of the water were
paid for by them as well. We have asked the Ministry of Water for
the results on three occasions without having an answer, and the

Open letter on the closing of the wells
2

Agency for Rivers has told us that it is not in charge. A long-term
plan is needed, and a well-\u00adpaid officer to carry it out. The
northern valleys cannot wait for another dry season, and neither
can the south.

We stand ready to help you with a plan that is long-
term and ﬁnanced, and remain at your disposal.

Respectfully,

Water for All
Centre for Rivers
"""

AS_IT_WAS = (
    "We write to you as organizations that have worked in the northern valleys for twenty years, and that have "
    "seen what the closure of a well does to a village. The wells of the valleys were dug by the people who live "
    "there, and the tests of the water were paid for by them as well. We have asked the Ministry of Water for the"
    " results on three occasions without having an answer, and the Agency for Rivers has told us that it is not "
    "in charge. A long-term plan is needed, and a well-paid officer to carry it out. The northern valleys cannot "
    "wait for another dry season, and neither can the south.",
    "We stand ready to help you with a plan that is long-term and financed, and remain at your disposal.",
)

FRENCH = """Lettre ouverte sur la fermeture des puits

Genève, le 5 septembre 2018

À l’attention de Mme Amina Exemple, ministre de l’Eau

Objet : Accès à l’eau

Madame la Ministre,

Nous vous écrivons au sujet de la fermeture des puits dans les vallées du nord, qui prive d’eau des milliers de gens.

Veuillez agréer, Madame la Ministre, l’expression de notre très haute considération.

Organisations signataires :
Eau pour tous
Centre des rivières
"""

SPANISH = """Carta abierta sobre el cierre de los pozos

5 de septiembre de 2018

Asunto: Acceso al agua

Estimada Ministra:

Le escribimos por el cierre de los pozos en los valles del norte, que deja sin agua a miles de personas.

Atentamente,

Firmantes:
Agua para todos
Centro de los Ríos
"""

GERMAN = """Offener Brief zur Schließung der Brunnen

Berlin, den 5. September 2018

Betreff: Zugang zu Wasser

Sehr geehrte Frau Ministerin,

wir schreiben Ihnen wegen der Schließung der Brunnen in den nördlichen Tälern, die Tausende ohne Wasser lässt.

Mit freundlichen Grüßen

Wasser für alle e. V.
Zentrum der Flüsse gGmbH
"""

PORTUGUESE = """Carta aberta sobre o fechamento dos poços

Brasília, 5 de setembro de 2018

Assunto: Acesso à água

Excelentíssima Senhora Ministra,

Escrevemos sobre o fechamento dos poços nos vales do norte, que deixa sem água milhares de pessoas.

Atenciosamente,

Organizações signatárias:
Água para todos
Centro dos Rios
"""

RUSSIAN = """Открытое письмо о закрытии колодцев

5 сентября 2018 г.

Тема: Доступ к воде

Уважаемая госпожа Министр!

Мы пишем Вам по поводу закрытия колодцев в северных долинах, из-за которого тысячи людей остались без воды.

С глубоким уважением,

Подписавшиеся организации:
Вода для всех
Центр рек
"""

ARABIC = """رسالة مفتوحة حول إغلاق الآبار

تونس، ٥ سبتمبر ٢٠١٨

الموضوع: الحق في الماء

السيدة وزيرة المياه المحترمة،

نكتب إليكم بشأن إغلاق الآبار في الوديان الشمالية، الذي ترك آلاف الناس من دون ماء منذ بداية السنة.

وتفضلوا بقبول فائق الاحترام والتقدير،

المنظمات الموقعة:
الماء للجميع
مركز الأنهار
"""

CHINESE = """关于关闭水井的公开信

2018年9月5日

尊敬的部长：

我们写信给您，是因为北部山谷的水井被关闭，成千上万的人没有水喝。

此致

签署机构：
人人有水
河流中心
"""

JAPANESE = """井戸の閉鎖に関する公開書簡

2018年9月5日

拝啓

私たちは、北の谷の井戸が閉鎖され、何千人もの人々が水を失ったことについて、お手紙を差し上げます。

敬具

賛同団体：
すべての人に水を
川のセンター
"""

SWAHILI = """Barua ya wazi kuhusu kufungwa kwa visima

5 Septemba 2018

Mheshimiwa Waziri,

Tunakuandikia kuhusu kufungwa kwa visima katika mabonde ya kaskazini, jambo ambalo limewaacha watu wengi bila maji.

Wenu waaminifu,

Maji kwa Wote
Kituo cha Mito
"""

STATEMENT = """Joint statement: Open the wells

Brussels, September 5, 2018

We, the undersigned organizations, call on the government of Examplia to open the wells of the northern valleys.

The wells belong to those who dug them.

The undersigned organizations:

Water for All
Centre for Rivers
"""
