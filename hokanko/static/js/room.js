// The viewing room: beats to the server, and shows the picture only while it says so.

import { controls, feed, find } from "./player.js";

const [BEAT_MS, PATIENCE_MS, OFTEN] = [500, 1000, { tell: 60_000, renew: 480_000 }];

const room = document.querySelector("#room");
const [video, ...others] = room.querySelectorAll("video");
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const frame = 1 / Number(room.dataset.fps);
let news = { watched: [] }; // for the next beat: ranges seen (seconds); tell the ledger; renew
let seen = -Infinity; // up to where the picture was seen without a jump
let place = Number(sessionStorage.getItem(room.dataset.room)); // 0 when it is new
let staying = false; // a form of this very room is being sent
const feeds = []; // each asks for more of its picture

function post(path, body, how = {}) {
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  return fetch(room.dataset.room + path, { method: "POST", headers, body, ...how });
}

function show(why) {
  if (why) video.pause();
  room.classList.toggle("veiled", why !== "");
  const words = document.querySelector(`[data-why="${why}"]`)?.textContent ?? "";
  if (find("veil").textContent !== words) find("veil").textContent = words;
  document.querySelector("#attendant")?.setAttribute("data-presence", why);
}

async function beat() {
  const sent = news;
  news = { watched: [] };
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await post("beat/", JSON.stringify(sent), { signal });
    if (!answer.ok) throw new Error(answer.status);
    const said = await answer.json();
    show(said.why);
    if (said.ledger !== null) find("ledger").textContent = said.ledger;
    find("countdown")?.replaceChildren(said.confirm_in);
    if (said.src && room.dataset.mode === "native") renew(said.src);
    if (said.show) for (const more of feeds) more();
  } catch {
    news = { ...sent, ...news, watched: [...sent.watched, ...news.watched] };
    show("silent");
  }
  setTimeout(beat, BEAT_MS);
}

// A fresh ticket for the same picture, at the same place.
function renew(src) {
  [place, video.autoplay] = [video.currentTime, !video.paused];
  video.defaultPlaybackRate = video.playbackRate;
  video.src = src;
}

// What was seen: a range grows while it plays; a jump begins another.
function watch() {
  const at = video.currentTime;
  if (video.seeking || room.classList.contains("veiled") || video.readyState < 2) return;
  const step = 0.3 + 0.6 * video.playbackRate;
  const goes_on = at >= seen - frame && at - seen < step;
  news.watched.push([goes_on ? seen : at, at + frame]);
  seen = at + frame;
}

controls(room, video, frame, others);
const fed = (each) => feed(each, Number(room.dataset.length), () => show("broken"));
if (room.dataset.mode === "native") video.src = room.dataset.src;
else if (room.dataset.mode !== "none") feeds.push(...[video, ...others].map(fed));

video.addEventListener("loadedmetadata", () => place && (video.currentTime = place));
for (const event of ["timeupdate", "seeked", "play", "pause"]) video.addEventListener(event, watch);
video.addEventListener("pause", () => (news.tell = true));
video.addEventListener("error", () => (news.renew = true));
find("confirm")?.addEventListener("click", () => post("confirm/"));
find("leave")?.addEventListener("click", () => (show("absent"), post("leave/")));
document.addEventListener("visibilitychange", () => document.hidden && video.pause());
document.addEventListener("submit", ({ target }) => (staying = target.matches("[data-stay]")));
window.addEventListener("pagehide", () => {
  sessionStorage.setItem(room.dataset.room, video.currentTime);
  if (!staying) post("close/", null, { keepalive: true });
});

beat();
for (const [name, ms] of Object.entries(OFTEN)) setInterval(() => (news[name] = true), ms);
