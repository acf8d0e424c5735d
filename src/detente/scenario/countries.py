"""Names and codes under which states are known: alpha-3, alpha-2, and names in common use.

Members of the United Nations and a few others; codes as in ISO 3166-1, names in English. Differences of case do
not matter. Written for matching the parties of a scenario with the columns of ICEWS, GDELT and POLECAT.
"""

from __future__ import annotations

from functools import cache

_STATES = """
AFG AF Afghanistan
ALB AL Albania
DZA DZ Algeria
AND AD Andorra
AGO AO Angola
ATG AG Antigua and Barbuda
ARG AR Argentina
ARM AM Armenia
AUS AU Australia
AUT AT Austria
AZE AZ Azerbaijan
BHS BS Bahamas|The Bahamas
BHR BH Bahrain
BGD BD Bangladesh
BRB BB Barbados
BLR BY Belarus
BEL BE Belgium
BLZ BZ Belize
BEN BJ Benin
BTN BT Bhutan
BOL BO Bolivia
BIH BA Bosnia and Herzegovina|Bosnia
BWA BW Botswana
BRA BR Brazil
BRN BN Brunei|Brunei Darussalam
BGR BG Bulgaria
BFA BF Burkina Faso
BDI BI Burundi
CPV CV Cape Verde|Cabo Verde
KHM KH Cambodia
CMR CM Cameroon
CAN CA Canada
CAF CF Central African Republic
TCD TD Chad
CHL CL Chile
CHN CN China|People's Republic of China|PRC
COL CO Colombia
COM KM Comoros
COG CG Congo|Republic of the Congo|Congo-Brazzaville
COD CD Democratic Republic of Congo|Democratic Republic of the Congo|DR Congo|Congo-Kinshasa
CRI CR Costa Rica
CIV CI Ivory Coast|Cote d'Ivoire|Côte d'Ivoire
HRV HR Croatia
CUB CU Cuba
CYP CY Cyprus
CZE CZ Czech Republic|Czechia
DNK DK Denmark
DJI DJ Djibouti
DMA DM Dominica
DOM DO Dominican Republic
ECU EC Ecuador
EGY EG Egypt
SLV SV El Salvador
GNQ GQ Equatorial Guinea
ERI ER Eritrea
EST EE Estonia
SWZ SZ Eswatini|Swaziland
ETH ET Ethiopia
FJI FJ Fiji
FIN FI Finland
FRA FR France
GAB GA Gabon
GMB GM Gambia|The Gambia
GEO GE Georgia
DEU DE Germany
GHA GH Ghana
GRC GR Greece
GRD GD Grenada
GTM GT Guatemala
GIN GN Guinea
GNB GW Guinea-Bissau
GUY GY Guyana
HTI HT Haiti
HND HN Honduras
HUN HU Hungary
ISL IS Iceland
IND IN India
IDN ID Indonesia
IRN IR Iran|Islamic Republic of Iran
IRQ IQ Iraq
IRL IE Ireland
ISR IL Israel
ITA IT Italy
JAM JM Jamaica
JPN JP Japan
JOR JO Jordan
KAZ KZ Kazakhstan
KEN KE Kenya
KIR KI Kiribati
PRK KP North Korea|Democratic People's Republic of Korea|DPRK|Korea, North
KOR KR South Korea|Republic of Korea|ROK|Korea, South
XKX XK Kosovo
KWT KW Kuwait
KGZ KG Kyrgyzstan
LAO LA Laos
LVA LV Latvia
LBN LB Lebanon
LSO LS Lesotho
LBR LR Liberia
LBY LY Libya
LIE LI Liechtenstein
LTU LT Lithuania
LUX LU Luxembourg
MDG MG Madagascar
MWI MW Malawi
MYS MY Malaysia
MDV MV Maldives
MLI ML Mali
MLT MT Malta
MHL MH Marshall Islands
MRT MR Mauritania
MUS MU Mauritius
MEX MX Mexico
FSM FM Micronesia
MDA MD Moldova
MCO MC Monaco
MNG MN Mongolia
MNE ME Montenegro
MAR MA Morocco
MOZ MZ Mozambique
MMR MM Myanmar|Burma
NAM NA Namibia
NRU NR Nauru
NPL NP Nepal
NLD NL Netherlands|The Netherlands
NZL NZ New Zealand
NIC NI Nicaragua
NER NE Niger
NGA NG Nigeria
MKD MK North Macedonia|Macedonia
NOR NO Norway
OMN OM Oman
PAK PK Pakistan
PLW PW Palau
PSE PS Palestine|Occupied Palestinian Territory|Palestinian Territory, Occupied
PAN PA Panama
PNG PG Papua New Guinea
PRY PY Paraguay
PER PE Peru
PHL PH Philippines
POL PL Poland
PRT PT Portugal
QAT QA Qatar
ROU RO Romania
RUS RU Russia|Russian Federation
RWA RW Rwanda
KNA KN Saint Kitts and Nevis
LCA LC Saint Lucia
VCT VC Saint Vincent and the Grenadines
WSM WS Samoa
SMR SM San Marino
STP ST Sao Tome and Principe|São Tomé and Príncipe
SAU SA Saudi Arabia
SEN SN Senegal
SRB RS Serbia
SYC SC Seychelles
SLE SL Sierra Leone
SGP SG Singapore
SVK SK Slovakia
SVN SI Slovenia
SLB SB Solomon Islands
SOM SO Somalia
ZAF ZA South Africa
SSD SS South Sudan
ESP ES Spain
LKA LK Sri Lanka
SDN SD Sudan
SUR SR Suriname
SWE SE Sweden
CHE CH Switzerland
SYR SY Syria|Syrian Arab Republic
TWN TW Taiwan
TJK TJ Tajikistan
TZA TZ Tanzania
THA TH Thailand
TLS TL East Timor|Timor-Leste
TGO TG Togo
TON TO Tonga
TTO TT Trinidad and Tobago
TUN TN Tunisia
TUR TR Turkey|Türkiye
TKM TM Turkmenistan
TUV TV Tuvalu
UGA UG Uganda
UKR UA Ukraine
ARE AE United Arab Emirates|UAE
GBR GB United Kingdom|Great Britain|UK|Britain
USA US United States|United States of America|U.S.
URY UY Uruguay
UZB UZ Uzbekistan
VUT VU Vanuatu
VAT VA Vatican City|Holy See
VEN VE Venezuela
VNM VN Vietnam|Viet Nam
YEM YE Yemen
ZMB ZM Zambia
ZWE ZW Zimbabwe
"""


@cache
def states() -> dict[str, tuple[str, ...]]:
    """Alpha-3 code → every name and code of the state, the alpha-3 first."""
    found = {}
    for line in _STATES.strip().splitlines():
        alpha3, alpha2, names = line.split(" ", 2)
        found[alpha3] = (alpha3, alpha2, *names.split("|"))
    return found


def aliases(name: str) -> tuple[str, ...]:
    """Every name and code of the state that goes by a name or code; nothing where none does."""
    wanted = name.strip().casefold()
    for known in states().values():
        if wanted in (alias.casefold() for alias in known):
            return known
    return ()
