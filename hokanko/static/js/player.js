// The picture: files a browser knows are read by range, others come part by part (MediaSource).

const AHEAD_S = 12;
const KEEP_BEHIND_S = 30;

const done = (thing, event) => new Promise((go) => thing.addEventListener(event, go, { once: true }));

// Feed `video` with parts from `address`; gives a function that asks for more, once it may.
export function feed(video, address, lengthS, trouble) {
  const media = new MediaSource();
  let buffer = null;
  let busy = false;
  let asked = null; // the last place asked for, and where its part ended
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

  async function append(answer, last) {
    const start = Number(answer.headers.get("X-Part-Start")) / 1000;
    const mime = answer.headers.get("Content-Type");
    const body = await answer.arrayBuffer();
    if (media.readyState === "closed") return;
    if (buffer) buffer.changeType(mime);
    else buffer = media.addSourceBuffer(mime);
    if (video.currentTime > KEEP_BEHIND_S && media.readyState === "open") {
      buffer.remove(0, video.currentTime - KEEP_BEHIND_S);
      await done(buffer, "updateend");
    }
    buffer.timestampOffset = start;
    buffer.appendBuffer(body);
    await done(buffer, "updateend");
    if (last && media.readyState === "open") media.endOfStream();
  }

  async function more() {
    const at = wanted();
    const end = asked?.last ? asked.end : lengthS;
    if (busy || media.readyState === "closed" || at === null) return;
    if (at >= end - 0.05 || at - video.currentTime > AHEAD_S) return;
    busy = true;
    const answer = await fetch(`${address}?start=${Math.round(at * 1000)}`).catch(() => null);
    if (answer?.ok) {
      const last = answer.headers.get("X-Part-Last") === "1";
      asked = { at, end: Number(answer.headers.get("X-Part-End")) / 1000, last };
      await append(answer, last).catch(trouble);
    } else if (answer?.status === 422) trouble();
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

// Point `video` at a fresh ticket without losing the place.
export function swap(video, src) {
  const [at, playing, rate] = [video.currentTime, !video.paused, video.playbackRate];
  video.src = src;
  video.currentTime = at;
  video.playbackRate = rate;
  if (playing) video.play();
}

function spoken(seconds) {
  const whole = Math.floor(seconds);
  const two = (n) => String(n).padStart(2, "0");
  const ms = String(Math.floor((seconds - whole) * 1000)).padStart(3, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${ms}`;
}

const tokyo = { timeZone: "Asia/Tokyo", dateStyle: "short", timeStyle: "medium" };
const clock = new Intl.DateTimeFormat("sv-SE", tokyo);

// Seek bar, frame steps, speed, marks and keys.
export function controls(room, video) {
  const find = (name) => room.querySelector(`[data-part=${name}]`);
  const [seek, speed, marks] = ["seek", "speed", "marks"].map(find);
  const frame = 1 / Number(room.dataset.fps);
  const captured = Date.parse(room.dataset.captured);

  function draw() {
    const at = video.currentTime;
    seek.value = at;
    seek.setAttribute("aria-valuetext", spoken(at));
    find("position").textContent = spoken(at);
    if (captured) find("captured").textContent = clock.format(captured + at * 1000);
    find("toggle").textContent = video.paused ? room.dataset.play : room.dataset.pause;
  }

  const go = (to) => (video.currentTime = Math.min(Math.max(0, to), video.duration || 0));
  const pace = (rate) => {
    video.playbackRate = Math.min(4, Math.max(0.25, rate));
    speed.value = String(video.playbackRate);
  };
  const acts = {
    toggle: () => (video.paused ? video.play() : video.pause()),
    back: () => go(video.currentTime - 5),
    on: () => go(video.currentTime + 5),
    frameback: () => (video.pause(), go(video.currentTime - frame)),
    frameon: () => (video.pause(), go(video.currentTime + frame)),
    stop: () => video.pause(),
    faster: () => (video.paused ? video.play() : pace(video.playbackRate * 2)),
    wide: () => (document.fullscreenElement ? document.exitFullscreen() : room.requestFullscreen()),
    mark: () => {
      const at = video.currentTime;
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.textContent = spoken(at);
      button.addEventListener("click", () => go(at));
      marks.append(button);
      find("ticks").append(Object.assign(document.createElement("option"), { value: at }));
    },
  };
  const keys = { " ": "toggle", k: "stop", j: "back", l: "faster", m: "mark", f: "wide" };
  Object.assign(keys, { ArrowLeft: "back", ArrowRight: "on", ",": "frameback", ".": "frameon" });

  for (const [name, act] of Object.entries(acts)) find(name)?.addEventListener("click", act);
  seek.addEventListener("input", () => go(Number(seek.value)));
  speed.addEventListener("change", () => pace(Number(speed.value)));
  for (const event of ["timeupdate", "seeked", "play", "pause"]) video.addEventListener(event, draw);
  video.addEventListener("loadedmetadata", () => {
    if (Number.isFinite(video.duration)) seek.max = video.duration;
    draw();
  });
  for (const event of ["loadstart", "waiting", "seeking", "canplay", "seeked", "error"]) {
    video.addEventListener(event, () => {
      room.classList.toggle("preparing", ["loadstart", "waiting", "seeking"].includes(event));
    });
  }
  room.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const typing = event.target.matches("input:not([type=range]), select, textarea");
    const pressing = event.key === " " && event.target.matches("button, a, summary");
    if (!name || typing || pressing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    acts[name]();
  });
}
