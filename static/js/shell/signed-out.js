/** A page of somebody who signs in, when the server does not know the device any more: signed out elsewhere, a new
 * password. */
import { facts, t } from "./page.js";

/** Say it, with the way back to this page.  @param {import("./page.js").Page} page */
export function tellsWhenSignedOut(page) {
  page.signedOut = () => {
    const back = `/login?next=${encodeURIComponent(location.pathname)}`;
    if (facts.account) page.say(t("signed_out"), "bad", { label: t("sign_in"), run: () => location.assign(back) });
    return Boolean(facts.account);
  };
}
