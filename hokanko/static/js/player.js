// The picture: files a browser knows are read by range, others come part by part (MediaSource).

const [AHEAD_S, KEEP_BEHIND_S, DRAW_MS, APART_S] = [12, 30, 100, 0.3];

export const find = (name) => document.querySelector(`[data-part=${name}]`);
const done = (thing, event) => new Promise((go) => thing.addEventListener(event, go, { once: true }));

// Feed `video` with parts from its address; gives a function that asks for more, once it may.
export function feed(video, lengthS, trouble) {
  const media = new MediaSource();
  let [buffer, busy, asked] = [null, false, null]; // asked last: from where, and where it ended
  video.src = URL.createObjectURL(media);

  function wanted() {
    const now = video.currentTime;
    for (let i = 0; i < video.buffered.length; i += 1) {
      const end = video.buffered.end(i);
      if (video.buffered.start(i) <= now + 0.2 && now < end) {
        return asked && Math.abs(asked.end - end) < 0.2 ? asked.end : end;
      }
    }
    return asked && Math.abs(asked.at - now) < 0.001 ? null : now;
  }

  async function append(at, answer) {
    const told = (name) => Number(answer.headers.get(`X-Part-${name}`));
    asked = { at, end: told("End") / 1000, last: told("Last") === 1 };
    const mime = answer.headers.get("Content-Type");
    const body = await answer.arrayBuffer();
    if (media.readyState === "closed") return;
    if (buffer) buffer.changeType(mime);
    else buffer = media.addSourceBuffer(mime);
    if (video.currentTime > KEEP_BEHIND_S && media.readyState === "open") {
      buffer.remove(0, video.currentTime - KEEP_BEHIND_S);
      await done(buffer, "updateend");
    }
    buffer.timestampOffset = told("Start") / 1000;
    buffer.appendBuffer(body);
    await done(buffer, "updateend");
    if (asked.last && media.readyState === "open") media.endOfStream();
  }

  async function more() {
    const at = wanted();
    const end = asked?.last ? asked.end : lengthS;
    if (busy || media.readyState === "closed" || at === null) return;
    if (at >= end - 0.05 || at - video.currentTime > AHEAD_S) return;
    busy = true;
    const answer = await fetch(video.dataset.parts + Math.round(at * 1000)).catch(() => null);
    if (answer?.ok) await append(at, answer).catch(trouble);
    else if (answer?.status === 422) trouble();
    busy = false;
    if (answer?.ok) more();
  }

  media.addEventListener("sourceopen", () => {
    if (!buffer) media.duration = lengthS;
    more();
  });
  for (const event of ["seeking", "timeupdate", "waiting"]) video.addEventListener(event, more);
  return more;
}

const spoken = (seconds) => new Date(seconds * 1000).toISOString().slice(11, -1);
const inTokyo = (ms) => new Date(ms).toLocaleString("sv-SE", { timeZone: "Asia/Tokyo" });

// Seek bar, steps of `frame` seconds, speed, marks and keys; `others` do what `video` does.
export function controls(room, video, frame, others) {
  const [seek, speed, gaps] = [find("seek"), find("speed"), room.querySelectorAll("[data-from]")];
  const captured = Date.parse(room.dataset.captured);

  function draw() {
    const at = video.currentTime;
    const starved = video.readyState < 3 && !video.ended && !video.error;
    if (Number.isFinite(video.duration)) seek.max = video.duration;
    seek.value = at;
    seek.setAttribute("aria-valuetext", spoken(at));
    speed.value = video.playbackRate;
    find("position").textContent = spoken(at);
    if (captured) find("captured").textContent = inTokyo(captured + at * 1000);
    find("toggle").textContent = video.paused ? room.dataset.play : room.dataset.pause;
    room.classList.toggle("preparing", video.seeking || starved);
    const still = video.paused || starved;
    for (const other of others) {
      if (Math.abs(other.currentTime - at) > (still ? 0.001 : APART_S)) other.currentTime = at;
      other.playbackRate = video.playbackRate;
      if (other.paused !== still) still ? other.pause() : other.play().catch(() => {});
    }
    for (const gap of gaps) {
      gap.hidden = at < gap.dataset.from || at + 0.01 >= gap.dataset.to;
      if (gap.dataset.skip && !gap.hidden && !video.paused) video.currentTime = gap.dataset.to;
    }
  }

  function mark() {
    const at = video.currentTime;
    const button = `<button type="button" data-at="${at}">${spoken(at)}</button>`;
    find("marks").insertAdjacentHTML("beforeend", button);
    find("ticks").append(new Option("", at));
  }

  const step = (by) => (video.pause(), (video.currentTime += by));
  const pace = (rate) => (video.playbackRate = Math.min(4, rate));
  const acts = {
    toggle: () => (video.paused ? video.play() : video.pause()),
    back: () => (video.currentTime -= 5),
    on: () => (video.currentTime += 5),
    frameback: () => step(-frame),
    frameon: () => step(frame),
    stop: () => video.pause(),
    faster: () => (video.paused ? video.play() : pace(video.playbackRate * 2)),
    wide: () => (document.fullscreenElement ? document.exitFullscreen() : room.requestFullscreen()),
    mark,
  };
  const keys = { " ": "toggle", k: "stop", j: "back", l: "faster", m: "mark", f: "wide" };
  Object.assign(keys, { ArrowLeft: "back", ArrowRight: "on", ",": "frameback", ".": "frameon" });

  seek.addEventListener("input", () => (video.currentTime = seek.value));
  speed.addEventListener("change", () => pace(speed.value));
  room.addEventListener("contextmenu", (event) => event.preventDefault());
  room.addEventListener("click", ({ target }) => {
    const { part, at } = target.closest("button")?.dataset ?? {};
    at ? (video.currentTime = at) : acts[part]?.();
  });
  document.addEventListener("keydown", (event) => {
    const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const typing = event.target.matches("input:not([type=range]), select, textarea");
    const pressing = event.key === " " && event.target.matches("button, a, summary");
    if (!name || typing || pressing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    acts[name]();
  });
  setInterval(draw, DRAW_MS);
}
