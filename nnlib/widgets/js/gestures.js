// Pointer and keys for a whole view, heard at its root: drags, keys, and what lights up together.

export function createGestures(view) {
  const { root, life, fields, store } = view;
  const handles = new WeakMap(); // element -> { down, move, up, tap(x, y, passed), press(event) }
  let drag = null;
  const nameOf = (node) => node.getAttribute("data-name") ?? node.getAttribute("data-link");

  // Calls a function of a handle with the pointer's place in the picture, and with the places [x, y]
  // that it has passed since the last event.
  function tell(node, what, event) {
    const image = node.ownerSVGElement, box = image.getBoundingClientRect();
    const scale = image.viewBox.baseVal.width / box.width; // not 1 where a page zooms the widget
    const place = (now) => [(now.clientX - box.left) * scale, (now.clientY - box.top) * scale];
    handles.get(node)[what]?.(...place(event), (event.getCoalescedEvents?.() ?? []).map(place));
  }
  life.listen(root, "pointerdown", (event) => {
    if (event.target.matches("input[type=range]")) store.held = true;
    const node = event.target.closest("[data-scrub],[data-handle]");
    if (!node || event.button) return;
    event.preventDefault();
    node.setPointerCapture(event.pointerId);
    if (node.hasAttribute("tabindex")) node.focus({ preventScroll: true });
    store.held = true;
    const { clientX: x, clientY: y } = event, held = handles.has(node);
    drag = { id: event.pointerId, node, held, x, y,
      move: held ? (now) => tell(node, "move", now) : fields.scrub(nameOf(node), x) };
    if (held) tell(node, "down", event);
  });
  // Without this a finger that drags in a drawing scrolls: touch-action does not reach parts of an SVG.
  life.listen(root, "touchstart", (event) => {
    if (event.target.closest("[data-scrub],[data-handle]")) event.preventDefault();
  }, { passive: false });
  life.listen(root, "pointermove", (event) => {
    if (drag?.id === event.pointerId) drag.move(event);
  });
  for (const type of ["pointerup", "pointercancel"])
    life.listen(window, type, (event) => {
      if (drag?.id === event.pointerId) {
        const { node, held, x, y } = drag, far = Math.hypot(event.clientX - x, event.clientY - y);
        drag = null;
        if (held && far < 10 && type === "pointerup") tell(node, "tap", event);
        if (held) tell(node, "up", event);
      }
      if (!store.held || drag) return;
      store.held = false;
      store.settle();
    });

  // Light: what is under the pointer, else what has the focus, else the present step's numbers.
  let pointed = "", focused = "", lit = "";
  const namesAt = (node) => {
    const linked = node.closest?.("[data-link],[data-name]");
    return linked ? linked.getAttribute("data-link") ?? linked.getAttribute("data-name") : "";
  };
  function relight(force) {
    const names = pointed || focused || view.stepNames();
    if (names === lit && force !== true) return;
    lit = names;
    for (const node of root.querySelectorAll("[data-lit]")) node.removeAttribute("data-lit");
    for (const name of names.split(" ").filter(Boolean))
      for (const node of root.querySelectorAll(`[data-name="${name}"],[data-link~="${name}"]`))
        node.setAttribute("data-lit", "");
  }
  const watch = (type, f) => life.listen(root, type, (event) => { f(event); relight(); });
  watch("pointerover", (event) => { pointed = drag ? pointed : namesAt(event.target); });
  watch("pointerleave", () => { pointed = ""; });
  watch("focusin", (event) => { focused = event.target.matches(":focus-visible") ? namesAt(event.target) : ""; });
  watch("focusout", () => { focused = ""; });

  life.listen(root, "keydown", (event) => {
    if (act(event)) { event.preventDefault(); event.stopPropagation(); }
  });
  function act(event) {
    const { target, key } = event;
    if (key === "Escape") { target.blur(); return true; }
    if (target.matches("input[type=text]")) return false;
    if (event.ctrlKey || event.metaKey) return key.toLowerCase() === "z" && (view.undo(), true);
    if (event.altKey) return false;
    if (handles.get(target)?.press(event)) return true;
    const name = target.getAttribute("data-slider")
      ?? (target.hasAttribute("data-scrub") && nameOf(target));
    if (name && fields.press(name, event)) return true;
    if (target.matches("select") || (key === " " && target.matches("button,input,summary"))) return false;
    return view.press(key);
  }
  return { handles, relight };
}
