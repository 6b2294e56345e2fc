import { facts } from "./page.js";

/** Returns the sign between a name and what is said of it, as the language writes it; plain until the words are there. */
export const colon = () => facts.words.colon ?? ": ";
