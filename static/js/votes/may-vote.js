/** Who may vote, as the rules of a vote say it (actions/votes/voters.py is asked again with the ballot). */
import { facts } from "../shell/page.js";

/** @import { Seat, Vote } from "../types.js" */

const TEAM = ["owner", "facilitator", "rapporteur"], DICTATED = ["phone", "paper"];

/** Why the seat may not vote: "others" do, or "delegations" or working "groups" and it is of none; "" where it may.
 * @param {Pick<Vote, "settings">} vote @param {Seat|undefined} seat */
export function barred({ settings: { rules } }, seat) {
  if (!seat) return "";
  const { delegations = [], channels = [], sites = [], staff = true } = rules?.who ?? {};
  const within = (/** @type {string[]} */ of, /** @type {string|null|undefined} */ one) => !of[0] || of.includes(one ?? "");
  if (!within(delegations, seat.delegation) || !within(channels, seat.channel) || !within(sites, seat.site)
    || (!staff && TEAM.includes(facts.role) && !DICTATED.includes(seat.channel))) return "others";
  return rules?.one_per === "delegation" && !seat.delegation ? "delegations"
    : rules?.one_per === "room" && !seat.room ? "groups" : "";
}
