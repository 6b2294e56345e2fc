/**
 * Templates: html`<p class=${kind} ?hidden=${gone} .value=${text} @click=${act}>${words}</p>` says what is to be seen,
 * `render` changes what is another than last time and leaves the rest of the page alone.  The part of lit-html that we use,
 * in its way of writing, for a quarter of its bytes.
 *
 * Values become text nodes, attributes, properties (.) or listeners (@), never markup: what people write cannot become a
 * tag.
 */
const MARK = "\u22c4"; // stands for a value while the markup is read; templates have no use for it themselves
const HOLE = `<!--${MARK}-->`;

/** A value that takes away: no child, no attribute. */
export const nothing = Symbol();

class Template {
  /** @param {TemplateStringsArray} strings @param {any[]} values @param {string} [within] */
  constructor(strings, values, within) {
    this.strings = strings;
    this.values = values;
    this.within = within;
  }
}

/** @param {TemplateStringsArray} strings @param {any[]} values */
export const html = (strings, ...values) => new Template(strings, values);

/** What stands inside of an <svg>.  @param {TemplateStringsArray} strings @param {any[]} values */
export const svg = (strings, ...values) => new Template(strings, values, "svg");

class Keyed {
  /** @param {any[]} items @param {(item: any) => any} key @param {(item: any) => any} draw */
  constructor(items, key, draw) {
    this.items = items;
    this.key = key;
    this.draw = draw;
  }
}

/** A list whose nodes follow their items when the order changes.  @template T @param {T[]} items @param {(item: T) => any}
 * key
 * @param {(item: T) => any} draw @returns {any} */
export const repeat = (items, key, draw) => new Keyed(items, key, draw);

class Guarded {
  /** @param {any[]} signs @param {() => any} draw */
  constructor(signs, draw) {
    this.signs = signs;
    this.draw = draw;
  }
}

/** Drawn anew only when one of `signs` is another.  @param {any[]} signs @param {() => any} draw @returns {any} */
export const guard = (signs, draw) => new Guarded(signs, draw);

/** @type {WeakMap<Node, Place>} */
const places = new WeakMap();

/** Draw into an element: the first time after what is in it already.  @param {any} content @param {Element} into */
export function render(content, into) {
  let place = places.get(into);
  if (!place) places.set(into, place = between(into, null));
  place.show(content);
}

/** @typedef {{root: DocumentFragment, holes: {at: number, name?: string, statics?: string[]}[]}} Shape */
/** @type {WeakMap<TemplateStringsArray, Shape>} */
const shapes = new WeakMap();

/** Elements, texts and comments of a template, in order.  @param {Node} root */
const walk = (root) => document.createTreeWalker(root, 133);

