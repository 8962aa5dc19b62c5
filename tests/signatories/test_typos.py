"""What is asked about, and above all what is not: a right address of an organization is never put in question."""

import pytest

from signatories.evidence import suggested
from signatories.evidence.providers import free_providers

TYPOS = {
    # two letters swapped, one lost, one written twice
    "gmial.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmil.com": "gmail.com",
    "gmaill.com": "gmail.com",
    "gmmail.com": "gmail.com",
    "ggmail.com": "gmail.com",
    "googlemial.com": "googlemail.com",
    "googelmail.com": "googlemail.com",
    "hotmial.com": "hotmail.com",
    "hotamil.com": "hotmail.com",
    "homail.com": "hotmail.com",
    "hotmal.com": "hotmail.com",
    "otmail.com": "hotmail.com",
    "hottmail.com": "hotmail.com",
    "hotmial.fr": "hotmail.fr",
    "hotmial.co.uk": "hotmail.co.uk",
    "outlok.com": "outlook.com",
    "otlook.com": "outlook.com",
    "outloook.com": "outlook.com",
    "outllok.com": "outlook.com",
    "oulook.fr": "outlook.fr",
    "yaho.com": "yahoo.com",
    "yhaoo.com": "yahoo.com",
    "yahooo.com": "yahoo.com",
    "yaoo.co.uk": "yahoo.co.uk",
    "yaho.com.br": "yahoo.com.br",
    "icoud.com": "icloud.com",
    "iclould.com": "icloud.com",
    "protomail.com": "protonmail.com",
    "protonmial.com": "protonmail.com",
    "rediffmial.com": "rediffmail.com",
    "risup.net": "riseup.net",
    "wanado.fr": "wanadoo.fr",
    "ornage.fr": "orange.fr",
    "t-onlin.de": "t-online.de",
    "sezam.cz": "seznam.cz",
    "yandx.ru": "yandex.ru",
    # a neighbour on the keyboard, a vowel for a vowel
    "gnail.com": "gmail.com",
    "gmsil.com": "gmail.com",
    "gmaul.com": "gmail.com",
    "gmeil.com": "gmail.com",
    "hormail.com": "hotmail.com",
    "hotnail.com": "hotmail.com",
    "putlook.com": "outlook.com",
    "yahho.com": "yahoo.com",
    # a provider's ending
    "gmail.co": "gmail.com",
    "gmail.cm": "gmail.com",
    "gmail.om": "gmail.com",
    "gmail.con": "gmail.com",
    "gmail.comm": "gmail.com",
    "gmail.org": "gmail.com",
    "gmail.com.br": "gmail.com",
    "hotmail.co": "hotmail.com",
    "hotmail.com.uk": "hotmail.co.uk",
    "yahoo.cmo": "yahoo.com",
    "yahoo.con.br": "yahoo.com.br",
    "outlook.cm": "outlook.com",
    "protonmail.cm": "protonmail.com",
    "proton.em": "proton.me",
    "icloud.co": "icloud.com",
    "mail.ri": "mail.ru",
    "uol.con.br": "uol.com.br",
    "live.con": "live.com",
    "laposte.ney": "laposte.net",
    # name and ending
    "gmial.con": "gmail.com",
    "hotmial.con": "hotmail.com",
    "gmial.co": "gmail.com",
    "outlok.co": "outlook.com",
    # a dot in the wrong place, letters of another keyboard
    "gmailc.om": "gmail.com",
    "gmail.c.om": "gmail.com",
    "gmаil.com": "gmail.com",  # a Cyrillic а
    # anybody's ending that does not exist
    "oremba.ogr": "oremba.org",
    "oremba.orgg": "oremba.org",
    "oremba.og": "oremba.org",
    "oremba.con": "oremba.com",
    "oremba.cmo": "oremba.com",
    "oremba.nte": "oremba.net",
    "mail.oremba.ogr": "mail.oremba.org",
}

