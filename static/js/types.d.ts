/**
 * The nouns of the browser: what the server sends (cards in frames, ballots, the greeting, a page's facts) and what panels
 * are drawn with.  tests/pages/shell/test_types.py holds every interface that names its source against what the server does
 * send; docs/protocol.md says what the fields mean.
 */
import type { Page } from "./shell/page.js";

export type { Page };

/** Words in the reader's languages, or a text as somebody wrote it. */
export type Words = string | Record<string, string>;

/** What templates take as content. */
export type Drawn = unknown;

/** A column, a row, a lane, an option, an axis. */
export interface Named {
  key: string;
  title: Words;
}

// ---- Cards ----

/** What every card has.  `line`: the stream on which it came, as the copy notes it; `waits`: for the facilitator; `mine`: of
 * which seat of ours it is. */
interface Head {
  id: string;
  seq: number;
  hop?: number;
  line?: string;
  waits?: boolean;
  mine?: string;
  gone?: undefined;
}

/** A card that is not to be shown. */
export interface Tombstone extends Pick<Head, "id" | "seq" | "hop" | "line" | "waits"> {
  gone: true;
  kind?: undefined;
  mine?: undefined;
}

/** Who wrote it, as far as whoever looks may know. */
export interface Author {
  name?: string | null;
  delegation?: string | null;
  channel?: string;
  site?: string;
  mine?: string;
  staff?: true;
}

/** What people do in a room for a while; outside of the room only `key` and `title` are told. */
export interface Step {
  key: string;
  title?: Words | null;
  instruction?: Words | null;
  minutes: number;
  opens: string[];
  columns?: string[];
  may?: Record<string, string>;
  see?: "own" | "pair" | "four" | "room";
  limit?: number | null;
  closes?: boolean;
  grace?: number;
  waits?: boolean;
}

export interface Room extends Head {
  kind: "room";
  number: number;
  order?: number;
  of: "group" | "plenary";
  title: string;
  question: string;
  axis: string | null;
  stream: string;
  step: number;
  step_at: string | null;
  now: Step;
  state: "waiting" | "open" | "closed";
  deadline: string | null;
  paused?: string;
  paused_for?: string;
  step_of?: number;
  steps?: Step[];
  edition?: string;
  method?: Method | null;
  inbox?: boolean;
  turn?: Turn;
  did?: { what: string, by: string, at: string, of: string };
  prepared?: boolean;
  block?: string;
  on?: { block: string, kind: string, title: string, since: string, rooms: string[], minutes?: number, call?: string };
}

/** A room as staff sees it. */
export type LedRoom = Room & Required<Pick<Room, "steps" | "edition" | "inbox">>;

/** By what a room works; `process`: of which it is a part. */
export interface Method {
  key: string;
  name: Words;
  process?: { id: string; name: Words; part: number; parts: number; day?: number; [more: string]: unknown };
  [more: string]: unknown;
}

/** The last that the team did to the room; `back`: it can be taken back. */
export interface Turn {
  what: string;
  by: string;
  at: string;
  from: number;
  n?: number;
  back?: boolean;
}

/** What every activity has; `of`: its kind. */
interface Doing extends Head {
  kind: "activity";
  room: string;
  title: string;
  position: number;
  published: boolean;
}

export interface Field extends Named {
  type: "text" | "choice" | "date" | "link";
  options: Named[];
  required: boolean;
}

export interface BoardSettings {
  columns: Named[];
  layout?: "columns" | "matrix" | "timeline" | "tree" | "plane" | "list";
  rows?: Named[];
  open_rows?: boolean;
  lanes?: Named[];
  scale?: "year" | "month" | "day";
  axes?: Axes;
  fields?: Field[];
}

/** The axes of a plane, and of a vote on places. */
export type Axes = Record<"x" | "y", Named>;

export interface BoardActivity extends Doing {
  of: "ideas";
  settings: BoardSettings;
  tally: null;
}

export interface Summary extends Doing {
  of: "summary";
  settings: { source: string | null };
  tally: null;
  results?: Result[];
  agreed?: Agreed[];
}

/** An agreement of a room: what, and its other fields with their titles; or how many `more` there are. */
export type Agreed = { number: string, text: string, lines: [title: Words, value: Words][] } | { more: number };

/** What came of a vote that is over, as the whole workshop has it: the first lines, and how many `more` there are;
 * `headings` where each line has several `parts`. */
