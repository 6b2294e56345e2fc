/** The copy of the streams that a screen keeps.  Pure: no network, no page. */

/** @import { Activity, BoardActivity, Card, Cards, Frame, Summary, Tombstone } from "../types.js" */

/** @typedef {Card|Tombstone} Held */

/** @param {Activity} one @returns {one is BoardActivity} */
export const isBoard = (one) => one.of === "ideas";

/** @param {Activity} one @returns {one is Summary} */
export const isSummary = (one) => one.of === "summary";

/** A card that has changed its line counts on; numbers compare within one line.  @param {Held} one @param {Held} other */
const later = (one, other) => ((one.hop ?? 0) - (other.hop ?? 0) || one.seq - other.seq) > 0;

export class Copy {
  constructor() {
    /** @type {Map<string, string>} cards that are known to be of a seat of ours although the room's frames do not say so */
    this.owned = new Map();
    /** @type {Map<string, Held>} */
    this.cards = new Map();
    /** the number before a card of ours that a frame took away; why, only the asker is told (it may have been hidden) */
    this.taken = Infinity;
    /** @type {boolean|undefined} */
    this.waits = false; // something of ours has waited for the facilitator
    /** the server counts anew: it was restored from a copy */
    this.restored = false;
    /** @type {Map<string, [string, number]>} */
    this.cursors = new Map();
    /** @type {Map<string, Record<string, number>>} how many of the oldest ideas a stream's first view left out, by column */
    this.earlier = new Map();
  }

  /**
   * Keep what a frame brings: a card if its number is higher; the cursor only when the frame begins where it stands.
   * A frame that begins at 0 is everything: what it does not name is gone.
   * @param {Frame} frame
   * @param {number} [asked] the cursor with which it was asked for: an answer that stands below it comes from a store that
   * was put back from a copy, although its epoch is the same
   * @returns {boolean} false when the frame leaves a gap and the screen has to ask
   */
  keep(frame, asked = 0) {
    let [epoch, at] = this.cursors.get(frame.stream) ?? ["", 0];
    const all = frame.was === 0;
    if (!all && epoch !== frame.epoch) return false;
    if (all && frame.now < asked) epoch &&= "?";
    if (epoch && epoch !== frame.epoch) this.restored = true;
    if (all) {
      this.earlier.set(frame.stream, frame.earlier ?? {});
      const named = new Set(frame.cards.map((card) => card.id));
      for (const card of [...this.cards.values()])
        if (card.line === frame.stream && !named.has(card.id)
          && (card.seq <= frame.now || card.waits || epoch !== frame.epoch))
          this.cards.delete(card.id);
    }
    for (const [id, seat] of Object.entries(frame.own ?? {})) this.own(id, seat);
    const past = frame.now <= at && epoch === frame.epoch;
    for (const card of frame.cards) // what a late frame names and is not here has gone since
      if (all || !past || this.cards.has(card.id)) this.put({ ...card, line: frame.stream }, epoch !== frame.epoch);
    if (past) return true;
    if (!all && frame.was > at) return false;
    this.cursors.set(frame.stream, [frame.epoch, frame.now]);
    return true;
  }

  /**
   * @param {Held} card
   * @param {boolean} [newer] true when numbers of another epoch cannot be compared
   */
  put(card, newer = false) {
    const seat = this.owned.get(card.id);
    if (seat && !card.gone) card = { ...card, mine: seat };
    this.waits ||= card.waits;
    const held = this.cards.get(card.id);
    const why = card.kind === "hidden" && held?.gone && held.seq === card.seq;
    if (held && !later(card, held) && !newer && !why) {
      if (card.mine && !held.gone) held.mine = card.mine;
      return;
    }
    if (card.gone) {
      if (held?.kind === "seat" && held.mine) { // others see of a seat only its raised hand: it is down now
        this.cards.set(card.id, { ...held, seq: card.seq, hand: null });
        return;
      }
      if (held?.mine) this.taken = Math.min(this.taken, card.seq - 1);
      this.cards.set(card.id, card); // a tombstone: an older frame that comes late must not wake it
      return;
    }
    // The room's frames do not say what is mine, and of a seat only its hand.
    this.cards.set(card.id, held?.mine && !card.mine
      ? /** @type {Card} */ ({ ...card.kind === "seat" && held, ...card, mine: held.mine }) : card);
  }

  /** The stream is not ours to follow any more: the reveal of its cards comes on another.  @param {string} stream */
  leave(stream) {
    this.cursors.delete(stream);
    for (const card of [...this.cards.values()]) if (card.line === stream) this.cards.delete(card.id);
  }

  /** The card is of our seat, written on whichever device or page.  @param {string} id @param {string} seat */
  own(id, seat) {
    this.owned.set(id, seat);
    const card = this.cards.get(id);
    if (card && !card.gone) this.cards.set(id, { ...card, mine: seat });
  }

  /**
   * The card, if it is there, and of this kind where one is named.
   * @template {keyof Cards} [K=keyof Cards] @param {string|null|undefined} id @param {K} [kind] @returns
   * {Cards[K]|undefined}
   */
  get(id, kind) {
    const card = this.cards.get(/** @type {string} */ (id));
    return /** @type {Cards[K]|undefined} */ (card && !card.gone && (!kind || card.kind === kind) ? card : undefined);
  }

  /**
   * The cards of a kind that are there, in the order of their numbers.
   * @template {keyof Cards} K @param {K} kind @param {(card: Cards[K]) => unknown} [which] @returns {Cards[K][]}
   */
  all(kind, which = () => true) {
    const found = /** @type {(Cards[K] & {number?: number, order?: number})[]} */ ([]);
    for (const card of /** @type {Iterable<typeof found[0]>} */ (this.cards.values()))
      if (card.kind === kind && !card.gone && which(card)) found.push(card);
    return found.sort((a, b) => (a.order ?? a.number ?? 0) - (b.order ?? b.number ?? 0) || a.seq - b.seq);
  }

  /** @returns {Record<string, [string, number]>} what the connection says */
  watch() {
    return Object.fromEntries(this.cursors);
  }
}
