/** A picture of the camera made small, and the microphone. */

const LONGEST = 1280; // points, as on the server
const QUALITY = 0.7;
export const SECONDS = 60;
export const MOST = 1536 * 1024; // bytes of a voice note
export const MOST_PHOTO = 8 * 1024 * 1024; // of a photo that is not made small here
const BITS = 24000; // a second of speech
// What plays on most first.
const TYPES = ["audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/webm;codecs=opus", "audio/ogg;codecs=opus"];

/** The photo as the device sends it: upright, not longer than LONGEST, JPEG.  Throws where the browser cannot read it.
 * @param {Blob} file */
export async function shrink(file) {
  const image = new Image(), url = URL.createObjectURL(file);
  try {
    await new Promise((done, failed) => { image.onload = done; image.onerror = failed; image.src = url; });
    const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    const ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, canvas.width, canvas.height);
    ink.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob) throw new Error("no picture");
    return { blob: /** @type {Blob} */ (blob), w: canvas.width, h: canvas.height };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** What a file is by its first bytes, where it is something that phones write and browsers may not know: "photo" (HEIC,
 * AVIF), "voice" (AMR, CAF), "3gp", which may be either way; else "".  @param {Blob} file */
export async function phones(file) {
  const head = new TextDecoder("latin1").decode(await file.slice(0, 12).arrayBuffer());
  if (/^(#!AMR|caff)/.test(head)) return "voice";
  return /^.{4}ftyp(hei|hev|mif|msf|avi)/s.test(head) ? "photo" : /^.{4}ftyp3g/s.test(head) ? "3gp" : "";
}

/** Whether the page may ask for the microphone; plain http in a hall may not. */
export const canRecord = () => Boolean(navigator.mediaDevices && "MediaRecorder" in window);

/** Record until `stop` or for SECONDS.  Throws where the person or the browser says no. */
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS });
  /** @type {Blob[]} */
  const parts = [];
  const began = performance.now();
  const seconds = () => Math.min(SECONDS, Math.round((performance.now() - began) / 1000));
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stop = () => recorder.state === "inactive" || recorder.stop();
  const timer = setTimeout(stop, SECONDS * 1000);
  /** @type {Promise<{blob: Blob, seconds: number}>} */
  const done = new Promise((told) => {
    recorder.onstop = () => {
      clearTimeout(timer);
      for (const track of stream.getTracks()) track.stop();
      told({ blob: new Blob(parts, { type: recorder.mimeType }), seconds: seconds() });
    };
  });
  recorder.start();
  return { stop, seconds, done };
}

/** How long a recording is, in seconds; undefined where the browser cannot tell.
 * @param {Blob} blob @returns {Promise<number|undefined>} */
export function length(blob) {
  return new Promise((told) => {
    const audio = new Audio(URL.createObjectURL(blob));
    const end = (/** @type {number|undefined} */ seconds) => { URL.revokeObjectURL(audio.src); told(seconds); };
    audio.onloadedmetadata = () => end(Number.isFinite(audio.duration) ? Math.round(audio.duration) : undefined);
    audio.onerror = () => end(undefined);
    setTimeout(end, 3000);
  });
}