AT_HOME = """
# organizations with mail at their own domain, everywhere
amnesty.org hrw.org fidh.org icj.org omct.org oxfam.org oxfam.org.uk oxfam.de care.org care.de caritas.org caritas.eu
greenpeace.org foei.org wwf.org wwf.ch iucn.org msf.org icrc.org ifrc.org savethechildren.org plan-international.org
actionaid.org worldvision.org article19.org accessnow.org frontlinedefenders.org civicus.org ishr.ch pen.org rsf.org
cpj.org apt.ch ituc-csi.org ei-ie.org psi.org ilga.org ilga-europe.org transparency.org survivalinternational.org
minorityrights.org aclu.org ccrjustice.org earthjustice.org eff.org sierraclub.org aclu-il.org naacp.org splcenter.org
adalah.org btselem.org mezan.org alhaq.org pchrgaza.org cihrs.org eipr.org anhri.info hrinfo.net dawnmena.org
achpr.org khrc.or.ke kituochasheria.or.ke lhr.org.za section27.org.za lrc.org.za cddwestafrica.org serac-nigeria.org
raddho.org cesag.sn ligue-senegal.org legalbrief.co.za zlhr.org.zw chrr.org.mw fhri.or.ug ehahrdp.org
defenddefenders.org ahrdn.et forumasia.org forum-asia.org alrc.asia ahrc.asia hrcp-web.org askbd.org odhikar.org
hrln.org pucl.org.in inseconline.org lawandsocietytrust.org kontras.org komnasham.go.id elsam.or.id suaram.net
voiceofdemocracy.org licadho-cambodia.org adhoc-cambodia.org karapatan.org pahra.org ilhr.or.th
thaipoliticalprisoners.com hrichina.org hkhrm.org.hk tahr.org.tw jfba.org jca.apc.org hurights.or.jp minbyun.or.kr
khis.or.kr conectas.org dejusticia.org cels.org.ar cejil.org justicaglobal.org.br terradedireitos.org.br cimi.org.br
prodh.org.mx fundar.org.mx coljuristas.org colectivodeabogados.org cajar.org ccajar.org aprodeh.org.pe idl.org.pe
inredh.org wola.org cinep.org.co movimientosaharaui.es apdha.org irídia.cat ldh-france.org cimade.org gisti.org
proasyl.de medico.de misereor.de brot-fuer-die-welt.de venro.org bund.net nabu.de gfbv.de humanrightswatch.org
helsinki.hu helsinki.org.ua helsinkifoundation.org hfhr.pl hfhr.org.pl memo.ru memorial.de ovdinfo.org viasna.org
spring96.org sova-center.ru zmina.ua zmina.info pravozashita.kz bureau.kz adilsoz.kz kloop.kg nhc.no nhc.nl
civilrightsdefenders.org crd.org amnesty.ch amnesty.de amnesty.or.jp amnesty.org.au amnesty.org.nz hrlc.org.au
alhr.org.au refugeecouncil.org.au caritas.org.nz pacificwomen.org piango.org rrrt.org uhrn.ulster.ac.uk
# endings that look like slips and are none
oremba.ong oremba.ngo oremba.cm oremba.co oremba.om oremba.ne oremba.cam oremba.org.br oremba.com.co oremba.eu
oremba.coop oremba.cat oremba.africa oremba.int oremba.asia oremba.net.ne oremba.gov.ng oremba.go.ke oremba.ac.ke
oremba.edu.co oremba.vet
# somebody's names near those of providers
grail.com fmail.com hmail.com tmail.com vmail.com pocketmail.com packetmail.com never.com freinet.de
cloud.com outbook.com email.org mail.oremba.org hotelmail.com gmail.oremba.org mailer.org postmail.org
homeless.org photon.me overlook.com yahoos.org livre.fr wen.de lives.com proto.org fastail.org range.fr oranges.org
hotmama.com mall.com gmbh.com
# places that are invented or at home only
oremba.example oremba.test oremba.invalid oremba.onion mail.local localhost oremba.рф пример.укр موقع.شبكة 例子.中国
# providers
gmx.at gmx.net gmx.com gmx.de gmx.ch web.de mail.com email.com ymail.com rocketmail.com hotmail.fr hotmail.co.uk
free.fr riseup.net posteo.de posteo.net proton.me pm.me protonmail.ch tutanota.de 163.com 126.com qq.com vip.qq.com
foxmail.com mail.ru bk.ru list.ru inbox.ru ya.ru yandex.com uol.com.br bol.com.br naver.com daum.net hanmail.net
me.com mac.com yahoo.cn yahoo.com.cn yahoo.co.in live.cn live.ca msn.com aol.com orange.sn orange.ci orange.cm wp.pl
o2.pl op.pl seznam.cz abv.bg ukr.net i.ua t-online.de t-online.hu freenet.de laposte.net libero.it disroot.org
mailbox.org student.gmail.com
"""
RIGHT = [word for line in AT_HOME.splitlines() for word in line.partition("#")[0].split()]


