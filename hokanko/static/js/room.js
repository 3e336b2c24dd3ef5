// The viewing room: beats to the server, and shows the picture only while it says so.

import { controls, feed, swap } from "./player.js";

const BEAT_MS = 500;
const PATIENCE_MS = 1000;
const TELL_MS = 60_000;
const RENEW_MS = 8 * 60_000;

const room = document.querySelector("#room");
const video = room.querySelector("video");
const panel = document.querySelector("#attendant");
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const find = (name) => document.querySelector(`[data-part=${name}]`);
const frame = 1 / Number(room.dataset.fps);
let ranges = [];
let staying = false; // a form of this very room is being sent
let beating = false;
let more = () => {};

function post(path, body, how = {}) {
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  return fetch(room.dataset.room + path, { method: "POST", headers, body, ...how });
}

function show(why) {
  if (why) video.pause();
  room.classList.toggle("veiled", why !== "");
  const words = document.querySelector(`[data-why="${why}"]`)?.textContent ?? "";
  if (find("veil").textContent !== words) find("veil").textContent = words;
  if (panel) {
    panel.querySelector("[data-part=present]").hidden = why === "absent";
    panel.querySelector("[data-part=return]").hidden = why !== "absent";
  }
}

async function beat(more_said = {}) {
  if (beating && !more_said.tell && !more_said.renew) return;
  beating = true;
  const sent = ranges;
  ranges = [];
  try {
    const body = JSON.stringify({ watched: sent, ...more_said });
    const answer = await post("beat/", body, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) throw new Error(answer.status);
    const said = await answer.json();
    show(said.why);
    if (said.ledger !== null) find("ledger").textContent = said.ledger;
    if (panel) find("countdown").textContent = said.confirm_in;
    if (said.src && room.dataset.mode === "native") swap(video, said.src);
    if (said.show) more();
  } catch {
    ranges = [...sent, ...ranges];
    show("silent");
  } finally {
    beating = false;
  }
}

// What was seen: a range grows while it plays; a jump begins another.
function watch() {
  const at = video.currentTime;
  if (video.seeking || room.classList.contains("veiled") || video.readyState < 2) return;
  const last = ranges.at(-1) ?? watch.last;
  const step = 0.3 + 0.6 * video.playbackRate;
  const goes_on = last && at >= last[1] - frame && at - last[1] < step;
  watch.last = [goes_on ? last[1] : at, at + frame];
  ranges.push(watch.last);
}

function drift() {
  const sign = find("overlay");
  const x = Math.random() * (find("stage").clientWidth - sign.clientWidth);
  const y = Math.random() * (find("stage").clientHeight - sign.clientHeight);
  sign.style.transform = `translate(${Math.max(0, x)}px, ${Math.max(0, y)}px)`;
}

controls(room, video);
if (room.dataset.mode === "native") video.src = room.dataset.src;
else if (room.dataset.mode !== "none") {
  more = feed(video, `${room.dataset.room}part/`, Number(room.dataset.length), () => show("broken"));
}
const place = sessionStorage.getItem(room.dataset.room);
if (place) video.addEventListener("loadedmetadata", () => (video.currentTime = place), { once: true });

for (const event of ["timeupdate", "seeked", "play", "pause"]) video.addEventListener(event, watch);
video.addEventListener("pause", () => beat({ tell: true }));
video.addEventListener("error", () => room.dataset.mode === "native" && beat({ renew: true }));
find("confirm")?.addEventListener("click", () => post("confirm/").then(() => beat()));
find("leave")?.addEventListener("click", () => {
  show("absent");
  post("leave/").then(() => beat());
});
document.addEventListener("visibilitychange", () => document.hidden && video.pause());
document.addEventListener("submit", (event) => {
  staying = event.target.matches("[data-stay]");
});
window.addEventListener("pagehide", () => {
  sessionStorage.setItem(room.dataset.room, video.currentTime);
  if (!staying) post("close/", null, { keepalive: true });
});

beat();
setInterval(beat, BEAT_MS);
setInterval(() => beat({ tell: true }), TELL_MS);
setInterval(() => beat({ renew: true }), RENEW_MS);
setInterval(drift, 6000);
drift();