export interface Result {
  vote: string;
  of: string;
  title: Words;
  people: number;
  unit?: "room"; // what voted, where it is not people
  votes?: number; // where some have several: then the seats of its lines are votes
  whole: number;
  lines: ResultLine[];
  more?: number;
  headings?: Words[];
  tones?: number[];
  said?: Words;
  chart?: "cloud";
  round?: number; // of a later round, with what follows
  first?: string; // the vote of the first
  rounds?: number[]; // people of each before
  moved?: { changed: number | null; stayed: number | null };
  decided?: string;
}

export interface ResultLine {
  text: Words;
  number?: string;
  parts: number[];
  place?: number;
  tied?: boolean;
  seats?: number;
  delegations?: number;
  about?: Words;
  before?: number[][]; // its parts in the earlier rounds
}

/** What the votes of all kinds may be set to; a panel says what its kind has beside. */
export interface VoteSettings {
  source: string | null;
  reveal: "live" | "voted" | "close";
  rules?: { who?: { delegations?: string[]; channels?: string[]; sites?: string[]; staff?: boolean }; own?: boolean;
    named?: string; one_per?: string };
  said?: Words; // the rules, for those who vote
  key?: string;
  title?: Words;
  per?: "room" | "card" | "group" | "row";
  always?: boolean;
}

/** What all have given, by what it is about; `names` of groups as they were called; `ballots`: how many people. */
export interface Tally<R> {
  items: Record<string, R>;
  names?: Record<string, string>;
  ballots: number;
  votes?: number; // where some count more than once
  moved?: { changed: number | null; stayed: number | null }; // since the round before
}

/** What a seat chooses under a key: how many, one of the options, a place, signs. */
export type Choice = number | string | number[] | string[] | { is: string; why?: string; change?: string }
  | Record<string, number> | { points: number; why?: string };

declare const choice: unique symbol;

/** A vote of some kind: S its own settings, T its tally, C what is chosen (which is in ballots only). */
export interface VoteOf<S, T, C> extends Doing {
  of: string;
  settings: VoteSettings & S;
  tally: T | null;
  opened?: string; // it stands by itself, whatever the step
  closes?: string;
  closed?: string; // for good
  closed_by?: { of: string, name: string }; // to the team
  round?: number;
  round_of?: string;
  outcome?: { text: string; name?: string; at: string };
  hands?: ByHand[];
  results?: Result[]; // of one of the plenary, once it is over
  readonly [choice]?: C;
}

/** Votes that the team entered; `over`: it does not count, as only so many seats are left. */
export interface ByHand {
  how: string;
  n: number;
  by: string;
  at: string;
  site?: string;
  room?: number;
  sheets?: number;
  over?: number;
  id?: string;
}

/** A vote of any kind. */
export type Vote = VoteOf<object, Partial<Tally<object>>, Choice>;

/** A vote on cards; R is what is counted of each. */
export type CardVote<S = object, R = object, C = Choice> = VoteOf<S, Tally<R>, C>;

/** A vote that offers the same options on each card. */
export type OptionVote = CardVote<{ options: Named[] }, { counts: Record<string, number> }, string>;

/** Where a card stands between the ends of two axes, as all together put it: `spread` is the mean distance, `n` people. */
export interface PositionResult {
  x: number;
  y: number;
  spread: number;
  n: number;
}
export type PositionVote = CardVote<{ axes: Axes }, PositionResult, number[]>;

/** A vote in which each seat has so much to give. */
export type BudgetVote<R> = CardVote<{ budget: number; per_item: number }, R, number>;

export type Activity = BoardActivity | Summary | Vote;

/** Somebody in a room; the others see of them only a raised hand. */
export interface SeatCard extends Head {
  kind: "seat";
  room: string;
  hand: string | null;
  seat?: string;
  name?: string;
  delegation?: string | null;
  channel?: string;
  site?: string;
  mine?: string;
}

/** Of a seat as staff sees it. */
export type KnownSeat = SeatCard & Required<Pick<SeatCard, "seat" | "name">>;

export type Place = Partial<Record<string, string>>;

export interface Body {
  text: string;
  title?: string;
  fields?: Record<string, string>;
}

export interface Attachment {
  id: string;
  kind: "photo" | "voice";
  w?: number;
  h?: number;
  seconds?: number;
  text?: string;
}

/** What ideas, comments and groups have.  `waiting`: it is on this device only. */
interface Written extends Head, Author {
  activity: string;
  rev: number;
  at: string;
  hidden?: string;
  helper?: string;
  number?: number;
  home?: number;
  place?: Place;
  parent?: string;
  files?: Attachment[];
  from?: string[];
  copy_of?: string;
  group?: string;
  into?: string;
  waiting?: true;
}

