"""The table of all addresses: who gets what.  tests/pages/shell/test_walk.py goes from door to door with it.

A new address stands in no row of WALK and fails there until somebody has said here who may use it.
`python -m tests.pages.shell.walk` prints the rows as the application answers now, to be read and judged, not to be believed.
"""
import re
import secrets

from tests.support.everybody import ROLES, hall, photo
from workshop.pages.shell import assets, security

# What somebody gets:
#   + it is shown or done (200)      > it leads on (303)                    L to the form for signing in
#   ? who are you (401)              x not for this role (403)              - there is nothing here for you (404)
#   ! the form is wrong (400, or the page with what is wrong)               o another
#                                                        N S H T X R Q O F E A W D
WALK = """
GET  /                                                   + + + + + + + + + + + + +
POST /                                                   > > > > > > > > > > > > >
GET  /J/<typed:code>                                     > > > > > > > > > > > > >
POST /J/<typed:code>                                     + + + + + + + + + + + + +
GET  /a/<version>/<name>                                 + + + + + + + + + + + + +
GET  /a/<version>/words/<language>                       + + + + + + + + + + + + +
GET  /account                                            L + L L L + + + + + + L L
POST /account                                            L > L L L > > > > > > L L
GET  /account/devices/end                                > > > > > > > > > > > > >
POST /account/devices/end                                L > L L L > > > > > > L L
GET  /account/password                                   > > > > > > > > > > > > >
POST /account/password                                   L ! L L L ! ! ! ! ! ! L L
GET  /account/programs                                   > > > > > > > > > > > > >
POST /account/programs                                   L ! L L L + + ! + + ! L L
GET  /account/programs/end                               > > > > > > > > > > > > >
POST /account/programs/end                               L - L L L - - - - > - L L
POST /api/attach                                         ? ! + ! ! ! ! ! + + ! ? !
GET  /api/changes                                        - - + - - + - + + + - - -
POST /api/do                                             + + + + + + + + + + + + +
POST /api/join                                           - - - - - - - - - - - - -
GET  /api/me                                             ? + + + + + + + + + + ? +
GET  /api/verbs                                          + + + + + + + + + + + + +
GET  /healthz                                            + + + + + + + + + + + + +
GET  /invitations/<invitation_id>/<answer>               > > > > > > > > > > > > >
POST /invitations/<invitation_id>/<answer>               L - L L L - - - - - - L L
GET  /j/<typed:code>                                     + + > > + + + + + + + + +
POST /j/<typed:code>                                     + + + + + + + + + + + + +
GET  /login                                              + > + + + > > > > > > + +
POST /login                                              ! ! ! ! ! ! ! ! ! ! ! ! !
GET  /media/<key>                                        - - + - - + - + + + - - -
GET  /media/<key>/small                                  - - + - - + - + + + - - -
GET  /methods                                            L + L L L + + + + + + L L
GET  /methods/<key>                                      L + L L L + + + + + + L L
GET  /methods/<key>.yaml                                 L + L L L + + + + + + L L
GET  /methods/<key>/copy                                 > > > > > > > > > > > > >
POST /methods/<key>/copy                                 L > L L L > > > > > > L L
GET  /methods/<key>/drop                                 > > > > > > > > > > > > >
POST /methods/<key>/drop                                 L - L L L - - - - > - L L
GET  /methods/<key>/edit                                 L - L L L - - - - + - L L
POST /methods/<key>/edit                                 ! - ! ! ! - - - - ! - ! !
GET  /methods/<key>/print                                L + L L L + + + + + + L L
GET  /methods/<key>/yaml                                 L - L L L - - - - + - L L
POST /methods/<key>/yaml                                 ! - ! ! ! - - - - ! - ! !
GET  /methods/from-file                                  L + L L L + + + + + + L L
POST /methods/from-file                                  ! ! ! ! ! ! ! ! ! ! ! ! !
GET  /parts                                              L + L L L + + + + + + L L
GET  /readyz                                             + + + + + + + + + + + + +
GET  /s/<key>                                            - - - - - - - - - + - + -
GET  /s/<key>/now                                        - - - - - - - - - + - + -
GET  /s/<key>/qr.svg                                     - - - - - - - - - + - + -
GET  /w/<workshop_id>                                    - - + + - + + + + + - - -
GET  /w/<workshop_id>/card/<card_id>                     - - + - - + - + + + - - -
GET  /w/<workshop_id>/desk                               - - x x - x x x + + - - -
GET  /w/<workshop_id>/draw                               - - x x - x x x + + - - -
POST /w/<workshop_id>/draw                               - - x x - x x x > > - - -
GET  /w/<workshop_id>/find                               - - + + - + + + + + - - -
GET  /w/<workshop_id>/here                               - - > > - > > > > > - - -
GET  /w/<workshop_id>/history                            - - x x - x x x + + - - -
GET  /w/<workshop_id>/life                               - - x x - x x x + + - - -
GET  /w/<workshop_id>/aside                              > > > > > > > > > > > > >
POST /w/<workshop_id>/aside                              - - x x - x x x > > - - -
GET  /w/<workshop_id>/clear                              > > > > > > > > > > > > >
POST /w/<workshop_id>/clear                              - - x x - x x x ! ! - - -
GET  /w/<workshop_id>/copy                               > > > > > > > > > > > > >
POST /w/<workshop_id>/copy                               - - x x - x x x > > - - -
GET  /w/<workshop_id>/delete                             > > > > > > > > > > > > >
POST /w/<workshop_id>/delete                             - - x x - x x x ! ! - - -
GET  /w/<workshop_id>/restore                            > > > > > > > > > > > > >
POST /w/<workshop_id>/restore                            ? - - - - - - - x > - ? -
GET  /w/<workshop_id>/paper                              - - x x - x x x + + - - -
GET  /w/<workshop_id>/edit                               - - x x - x x x + + - - -
POST /w/<workshop_id>/edit                               - - x x - x x x > > - - -
GET  /w/<workshop_id>/over                               > > > > > > > > > > > > >
POST /w/<workshop_id>/over                               - - x x - x x x > > - - -
GET  /j/<typed:code>/find                                + + + + + + + + + + + + +
POST /j/<typed:code>/find                                ! ! ! ! ! ! ! ! ! ! ! ! !
GET  /w/<workshop_id>/attendance                         - - x x - x x x + + - - -
GET  /w/<workshop_id>/attendance.csv                     - - x x - x x x + + - - -
GET  /w/<workshop_id>/attendance.xlsx                    - - x x - x x x + + - - -
GET  /w/<workshop_id>/attendance/print                   - - x x - x x x + + - - -
GET  /w/<workshop_id>/badges.pdf                         - - x x - x x x + + - - -
GET  /w/<workshop_id>/roster                             - - x x - x x x + + - - -
POST /w/<workshop_id>/roster                             - - x x - x x x > > - - -
GET  /w/<workshop_id>/roster/bring                       - - x x - x x x + + - - -
POST /w/<workshop_id>/roster/bring                       - - x x - x x x + + - - -
GET  /w/<workshop_id>/roster/<person_id>                 - - x x - x x x + + - - -
POST /w/<workshop_id>/roster/<person_id>                 - - x x - x x x > > - - -
GET  /w/<workshop_id>/roster/remove                      > > > > > > > > > > > > >
POST /w/<workshop_id>/roster/remove                      - - x x - x x x + + - - -
GET  /w/<workshop_id>/people/<seat_id>/same              - - x x - x x x + + - - -
POST /w/<workshop_id>/people/<seat_id>/same              - - x x - x x x > > - - -
GET  /w/<workshop_id>/people/<seat_id>/write             > > > > > > > > > > > > >
POST /w/<workshop_id>/people/<seat_id>/write             - - x x - x x x - - - - -
GET  /w/<workshop_id>/people/<seat_id>/edit              > > > > > > > > > > > > >
POST /w/<workshop_id>/people/<seat_id>/edit              - - x x - x x x > > - - -
GET  /w/<workshop_id>/people/move                        > > > > > > > > > > > > >
POST /w/<workshop_id>/people/move                        - - x x - x x x > > - - -
GET  /w/<workshop_id>/r/<int:number>/edit                - - x - - x - x + + - - -
POST /w/<workshop_id>/r/<int:number>/edit                - - x - - x - x > > - - -
GET  /w/<workshop_id>/messages                           - - x x - x x x + + - - -
POST /w/<workshop_id>/messages                           - - x x - x x x > > - - -
GET  /w/<workshop_id>/said                               > > > > > > > > > > > > >
POST /w/<workshop_id>/said                               - - > > - > > > > > - - -
GET  /w/<workshop_id>/people                             - - x x - x x x + + - - -
GET  /w/<workshop_id>/people/<seat_id>                   - - x x - x x x + + - - -
GET  /w/<workshop_id>/people/<seat_id>/name              > > > > > > > > > > > > >
POST /w/<workshop_id>/people/<seat_id>/name              - - x x - x x x > > - - -
GET  /w/<workshop_id>/people/readmit                     > > > > > > > > > > > > >
POST /w/<workshop_id>/people/readmit                     - - x x - x x x > > - - -
GET  /w/<workshop_id>/people/remove                      > > > > > > > > > > > > >
POST /w/<workshop_id>/people/remove                      - - x x - x x x > > - - -
GET  /w/<workshop_id>/plenary                            - - + + - + + + + + - - -
POST /w/<workshop_id>/plenary                            - - > > - ! ! ! ! ! - - -
GET  /w/<workshop_id>/questions                          - - x x - x x x + + - - -
POST /w/<workshop_id>/questions                          - - x x - x x x > > - - -
GET  /w/<workshop_id>/speakers                           - - x x - x x x + + - - -
POST /w/<workshop_id>/speakers                           - - x x - x x x > > - - -
GET  /w/<workshop_id>/processes                          > > > > > > > > > > > > >
POST /w/<workshop_id>/processes                          - - x x - x x x > > - - -
GET  /w/<workshop_id>/programme                          - - x x - x x x + + - - -
POST /w/<workshop_id>/programme                          - - x x - x x x > > - - -
GET  /w/<workshop_id>/programme.ics                      - - + + - + + + + + - - -
GET  /w/<workshop_id>/programme.json                     - - + + - + + + + + - - -
GET  /w/<workshop_id>/programme/bring                    - - x x - x x x + + - - -
POST /w/<workshop_id>/programme/bring                    - - x x - x x x + + - - -
GET  /w/<workshop_id>/programme/calendar                 > > > > > > > > > > > > >
POST /w/<workshop_id>/programme/calendar                 - - x x - x x x > > - - -
GET  /w/<workshop_id>/programme/print                    - - + + - + + + + + - - -
GET  /w/<workshop_id>/progress                           - - x x - x x x + + - - -
GET  /w/<workshop_id>/programme/<block_id>/video         > > > > > > > > > > > > >
POST /w/<workshop_id>/programme/<block_id>/video         - - x x - x x x ! ! - - -
GET  /w/<workshop_id>/video/<block_id>                   - - + + - + + + + + - - -
GET  /video/<key>                                        - - + + - + + + + + - - -
GET  /video/<key>/still                                  - - + + - + + + + + - - -
GET  /w/<workshop_id>/qr.svg                             - - + + - + + + + + - - -
GET  /w/<workshop_id>/r/<int:number>                     - - + + - + + + + + - - -
GET  /w/<workshop_id>/r/<int:number>/ballots             - - x - - + - x + + - - -
GET  /w/<workshop_id>/r/<int:number>/proxies             - - + - - + - + + + - - -
POST /w/<workshop_id>/r/<int:number>/proxies             - - ! - - ! - ! > > - - -
GET  /w/<workshop_id>/r/<int:number>/count               - - x - - + - x + + - - -
POST /w/<workshop_id>/r/<int:number>/count               - - x - - > - x > > - - -
GET  /w/<workshop_id>/r/<int:number>/bring               - - x - - + - x + + - - -
POST /w/<workshop_id>/r/<int:number>/bring               - - x - - + - x + + - - -
GET  /w/<workshop_id>/r/<int:number>/carry               > > > > > > > > > > > > >
POST /w/<workshop_id>/r/<int:number>/carry               - - x - - x - x > > - - -
GET  /w/<workshop_id>/r/<int:number>/earlier             - - + - - + - + + + - - -
GET  /w/<workshop_id>/r/<int:number>/ahead/<int:step>    - - x - - x - x + + - - -
GET  /w/<workshop_id>/r/<int:number>/lead                - - x - - x - x + + - - -
POST /w/<workshop_id>/r/<int:number>/lead                - - x - - x - x > > - - -
GET  /w/<workshop_id>/r/<int:number>/others              - - x - - + - x + + - - -
GET  /w/<workshop_id>/r/<int:number>/panels              - - + - - + - + + + - - -
GET  /w/<workshop_id>/r/<int:number>/photo               > > > > > > > > > > > > >
POST /w/<workshop_id>/r/<int:number>/photo               - - ! ! - ! ! ! ! ! - - -
GET  /w/<workshop_id>/r/<int:number>/process             - - x - - x - x + + - - -
POST /w/<workshop_id>/r/<int:number>/process             - - x - - x - x + + - - -
GET  /w/<workshop_id>/r/<int:number>/process/<int:step>  - - x - - x - x + + - - -
GET  /w/<workshop_id>/r/<int:number>/read                - - x - - + - x + + - - -
GET  /w/<workshop_id>/r/<int:number>/say                 > > > > > > > > > > > > >
POST /w/<workshop_id>/r/<int:number>/say                 - - > ! - ! ! ! ! ! - - -
GET  /w/<workshop_id>/r/<int:number>/scribe              - - x - - + - x + + - - -
POST /w/<workshop_id>/r/<int:number>/scribe              - - x - - > - x > > - - -
GET  /w/<workshop_id>/r/<int:number>/sheets              - - + - - + - + + + - - -
GET  /w/<workshop_id>/r/<int:number>/similar             - - x - - + - x + + - - -
GET  /w/<workshop_id>/r/<int:room>/history               - - x - - x - x + + - - -
POST /w/<workshop_id>/r/<int:room>/history               - - x - - x - x > > - - -
GET  /w/<workshop_id>/report                             - - x x - x x x + + - - -
GET  /w/<workshop_id>/report.<form>                      - - x x - x x x + + - - -
GET  /w/<workshop_id>/rooms                              > > > > > > > > > > > > >
POST /w/<workshop_id>/rooms                              - - x x - x x x > > - - -
GET  /w/<workshop_id>/rooms/aside                        > > > > > > > > > > > > >
POST /w/<workshop_id>/rooms/aside                        - - x x - x x x > > - - -
GET  /w/<workshop_id>/rooms/order                        > > > > > > > > > > > > >
POST /w/<workshop_id>/rooms/order                        - - x x - x x x > > - - -
GET  /w/<workshop_id>/rounds                             - - x x - x x x + + - - -
POST /w/<workshop_id>/rounds                             - - x x - x x x + + - - -
GET  /w/<workshop_id>/team                               - - x x - x x x + + - - -
POST /w/<workshop_id>/team                               - - x x - x x x > > - - -
GET  /w/<workshop_id>/team/link                          > > > > > > > > > > > > >
POST /w/<workshop_id>/team/link                          - - x x - x x x > > - - -
GET  /w/<workshop_id>/team/revoke                        > > > > > > > > > > > > >
POST /w/<workshop_id>/team/revoke                        - - x x - x x x > > - - -
GET  /w/<workshop_id>/team/withdraw                      > > > > > > > > > > > > >
POST /w/<workshop_id>/team/withdraw                      - - x x - x x x > > - - -
GET  /w/<workshop_id>/tour                               > > > > > > > > > > > > >
POST /w/<workshop_id>/tour                               - - x x - x x x > > - - -
GET  /w/<workshop_id>/undo                               > > > > > > > > > > > > >
POST /w/<workshop_id>/undo                               - - x x - x x x - - - - -
GET  /w/<workshop_id>/votes                              - - x x - x x x + + - - -
GET  /w/<workshop_id>/votes/<vote_id>/names              - - - - - - - - - - - - -
GET  /w/<workshop_id>/votes/<vote_id>/now                - - + + - + + + + + - - -
GET  /w/<workshop_id>/votes/<vote_id>/rules              - - x x - x x x + + - - -
POST /w/<workshop_id>/votes/<vote_id>/rules              - - x x - x x x > > - - -
GET  /w/<workshop_id>/decisions                          - - + + - + + + + + - - -
GET  /w/<workshop_id>/votes/<vote>                       - - + + - + + + + + - - -
GET  /w/<workshop_id>/votes/<vote>/polis.zip             - - x x - x x x - - - - -
GET  /w/<workshop_id>/votes/<vote>/decided               > > > > > > > > > > > > >
POST /w/<workshop_id>/votes/<vote>/decided               - - ! ! - ! ! ! ! ! - - -
GET  /w/<workshop_id>/walls                              - - x x - x x x + + - - -
POST /w/<workshop_id>/walls                              - - x x - x x x > > - - -
GET  /w/<workshop_id>/walls/desk                         - - x x - x x x + + - - -
GET  /w/<workshop_id>/walls/now                          - - x x - x x x + + - - -
GET  /w/<workshop_id>/walls/set                          > > > > > > > > > > > > >
POST /w/<workshop_id>/walls/set                          - - x x - x x x > > - - -
GET  /w/<workshop_id>/way-in                             > > > > > > > > > > > > >
POST /w/<workshop_id>/way-in                             - - x x - x x x > > - - -
GET  /w/<workshop_id>/ways                               - - x x - x x x + + - - -
GET  /w/<workshop_id>/vote                               - - x x - x x x + + - - -
POST /w/<workshop_id>/vote                               - - x x - x x x > > - - -
GET  /w/<workshop_id>/r/<int:number>/vote                - - x - - + - x + + - - -
POST /w/<workshop_id>/r/<int:number>/vote                - - x - - ! - x > > - - -
GET  /w/<workshop_id>/vote/<vote_id>                     - - > - - > - > > > - - -
POST /w/<workshop_id>/vote/<vote_id>                     - - > - - > - > > > - - -
GET  /worker.js                                          + + + + + + + + + + + + +
GET  /workshops                                          L + L L L + + + + + + L L
GET  /workshops/bring                                    > > > > > > > > > > > > >
POST /workshops/bring                                    L ! L L L ! ! ! ! ! ! L L
GET  /workshops/new                                      L + L L L + + + + + + L L
POST /workshops/new                                      L > L L L > > > > > > L L
GET  /account/devices/end-all                            > > > > > > > > > > > > >
POST /account/devices/end-all                            L > L L L > > > > > > L L
GET  /i/<token>                                          + - - - - - - - - - - - -
POST /i/<token>                                          > - - - - - - - - - - - -
GET  /logout                                             > > > > > > > > > > > > >
POST /logout                                             > > > > > > > > > > > > >
GET  /password/<token>                                   - - - - - - - - - + - - -
POST /password/<token>                                   - - - - - - - - - > - - -
"""
# What a form says, where it has to be right for the answer to show who may send it.  {name}: of `Hall.at`.
FORMS = {
    "/w/<workshop_id>/messages": {"do": "plenary"}, "/w/<workshop_id>/said": {"seat": "{seat}", "message": "none"},
    "/": {"code": "{code}"},
    "/login": {"email": "nadie@example.org", "password": "no es esta"},
    "/j/<typed:code>": {"more": "1", "name": "Alguien"},
    "/J/<typed:code>": {"more": "1", "name": "Alguien"},
    "/w/<workshop_id>/people/remove": {"seat": "{spare seat}", "sure": "1"},
    "/w/<workshop_id>/people/readmit": {"seat": "{removed seat}"},
    "/w/<workshop_id>/people/<seat_id>/name": {"name": "Otro Nombre"},
    "/w/<workshop_id>/people/<seat_id>/edit": {"name": "Otro Nombre"},
    "/j/<typed:code>/find": {"take": "no-such-person|hall"},
    "/w/<workshop_id>/roster": {"name": "Otra Persona"},
    "/w/<workshop_id>/roster/bring": {"text": "Una Persona\nOtra Persona", "do": "show"},
    "/w/<workshop_id>/roster/<person_id>": {"name": "Otro Nombre"},
    "/w/<workshop_id>/roster/remove": {"person": "{expected}"},
    "/w/<workshop_id>/people/<seat_id>/same": {"as": "{spare seat}"},
    "/w/<workshop_id>/people/move": {"seat": "{spare seat}", "to": "{second}"},
    "/w/<workshop_id>/draw": {"do": "draw", "rooms": ["{first}", "{second}"]},
    "/w/<workshop_id>/plenary": {"do": "ask", "text": "¿Quién paga?", "seat": "{seat}"},
    "/w/<workshop_id>/questions": {"do": "asking", "open": "1"},
    "/w/<workshop_id>/speakers": {"do": "rule", "rule": "least"},
    "/w/<workshop_id>/edit": {"title": "Otro taller", "was": '{{"day": [], "zone": [], "language": []}}'},
    "/w/<workshop_id>/aside": {"on": "0"},
    "/w/<workshop_id>/clear": {"back": "1"},  # what is cleared cannot be walked through
    "/w/<workshop_id>/copy": {"title": "Una copia"},
    "/w/<workshop_id>/delete": {"title": "otro"},  # what is deleted cannot be walked through
    "/w/<workshop_id>/over": {"on": "0"},  # what is over cannot be walked through
    "/w/<workshop_id>/votes/<vote_id>/rules": {"reveal": "close", "own": "1", "staff": "1", "closer": "rapporteur"},
    "/w/<workshop_id>/walls": {"act": "show", "kind.1": "join"},
    "/w/<workshop_id>/walls/set": {"act": "add", "name": "Salinas"},
    "/w/<workshop_id>/way-in": {"act": "lock"},
    "/w/<workshop_id>/team/link": {"invitation": "{invitation_id}"},
    "/w/<workshop_id>/team/revoke": {"invitation": "{invitation_id}"},
    "/account": {"name": "Otro Nombre", "language": "fr"},
    "/account/password": {"old": "no es esta", "password": "quinua y papa nativa"},
    "/account/devices/end": {"device": "no-such-device"},
    "/account/programs": {"program": "Registro", "workshop": "{workshop_id}", "role": "rapporteur"},
    "/account/programs/end": {"program": "{program}"},
    "/i/<token>": {"name": "Nina", "email": "nina@example.org", "password": "quinua y papa nativa"},
    "/password/<token>": {"password": "quinua y papa nativa"},
    "/w/<workshop_id>/processes": {"method": "sistematizacion"},
    "/w/<workshop_id>/programme": {"do": "more", "block": "{block}", "minutes": "30"},
    "/w/<workshop_id>/rooms": {"title": "Otra sala"},
    "/w/<workshop_id>/rooms/aside": {"back": "{first}"},
    "/w/<workshop_id>/rooms/order": {"up": "{second}"},
    "/w/<workshop_id>/rounds": {"rooms": ["{first}", "{second}"]},
    "/w/<workshop_id>/team": {"email": "nueva@example.org", "name": "Nueva", "role": "observer"},
    "/w/<workshop_id>/team/withdraw": {"membership": "{membership}", "sure": "1"},
    "/w/<workshop_id>/undo": {"act": "{act}"},
    "/w/<workshop_id>/programme/bring": {"text": "BEGIN:VCALENDAR"},
    "/w/<workshop_id>/r/<int:number>/bring": {"text": "una\ndos"},
    "/w/<workshop_id>/r/<int:number>/carry": {"from": "{second}"},
    "/w/<workshop_id>/r/<int:number>/lead": {"do": "clock", "minutes": "7"},
    "/w/<workshop_id>/r/<int:number>/process": {"do": "add"},
    "/w/<workshop_id>/r/<int:number>/say": {"add": "{board}", "text": "dicho sin script", "seat": "{seat}"},
    "/w/<workshop_id>/r/<int:number>/proxies": {"do": "limit", "most": "2"},
    "/w/<workshop_id>/r/<int:number>/count": {"vote": "{vote}", "how": "hands", "n:3:": "1", "new": "counted-by-form"},
    "/w/<workshop_id>/r/<int:number>/scribe": {"section": "idea", "text": "dicho sin script"},
    "/w/<workshop_id>/r/<int:room>/history": {"act": "{act}"},
    "/w/<workshop_id>/vote": {"ready": "yes_no", "room": "plenary", "title": "?"},
    "/w/<workshop_id>/r/<int:number>/vote": {"ready": "yes_no", "title": "?"},
    "/methods/<key>/edit": {"do": "save"},
    "/methods/from-file": {"text": "no es un método"},
    "/workshops/new": {"title": "Nuevo", "zone": "America/Lima", "privacy": "named"},
}
JSON = {"/api/join": {"code": "XXXXXX", "seats": [{"name": "X", "channel": "hall"}]},
        # verbs have a table of their own: tests/actions/core/test_walk.py
        "/api/do": {"client": "walk" * 5, "n": 1, "verb": "hand.raise", "payload": {}}}