def test_tables_are_long_enough_to_mean_something():
    assert (len(TYPOS) >= 60, len(set(RIGHT)) >= 200) == (True, True)


@pytest.mark.parametrize(("typed", "meant"), TYPOS.items())
def test_suggested_repairs_a_slip(typed, meant):
    assert suggested(f"ana.b@{typed}") == f"ana.b@{meant}"


@pytest.mark.parametrize("domain", RIGHT)
def test_suggested_leaves_right_domains_alone(domain):
    assert suggested(f"ana@{domain}") == ""
    assert suggested(f"ana@{domain}", f"https://www.{domain}/about") == ""
    assert suggested(f"ana@{domain}", "https://www.oremba-boats.org") == ""


def test_suggested_leaves_every_free_provider_alone():
    assert [domain for domain in free_providers() if suggested(domain) or suggested(domain, "gmail.org")] == []


@pytest.mark.parametrize(
    ("typed", "website", "meant"),
    [
        ("amnsety.org", "https://www.amnesty.org/en/", "amnesty.org"),
        ("amnesty.ogr", "amnesty.org", "amnesty.org"),
        ("amnesty.or", "amnesty.org", "amnesty.org"),
        ("mail.amnsety.org", "amnesty.org", "mail.amnesty.org"),
        ("oxfam.ogr.uk", "https://www.oxfam.org.uk", "oxfam.org.uk"),
        ("frontlinedefnderz.org", "frontlinedefenders.org", "frontlinedefenders.org"),  # long: two slips
        ("boatfamiles.example", "https://www.boatfamilies.example", "boatfamilies.example"),
        ("oremba.co", "oremba.com", "oremba.com"),
        ("amnestу.org", "amnesty.org", "amnesty.org"),  # a Cyrillic у
        ("arnnesty.org", "amnesty.org", "amnesty.org"),  # rn reads as m
        ("mülller.de", "https://müller.de", "müller.de"),
        ("gmial.com", "https://oremba.org", "gmail.com"),
    ],
)
def test_suggested_knows_the_website(typed, website, meant):
    assert suggested(f"ana@{typed}", website) == f"ana@{meant}"


@pytest.mark.parametrize(
    ("typed", "website"),
    [
        ("amnesty.ch", "amnesty.org"),  # a section
        ("icjp.org", "icj.org"),  # short names differ by a letter, and are two
        ("fidu.org", "fidh.org"),
        ("oxfam.co.uk", "oxfam.org.uk"),
        ("oremba15.org", "oremba14.org"),
        ("oremba.org", "oremba.ogr"),  # it is the website that has the slip
        ("gmx.net", "gmx.com"),
        ("harbour-nurses.org", "quillan.org"),
        ("oremba.org", "http://["),
    ],
)
def test_suggested_takes_no_sister_for_a_slip(typed, website):
    assert suggested(f"ana@{typed}", website) == ""


def test_suggested_guesses_nothing_where_two_are_as_near():
    assert suggested("ana@hotmail.f") == ""  # .fr, .fi
    assert suggested("ana@oremba.infoo") == "ana@oremba.info"
    assert suggested("ana@oremba.inf") == ""  # .info, .int


def test_suggested_takes_a_bare_domain_and_any_case():
    assert suggested("GMIAL.com") == "gmail.com"
    assert suggested(" Ana.B@Gmial.COM ") == "Ana.B@gmail.com"


@pytest.mark.parametrize(
    "typed", ["", "@", "ana", "ana@", "ana@.", "ana@..", "@gmail", "ana@[10.0.0.1]", "a@" + "x" * 300 + ".com"]
)
def test_suggested_says_nothing_about_what_is_no_address(typed):
    assert suggested(typed, typed) == ""