/** The markup of a template read once, and where its values go.  @param {Template} template @returns {Shape} */
function shape({ strings, within }) {
  let markup = "";
  /** @type {string[]} names of properties as they are written: markup forgets capitals */
  const exact = [];
  strings.forEach((piece, i) => {
    markup += piece;
    exact.push(/\.(\w+)=["']?$/.exec(piece)?.[1] ?? "");
    if (i < strings.length - 1) markup += markup.lastIndexOf("<") > markup.lastIndexOf(">") ? MARK : HOLE;
  });
  const { content: root } =
    Object.assign(document.createElement("template"), { innerHTML: within ? `<svg>${markup}</svg>` : markup });
  if (within) {
    const svg = /** @type {Element} */ (root.firstChild);
    svg.replaceWith(...svg.childNodes);
  }
  /** @type {Shape["holes"]} */
  const holes = [];
  const walker = walk(root);
  let count = 0; // of values
  for (let at = 0, node; (node = /** @type {any} */ (walker.nextNode())); at++) {
    if (node.data === MARK) {
      holes.push({ at });
      count++;
      const text = new Text();
      node.replaceWith(text);
      walker.currentNode = text;
      continue;
    }
    for (const name of node.getAttributeNames?.() ?? []) {
      const statics = node.getAttribute(name).split(MARK);
      if (statics.length < 2) continue;
      holes.push({ at, name: name[0] === "." ? `.${exact[count]}` : name, statics });
      count += statics.length - 1;
      node.removeAttribute(name);
    }
  }
  const made = { root, holes };
  shapes.set(strings, made);
  return made;
}

/** Where content stands: a text in one node, which is copied with the template; all else between that and another.  Most
 * places hold a text or nothing, and nodes are what a long board costs: its time, its memory, and what looks through it. */
class Place {
  /** @param {Text} last @param {Text} [first] */
  constructor(last, first) {
    this.last = last;
    this.first = first;
    /** @type {any} what is shown: a text, the strings of a template, or which sort of list */
    this.shown = undefined;
    /** @type {((value: any) => void)[]|undefined} one for each hole of the template that is shown */
    this.holes = undefined;
    /** @type {Map<any, Place>|undefined} of a list */
    this.items = undefined;
    /** @type {any[]|undefined} of what is guarded */
    this.signs = undefined;
  }

  /** @param {any} value */
  show(value) {
    if (value instanceof Guarded) {
      const { signs, draw } = value;
      if (this.signs && signs.every((sign, i) => sign === this.signs?.[i])) return;
      this.show(draw());
      this.signs = signs;
      return;
    }
    this.signs = undefined;
    if (value instanceof Template) this.fill(value);
    else if (value instanceof Keyed) this.list(value);
    else if (Array.isArray(value))
      this.list(new Keyed(value.map((one, i) => [one, i]), (pair) => pair[1], (pair) => pair[0]));
    else {
      const text = value === nothing ? "" : String(value ?? "");
      if (this.shown === text) return;
      if (typeof this.shown !== "string") this.clear(text);
      this.shown = this.last.data = text; // at once: whoever listens hears it once
    }
  }

  /** @param {any} next what will be shown */
  clear(next) {
    this.shown = next;
    this.holes = this.items = undefined;
    if (this.last.data) this.last.data = "";
    while (this.first && this.first.nextSibling !== this.last) /** @type {ChildNode} */ (this.first.nextSibling).remove();
  }

  /** Show no text but nodes.  @param {any} next */
  open(next) {
    this.clear(next);
    if (!this.first) this.last.before(this.first = new Text());
  }

  /** @param {Template} template */
  fill(template) {
    const { strings, values } = template;
    if (this.shown !== strings) {
      this.open(strings);
      const { root, holes } = shapes.get(strings) ?? shape(template);
      const copy = document.importNode(root, true), walker = walk(copy);
      /** @type {any[]} */
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      let from = 0;
      this.holes = holes.map(({ at, name, statics }) => {
        const node = nodes[at], start = from;
        from += statics ? statics.length - 1 : 1;
        if (!statics) {
          const place = new Place(node);
          return (all) => place.show(all[start]);
        }
        return attribute(node, /** @type {string} */ (name), statics, start);
      });
      for (const hole of this.holes) hole(values);
      this.last.before(copy);
    } else for (const hole of this.holes ?? []) hole(values);
  }

  /** @param {Keyed} keyed */
  list({ items, key, draw }) {
    if (this.shown !== Keyed) this.open(Keyed);
    const old = this.items ?? new Map(), parent = /** @type {Node} */ (this.last.parentNode);
    /** @type {Map<any, any>} key -> item */
    const wanted = new Map();
    for (const item of items) {
      const name = key(item);
      wanted.set(wanted.has(name) ? Symbol() : name, item); // what is there twice has no place of its own
    }
    this.items = new Map();
    for (const [name, place] of old) if (!wanted.has(name)) place.leave();
    let at = /** @type {Node} */ (this.first).nextSibling; // where the next one begins
    for (const [name, item] of wanted) {
      let place = old.get(name);
      if (!place) place = between(parent, at);
      else if (place.first !== at) {
        // One that went down moves itself; the others, of which one may be written in, stay where they are.
        const there = /** @type {Place} */ ([...old.values()].find((one) => one.first === at));
        if (there.last.nextSibling === place.first) there.move(this.last);
        else place.move(/** @type {Node} */ (at));
      }
      this.items.set(name, place);
      place.show(draw(item));
      at = place.last.nextSibling;
    }
  }

  /** With everything that is in it before another node.  @param {Node} before */
  move(before) {
    for (let node = /** @type {Node|null|undefined} */ (this.first), next; node; node = next) {
      next = node === this.last ? null : node.nextSibling;
      /** @type {Node} */ (before.parentNode).insertBefore(node, before);
    }
  }

  leave() {
    this.clear(undefined);
    this.first?.remove();
    this.last.remove();
  }
}

/** A place for what is drawn, which may move.  @param {Node} parent @param {Node|null} before */
function between(parent, before) {
  const first = parent.insertBefore(new Text(), before);
  return new Place(parent.insertBefore(new Text(), before), first);
}

/** What sets an attribute, property or listener, if its value is another than before.
 * @param {any} node @param {string} name @param {string[]} statics what stands around the values @param {number} start
 * @returns {(values: any[]) => void} */
function attribute(node, name, statics, start) {
  const sort = name[0], bare = name.slice(1), several = statics.length > 2 || statics[0] || statics[1];
  /** @type {any} */
  let set = places;
  if (sort === "@")
    node.addEventListener(bare, (/** @type {Event} */ event) => typeof set === "function" && set.call(node, event));
  return (values) => {
    const value = several
      ? statics.slice(1).reduce((text, piece, i) =>
        text + (values[start + i] === nothing ? "" : values[start + i] ?? "") + piece, statics[0])
      : values[start];
    if (set === value) return;
    set = value;
    if (sort === "@") return;
    if (sort === "?") node.toggleAttribute(bare, Boolean(value) && value !== nothing);
    else if (sort === ".") node[bare] = value;
    else if (value === nothing) node.removeAttribute(name);
    else node.setAttribute(name, value ?? "");
  };
}
