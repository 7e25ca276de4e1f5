// What a view holds on to while it is on the page: listeners, timers, observers; end() lets go of all.

export function createLife() {
  const control = new AbortController();
  const timers = new Set();
  const observers = new Set();
  const { signal } = control;
  const listen = (target, type, f, options) => target.addEventListener(type, f, { ...options, signal });
  function later(f, ms) {
    const id = setTimeout(() => { timers.delete(id); f(); }, ms);
    timers.add(id);
    return id;
  }
  const frames = new Set();
  function frame(f) {
    const id = requestAnimationFrame((now) => { frames.delete(id); f(now); });
    frames.add(id);
  }
  const cancel = (id) => { clearTimeout(id); timers.delete(id); };
  function observe(Observer, f, target, options) {
    const observer = new Observer(f);
    observer.observe(target, options);
    observers.add(observer);
  }
  // f runs at once, then at most every ms; the last call is never lost. flush() runs what waits.
  function throttle(f, ms) {
    let waiting = null, again = false;
    const tick = () => { waiting = null; if (again) { again = false; call(); } };
    function call() {
      if (waiting !== null) { again = true; return; }
      waiting = later(tick, ms);
      f();
    }
    call.flush = () => { cancel(waiting); tick(); };
    return call;
  }
  // f runs once, ms after the last call.
  function debounce(f, ms) {
    let waiting = null;
    return () => { cancel(waiting); waiting = later(f, ms); };
  }
  function end() {
    control.abort();
    timers.forEach(clearTimeout);
    timers.clear();
    frames.forEach((id) => cancelAnimationFrame(id));
    observers.forEach((observer) => observer.disconnect());
    observers.clear();
  }
  return { signal, listen, later, frame, cancel, observe, throttle, debounce, end };
}
