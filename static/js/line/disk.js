/** A store of the browser's, whose writes are on the disk when they are done. */

/** @param {any} request of IndexedDB, or a transaction @returns {Promise<any>} */
const done = (request) => new Promise((good, bad) => {
  request.onsuccess = request.oncomplete = () => good(request.result);
  request.onerror = request.onabort = () => bad(request.error);
});

/** Everything fails where the browser gives no store. */
export class Disk {
  /** @param {string} name of the database @param {string} part */
  constructor(name, part) {
    this.name = name;
    this.part = part;
    /** @type {Promise<IDBDatabase>|undefined} */
    this.opened = undefined;
  }

  /** @returns {Promise<IDBDatabase>} */
  async open() {
    const request = indexedDB.open(this.name);
    request.onupgradeneeded = () => request.result.createObjectStore(this.part);
    const db = await done(request);
    db.onclose = () => (this.opened = undefined); // some browsers do it while the page sleeps
    return db;
  }

  /** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => any} act
   * @returns {Promise<any>} what `act` returned */
  async run(mode, act) {
    const work = (await (this.opened ??= this.open())).transaction(this.part, mode, { durability: "strict" });
    const asked = act(work.objectStore(this.part));
    await done(work);
    return asked;
  }

  /** @param {string} key @param {any} value */
  put(key, value) {
    return this.run("readwrite", (store) => store.put(value, key));
  }

  /** @param {string} key */
  drop(key) {
    return this.run("readwrite", (store) => store.delete(key));
  }

  /** @param {string} key @returns {Promise<any>} null: it is not there */
  async get(key) {
    return (await this.run("readonly", (store) => store.get(key))).result ?? null;
  }

  /** @returns {Promise<[string, any][]>} */
  async all() {
    const [keys, values] = await this.run("readonly", (store) => [store.getAllKeys(), store.getAll()]);
    return keys.result.map((/** @type {string} */ key, /** @type {number} */ i) => [key, values.result[i]]);
  }
}
