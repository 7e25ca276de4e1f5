// Work in slices, one in each frame, while the figure can be seen.

// While due() is true, slice(ms) is called once a frame; ms have gone by since the slice before, 0 at first.
// wake() looks again whether anything is due; mark(busy) hears of it.
export function createFrames(life, root, due, slice, mark = () => {}) {
  let visible = null, asked = false, before = null;
  function frame(now) {
    asked = false;
    if (visible && due()) slice(before === null ? 0 : now - before);
    before = now;
    wake();
  }
  function wake() {
    const on = visible !== false && due();
    mark(on);
    if (!on) before = null;
    if (!on || !visible || asked) return;
    asked = true;
    life.frame(frame);
  }
  life.observe(IntersectionObserver, (entries) => { visible = entries.at(-1).isIntersecting; wake(); }, root);
  return wake;
}
