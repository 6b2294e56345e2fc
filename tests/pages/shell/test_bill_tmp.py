from tests.pages.shell.test_weight import bill, full
from tests.support import cast
import re
def test_bill(app, full):
    for c in ("br","gzip"):
        f=bill(app, full, c); print("BILL", c, sum(f.values()), f)
    http=app.test_client()
    token = re.search(r'name="token" value="([^"]+)"', http.get(f"/j/{full['code']}?r=1").get_data(as_text=True))[1]
    html=http.post(f"/j/{full['code']}?r=1",headers={"Accept-Language":"es"}, data={"token": token, "name": "Newcomer", "channel": "hall"}).get_data(as_text=True)
    open("/tmp/lroom/room.html","w").write(html)
