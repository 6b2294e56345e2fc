/** Times in words, for the pages that lead and show. */
import { facts, t } from "../shell/page.js";

/** The hour in the home zones: "09:00 Lima · 10:00 La Paz".  @param {number} seconds @param {string[]} [zones] */
export function hours(seconds, zones = facts.zones ?? []) {
  return zones.map((zone) => {
    const place = zone.split("/").at(-1)?.replaceAll("_", " ");
    const hour = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone })
      .format(new Date(seconds * 1000));
    return `${hour} ${place}`;
  }).join(" · ");
}

/** @param {string|null} iso @param {number} skew */
export function ago(iso, skew) {
  if (!iso) return "–";
  const seconds = Math.max(0, Math.round(Date.now() / 1000 + skew - Date.parse(iso) / 1000));
  return seconds < 60 ? t("seconds", { n: seconds }) : seconds < 5400
    ? t("minutes", { n: Math.round(seconds / 60) }) : t("hours", { n: Math.round(seconds / 3600) });
}

/** Of a moment that is kept to the minute: no seconds, and the same for everybody who looks.
 * @param {string} iso @param {number} skew */
export function minutes(iso, skew) {
  const n = Math.max(0, Math.floor(Date.now() / 60000 + skew / 60) - Math.floor(Date.parse(iso) / 60000));
  return n < 1 ? t("minute") : n < 90 ? t("minutes", { n }) : t("hours", { n: Math.round(n / 60) });
}

/** The same in a word or two, where there is little room.  @param {string} iso @param {number} skew */
export const lately = (iso, skew) => Date.now() / 1000 + skew - Date.parse(iso) / 1000 < 60 ? t("now") : minutes(iso, skew);