export interface Idea extends Written {
  kind: "idea";
  body: Body;
}

export interface Comment extends Written {
  kind: "comment";
  body: { text: string };
  parent: string;
}

export interface Group extends Written {
  kind: "group";
  body: { text: string };
}

export interface ItemBody {
  section: string;
  text: string;
  who?: string;
  when?: string;
}

/** A sentence of a summary. */
export interface Item extends Head {
  kind: "item";
  activity: string;
  room: string;
  body: ItemBody;
  rev: number;
  at: string;
  number?: number;
  cites: string[];
  numbers: (number | string)[];
  lost?: string[];
}

/** An idea or a comment of a seat of ours that a facilitator has hidden. */
export interface Hidden extends Head {
  kind: "hidden";
  activity: string;
  body: { text: string };
  mine: string;
  reason: string | null;
  number?: number;
  home?: number;
}

/** What came too late, to staff. */
export interface Late extends Head, Author {
  kind: "late";
  room: string;
  activity: string;
  reason: string;
  text: string;
  at: string;
  parent?: string;
}

/** What the team says to people; `rooms`: to whom, as far as one may know it. */
export interface Message extends Head {
  kind: "message";
  by: string;
  at: string;
  text: string;
  rooms?: string[] | null;
  seats?: string[];
}

/** A call to a place: a room, one of its cards, or (neither) the plenary. */
export interface Summons extends Head {
  kind: "summons";
  by: string;
  at: string;
  rooms?: string[] | null;
  room?: string;
  card?: string;
}

/** Help that a group asks for. */
export interface Help extends Head, Author {
  kind: "help";
  room: string;
  at: string;
  seen?: { by: string; at: string };
  text?: string;
}

/** The rules of the plenary; `order`: who waits, and why they stand there. */
export interface Speaking extends Head {
  kind: "speaking";
  open: boolean;
  rule: string;
  minutes: Record<string, number>;
  asking: boolean;
  queue: boolean;
  nameless: boolean;
  order: [id: string, why: string][];
  spent: Record<string, number>;
  n: number;
}

/** A hand that is up, or who speaks: since then, for so many seconds. */
export interface Speech extends Head, Author {
  kind: "speech";
  mine?: string;
  number: number;
  as: string;
  for: string | null;
  channel: string;
  seat?: string;
  entered?: true;
  since?: string;
  seconds?: number;
}

/** A question to all. */
export interface Asked extends Head, Author {
  kind: "question";
  mine?: string;
  number: number;
  text: string;
  supports: number;
  at: string;
  nameless?: true;
  answered?: true;
}

/** That something else stands on a wall; what, is asked for. */
export interface WallCard extends Head {
  kind: "wall";
  rev: number;
}

/** A hint for one person, in no frame. */
export interface Nudge extends Head {
  kind: "nudge";
  room: string;
  at: string;
}

export interface Cards {
  speaking: Speaking;
  speech: Speech;
  question: Asked;
  room: Room;
  activity: Activity;
  seat: SeatCard;
  idea: Idea;
  comment: Comment;
  group: Group;
  item: Item;
  hidden: Hidden;
  late: Late;
  message: Message;
  summons: Summons;
  help: Help;
  wall: WallCard;
  nudge: Nudge;
}

/** A card that may be shown. */
export type Card = Cards[keyof Cards];

/** What people choose on in a vote. */
export type Votable = Idea | Group | Thing;

/** A named thing that a vote is on instead of cards. */
export interface Thing {
  kind: "option";
  id: string;
  title: Words;
}

// ---- What the line brings ----

export interface Frame {
  stream: string;
  epoch: string;
  was: number;
  now: number;
  cards: (Card | Tombstone)[];
  own?: Record<string, string>;
  circles?: string[];
  beside?: Beside;
  earlier?: Record<string, number>;
}

export interface Ballot<C = Choice> {
  activity: string;
  seat: string;
  choices: Record<string, C>;
  rev: number;
  by?: string; // who cast it, where it is the delegation's
}

/** A person of this device. */
export interface Seat {
  /** What a narrow phone calls them, where they are several (js/participant/together.js). */
  called?: Drawn;
  id: string;
  name: string;
  delegation: string | null;
  channel: string;
  site?: string | null;
  room: string | null;
}

export interface Hello {
  v: number;
  now: number;
  seats: string[];
  ballots: Ballot[];
  streams: string[];
  way_in?: Record<string, WayIn>;
}

export interface WayIn {
  code: string;
  locked?: boolean;
}

