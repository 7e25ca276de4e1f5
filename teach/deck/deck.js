// A deck: slides by reveal.js on a large screen, one page to scroll on a phone and (?print) on paper.

const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
const frame = () => new Promise((done) => requestAnimationFrame(done));
const [deck] = $(".deck");
const paper = location.search === "?print";
const small = matchMedia("(max-width: 700px), (max-height: 480px)").matches;
const inNotes = location.search.startsWith("?receiver"); // the small slides of the notes' window
const flow = paper || (small && !inNotes);
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

// The text under a heading gets the largest type at which all fits, and then each widget the largest
// size at which it fits its box: found by halving, for all slides at once.
const TYPES = [1.3, 1.15, 1, 0.92, 0.85, 0.78, 0.7];
const [SMALLEST, LARGEST, HALVINGS] = [0.5, 2.6, 6];
const BOXES = ".body, .words, .widget, .source, mjx-container[display]";
const fits = (box) => box.scrollHeight <= box.clientHeight + 3 && box.scrollWidth <= box.clientWidth + 1;

async function fit() {
  delete document.documentElement.dataset.ready;
  let open = $(".slide");
  for (const type of TYPES) {
    const now = open.filter((slide) => type <= 1 || !$(".figure, .widget", slide).length);
    for (const slide of now) slide.style.setProperty("--type", type);
    await fitWidgets(now.flatMap((slide) => $(".widget", slide)));
    open = open.filter((slide) => !now.includes(slide) || ![slide, ...$(BOXES, slide)].every(fits));
    if (!open.length) break;
  }
  document.documentElement.dataset.ready = "yes";
}

async function fitWidgets(boxes) {
  const sizes = boxes.map((box) => ({ box, low: SMALLEST, high: LARGEST }));
  const set = async (size) => {
    for (const one of sizes) one.box.firstElementChild.style.zoom = size(one);
    await frame();
    await frame(); // a widget draws itself again after it has been told its new width
  };
  const middle = ({ low, high }) => (low + high) / 2;
  for (let i = 0; i < HALVINGS && boxes.length; i++) {
    await set(middle);
    for (const one of sizes) one[fits(one.box) ? "low" : "high"] = middle(one);
  }
  if (boxes.length) await set(({ low }) => low);
}

// A widget keeps the keys that it understands (they do not come here), and those of its controls.
function isForSlides(event) {
  const widget = event.target.closest?.(".nnb");
  return !widget || (ARROWS.includes(event.key) && !event.target.matches("input, select, textarea"));
}

async function slideshow() {
  deck.classList.add("reveal");
  deck.firstElementChild.classList.add("slides");
  await Reveal.initialize({
    plugins: [RevealNotes],
    disableLayout: true, // the style sheet fills the screen, and so widgets know their true size
    viewDistance: 1000, // all slides are laid out, so that all can be fitted
    transition: "none",
    overview: false,
    slideNumber: "c/t",
    hash: true,
    keyboardCondition: isForSlides,
  });
  Reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Teacher's notes under the slide" }, () => {
    deck.classList.toggle("with-notes");
    fit();
  });
  Reveal.on("slidechanged", () => document.activeElement?.blur());
  addEventListener("keydown", (event) => { // a presenter's clicker sends these, wherever the focus is
    if (event.key !== "PageDown" && event.key !== "PageUp") return;
    event.preventDefault();
    event.stopPropagation();
    event.key === "PageDown" ? Reveal.next() : Reveal.prev();
  }, true);
  await fit();
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(fit, 200);
  });
}

addEventListener("load", async () => {
  await MathJax.startup.promise;
  for (const double of $(".notes mjx-assistive-mml")) double.remove(); // the notes' window would show it
  document.documentElement.classList.toggle("paper", paper);
  if (!flow) await slideshow();
  else document.documentElement.dataset.ready = "yes";
  if (paper) print();
});