KEYS = {"/video/<key>": "video", "/video/<key>/still": "video", "/s/<key>": "wall", "/s/<key>/now": "wall",
        "/s/<key>/qr.svg": "wall", "/media/<key>": "photo", "/media/<key>/small": "photo",
        "/methods/<key>/edit": "own method", "/methods/<key>/yaml": "own method",
        "/methods/<key>/drop": "method to drop", "/methods/<key>/copy": "other method"}


HOLDS = {"/i/<token>": ("N", "invitation link"), "/password/<token>": ("E", "password link")}  # who has been handed the link
LAST = {"/i/<token>", "/password/<token>", "/account/devices/end-all", "/logout"}  # who goes is gone, or somebody else


def rows() -> dict[tuple[str, str], str]:
    """{(method, rule): an answer for each role} of the table."""
    found = {}
    for line in WALK.strip().splitlines():
        method, rule, *answers = line.split()
        assert (method, rule) not in found and len(answers) == len(ROLES), line
        found[method, rule] = "".join(answers)
    return found


def addresses(app) -> list[tuple[str, str]]:
    """[(method, rule)] of all that the application answers."""
    found = [(method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}]
    return sorted(found, key=lambda one: (one[1] in LAST, one[1], one[0]))


def path_of(hall, role: str, rule: str) -> str:
    """The address for somebody: in the meeting, in room 1."""
    def fill(found) -> str:
        name = found[1].rpartition(":")[2]
        if name == "key":
            name = KEYS.get(rule, "method")
            if name == "wall":
                return hall.at["screen"] if role in "WE" else "a-guess-of-a-key"
            return {"method": "foda", "other method": "lluvia"}.get(name) or hall.at[name]
        if name == "token":
            holder, link = HOLDS[rule]
            return hall.at[link] if role == holder else "a-guess-of-a-link"
        if name == "version" and "words" in rule:
            return assets.sentences("es").split("/")[2]
        return assets.versions().get("room.js", "0") if name == "version" else str(hall.at[name])
    return re.sub(r"<([^>]+)>", fill, rule) + (f"?stream={hall.at['rooms'][0]}" if rule == "/api/changes" else "")