/** With whom seats of ours work; `people`: all of this device.  By room: by "pair" or "four": by seat. */
export interface Beside {
  people?: Seat[];
  [room: string]: Company | Seat[] | undefined;
}
export type Company = Record<string, Record<string, Author[]>> & { lines?: Record<string, string[]> };

/** Who is connected, and how, for the desk. */
export interface Presence {
  /** how many have read each message and call that stands */
  read?: Record<string, number>;
  total?: number;
  rooms?: Record<string, number>;
  lines?: Record<string, Health>;
  crowd?: { came?: number; refused?: number };
  act?: number;
}

/** How the line of a seat is. */
export interface Health {
  state: string;
  delay: number;
  waiting: number;
  heard: number;
}

export interface Refused {
  code: string;
  values?: Record<string, unknown>;
}

/** What a verb is given (docs/protocol.md, section 6); actions/ hold each against its shape. */
export type Payload = Record<string, any>;

/** What a command is answered (docs/protocol.md, section 3). */
export interface Answer {
  ok?: boolean;
  n?: number;
  code?: string;
  values?: Record<string, unknown>;
  tray?: string;
  seq?: number;
  rev?: number;
  stream?: string;
  card?: Card;
  met?: Met;
  restored?: boolean;
  nudged?: number;
  forget?: boolean; // nothing of the command is kept here, not even to say it again
  retry_after?: number;
  want?: number;
}

/** What the server tells by itself, by the names of the events. */
export interface Events {
  hello(hello: Hello): void;
  cards(frame: Frame): void;
  head(head: { streams: Record<string, [epoch: string, seq: number]>; now: number }): void;
  my_ballot(ballot: Ballot): void;
  mine(told: { seat: string; card: string; stream?: string; shown?: Card }): void;
  presence(presence: Presence): void;
  beside(beside: Beside): void;
  delay(seconds: number): void;
}

/** What is answered to what is asked. */
export interface Asked {
  do: Answer;
  ask: Frame | (Answer & { cards?: undefined });
}

/** Somebody else had changed the card meanwhile. */
export interface Met {
  name?: string;
  staff?: boolean;
  text?: string;
}

// ---- What pages come with ----

export interface Delegation {
  id: string;
  name: string;
  label: string;
  weave: number;
}

export interface Site {
  id: string;
  name: string;
}

/** What a page's script is given with the page.  Pages that are about no room come with `room: null` and ask for none. */
export interface Facts {
  words: Record<string, string>;
  more: string;
  language: string;
  workshop: { id: string; code: string; privacy: "named" | "alias" | "anonymous" };
  room: { id: string; number: number; kind: "group" | "plenary" };
  frames: Frame[];
  ballots: Ballot[];
  seats: Seat[];
  delegations: Delegation[];
  role: string;
  zones?: string[];
  account?: string;
  beside?: Beside;
  sites?: Site[];
  onward?: Record<string, number[]>;
  screen?: string;
  wall?: unknown;
  at?: string;
  numbers?: Progress;
}

/** How many of everything: store/counts/numbers.py and pages/facilitator/desk.py. */
export interface Progress {
  rooms: Record<string, RoomNumbers>;
  all: Heads & { spoke?: Record<string, string>; cards: number; private: number; team: number;
    /** seconds of turns that are over */
    spoken: { delegations: Record<string, number>; hall: number; remote: number };
    /** [gender, people, cards, seconds]; "": all others together */
    genders?: [string, number, number, number][];
    heard: { delegations: Record<string, number>; hall: number; remote: number; sites: Record<string, number> } };
  company?: Record<string, Author[][]>;
  votes?: Record<string, [number, number]>; // of the plenary: how many have voted, how many could
}

interface Heads {
  people: number;
  devices: number;
  hall: number;
  remote: number;
  sites: Record<string, number>;
}

export interface RoomNumbers extends Heads {
  /** hints in this step, and people who have written since */
  nudged?: [number, number];
  cards: number;
  carried: number;
  private: number;
  read: number;
  late: number;
  votes: Record<string, [number, number]>;
  waits: number;
  items: number;
  last: string | null;
  silent: string[];
}

// ---- What panels are drawn with ----

/** What a board and its votes are drawn with, in a room. */
export interface Scene {
  page: Page;
  room: Room;
  votes: Vote[];
  reactions?: Vote;
  panels: Record<string, Panel | undefined>;
  ui: Ui;
  redraw: () => void;
}

/** What of a scene a vote's result needs, also on the rapporteur's page, where nobody votes. */
export interface VoteScene extends Pick<Scene, "page" | "room" | "redraw"> {
  ui: Pick<Ui, "open"> & Partial<Pick<Ui, "posting">> & { asked?: boolean }; // over the room, under its question
  votes?: Vote[];
}

/** What a panel says of a card: in words, how it ranks (null: nothing is better), the numbers that its bar has as parts;
 * `whole`: the end of the axes on which they are; `tones`: of the parts, where they are not 0, 1, 2…; `also`: what a list
 * of results says beside the first number */
export interface Told {
  said: string;
  rank: number | null;
  parts: number[];
  whole?: number;
  tones?: number[];
  also?: string;
}

/** The same as it is drawn: `place` 1 is the first, 0 while people vote; `tied`: others have the same. */
export interface Placed extends Told {
  whole: number;
  apart: boolean;
  place: number;
  tied: boolean;
}

/** A kind's panel.js.  Methods, so that a panel may ask for votes of its own kind; `about`: what is true of single cards. */
export interface Panel {
  onCard?(scene: Scene, vote: Vote, card: Votable): Drawn;
  bar?(scene: Scene, vote: Vote): Drawn;
  draw?(scene: VoteScene, vote: Vote): Drawn;
  tells?(vote: Vote, result: object): Told;
  about?(vote: Vote, name: (key: string) => string): string;
}

/** How a panel puts in words what a seat has given, and what all have. */
export interface Says {
  gave(vote: Vote, choice: Choice): string;
  tells(vote: Vote, result: object): Told;
}

/** What stands on the page and what may be done there now (pages/room.js). */
export interface Ui {
  newId: () => string;
  editing: string | null;
  typed: Body | null;
  talk: string | null;
  reacting: string | null;
  column: string | undefined;
  posting: boolean;
  leads: boolean;
  opens: string[];
  open: (what: Activity | string) => boolean;
  may: Record<string, string>;
  still: boolean;
  shut: string;
  late: (what: string, card?: Idea) => string;
  lets: (what: string, card?: { mine?: string | null }) => boolean;
  picked: Set<string>;
  pick: (id: string) => void;
  growing: Set<string>;
  grow: (id: string) => void;
  drags: () => boolean;
  inbox: (card: Idea | Comment) => boolean;
  seatName: (id: string) => string;
  files: (scene: Scene, card: Idea) => Drawn;
  withdraw: (card: Idea | Hidden) => void;
  turned?: boolean;
  wanted?: string;
}

/** The parts that are fetched when they are needed (later.js): those that have a name of their own. */
export interface Parts {
  attach?: typeof import("./attach/picker.js");
  left?: typeof import("./participant/left.js");
  most?: typeof import("./participant/most.js");
  together?: typeof import("./participant/together.js");
  news?: typeof import("./participant/news.js");
  writing?: typeof import("./participant/writing.js");
  late?: typeof import("./participant/late.js");
  calls?: typeof import("./participant/calls.js");
  brief?: typeof import("./participant/brief.js");
  quick?: typeof import("./participant/quick.js");
  outcome?: typeof import("./votes/outcome.js");
  ideas?: typeof import("../../workshop/activities/ideas/panel.js");
  summary?: typeof import("../../workshop/activities/summary/panel.js");
  "board-arrange"?: typeof import("../../workshop/activities/ideas/board/board-arrange.js");
  "board-compose"?: typeof import("../../workshop/activities/ideas/compose/board-compose.js");
  "board-drag"?: typeof import("../../workshop/activities/ideas/board/board-drag.js");
  "board-wide"?: typeof import("../../workshop/activities/ideas/board/board-wide.js");
  "board-fields"?: typeof import("../../workshop/activities/ideas/card/board-fields.js");
  "board-find"?: typeof import("../../workshop/activities/ideas/board/board-find.js");
  "board-groups"?: typeof import("../../workshop/activities/ideas/board/board-groups.js");
  "board-talk"?: typeof import("../../workshop/activities/ideas/card/board-talk.js");
}

/** What draws a board in one of its layouts. */
export interface View {
  draw(board: import("../../workshop/activities/ideas/board/board.js").Board): Drawn;
  tools?(board: import("../../workshop/activities/ideas/board/board.js").Board): Drawn;
}

declare global {
  interface Navigator {
    connection?: { saveData?: boolean };
  }
  /** What the scripts that come later share with the page (later.js). */
  var tinkuy: {
    ids: typeof import("./line/ids.js");
    page: typeof import("./shell/page.js");
    parts: typeof import("./shell/parts.js");
    held: Required<Parts>;
    have: (names: string[], then: () => void) => boolean;
    came: Record<string, Panel>;
  };
}