def form_of(hall, role: str, rule: str) -> dict:
    """A right form for the address."""
    seat = (hall.at["seats"].get(role) or hall.at["seats"]["H"])[0]
    known = hall.at | {"first": hall.at["rooms"][0], "second": hall.at["rooms"][1], "seat": seat}
    fields = {name: [one.format(**known) for one in said] if isinstance(said, list) else said.format(**known)
              for name, said in FORMS.get(rule, {}).items()}
    return fields | {"client": secrets.token_urlsafe(16)}


def ask(hall, role: str, method: str, rule: str, token: bool = True):
    """The answer to somebody."""
    http, path = hall.browser(role), path_of(hall, role, rule)
    headers, ours = {"Accept-Language": "es"}, {security.HEADER: "1"} if token else {}
    if method == "GET":
        return http.get(path, headers=headers)
    if rule == "/api/attach":
        said = {"X-Attachment": secrets.token_urlsafe(12), "X-Card": hall.at["card"], "X-Kind": "photo"}
        said |= {"X-Seat": seat[0]} if (seat := hall.at["seats"].get(role)) else {}
        return http.post(path, data=photo(), headers=headers | said | ours)
    if rule in JSON:
        return http.post(path, json=JSON[rule], headers=headers | ours)
    if token:
        http.set_cookie(security.KEEPS, "1")  # of the page with the form
    fields = form_of(hall, role, rule) | ({"token": hall.token(role)} if token else {"token": "no-es"})
    return http.open(path, method=method, data=fields, headers=headers)


def answered(answer) -> str:
    """The answer as the table has it."""
    if answer.status_code in (301, 302, 303, 308):
        return "L" if answer.headers["Location"].startswith("/login") else ">"
    if answer.mimetype == "text/html" and answer.status_code == 200 and 'role="alert"' in answer.get_data(as_text=True):
        return "!"
    return {200: "+", 400: "!", 401: "?", 403: "x", 404: "-"}.get(answer.status_code, "o")


def show() -> None:
    """Print the rows as the application answers now."""
    halls = {role: hall() for role in ROLES}
    print(" " * 56, *ROLES)
    for method, rule in addresses(halls["N"].app):
        print(f"{method:<4} {rule:<51}", *(answered(ask(halls[role], role, method, rule)) for role in ROLES))


if __name__ == "__main__":
    show()
